/** The two hashes of an event: its content (is a repeat the same event?) and the name of its decision. */
import { hash } from "node:crypto";

/**
 * SHA-256 of the canonical event: the kernel's canonical bytes, then, when there are any, 0xFF and the canonical JSON
 * of the fields that are objects. Answered as 64 hex digits. No field number is 0xFF, so the two parts cannot be
 * confused.
 */
export function eventDigest(canonical: Uint8Array, detailsJson: string): string {
  if (detailsJson === "") return hash("sha256", canonical, "hex"); // for a Buffer, crypto.hash takes half a microsecond more
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
  const at = (byte: number) => digest.charCodeAt(byte);
  let pair = 0;
  for (let byte = 0; byte < 30; byte += 5) {
    const [b, c, d] = [at(byte + 1), at(byte + 2), at(byte + 3)];
    ID_PAIRS[pair] = PAIRS[(at(byte) << 2) | (b >> 6)] as number;
    ID_PAIRS[pair + 1] = PAIRS[((b & 63) << 4) | (c >> 4)] as number;
    ID_PAIRS[pair + 2] = PAIRS[((c & 15) << 6) | (d >> 2)] as number;
    ID_PAIRS[pair + 3] = PAIRS[((d & 3) << 8) | at(byte + 4)] as number;
    pair += 4;
  }
  ID_PAIRS[pair] = PAIRS[(at(30) << 2) | (at(31) >> 6)] as number;
  ID_PAIRS[pair + 1] = PAIRS[(at(31) & 63) << 4] as number;
  return ID_TEXT.toString("latin1");
}
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
/** The two characters of each ten bits: a tenth off the whole of `decisionId`, against one by one (measured). */
const PAIRS = new Uint16Array(
  Uint8Array.from({ length: 2048 }, (_, i) => ALPHABET.charCodeAt(i % 2 === 0 ? i >> 6 : (i >> 1) & 31)).buffer,
);
/** Scratch of `decisionId`: 32 bytes are 52 characters. */
const ID_PAIRS = new Uint16Array(26);
const ID_TEXT = Buffer.from(ID_PAIRS.buffer);
