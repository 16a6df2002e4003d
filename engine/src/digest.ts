/** The two hashes of an event: its content (is a repeat the same event?) and the name of its decision. */
import { hash } from "node:crypto";

/**
 * SHA-256 of the canonical event: the kernel's canonical bytes, then, when there are any, 0xFF and the canonical JSON
 * of the fields that are objects. Answered as 64 hex digits. No field number is 0xFF, so the two parts cannot be
 * confused.
 */
export function eventDigest(canonical: Uint8Array, detailsJson: string): string {
  if (detailsJson === "") return hash("sha256", canonical, "hex"); // hex costs half of what a Buffer does
  return hash("sha256", Buffer.concat([canonical, SEPARATOR, Buffer.from(detailsJson)]), "hex");
}
const SEPARATOR = Uint8Array.of(0xff);

/** One key for an event within its organisation. Neither id holds a control character, so the line break is safe. */
export function eventKey(orgId: string, eventId: string): string {
  return `${orgId}\n${eventId}`;
}

/**
 * Lower-case base32 (RFC 4648, no padding) of SHA-256 over org_id, event_id, mode and revision, joined by line breaks.
 */
export function decisionId(key: string, mode: "enforce" | "shadow", revision: number): string {
  const digest = hash("sha256", `${key}\n${mode}\n${revision}`, "binary");
  let bits = 0;
  let held = 0;
  let length = 0;
  for (let i = 0; i < 32; i++) {
    held = ((held << 8) | digest.charCodeAt(i)) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      ID_TEXT[length++] = ALPHABET[(held >> bits) & 31] as number;
    }
  }
  ID_TEXT[length++] = ALPHABET[(held << (5 - bits)) & 31] as number;
  return ID_TEXT.toString("latin1", 0, length);
}
const ALPHABET = Buffer.from("abcdefghijklmnopqrstuvwxyz234567");
/** Scratch of `decisionId`: 32 bytes are 52 characters. */
const ID_TEXT = Buffer.alloc(52);
