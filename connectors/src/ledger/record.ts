/**
 * A record's JSON text: the draft's own members between what the ledger adds.
 *
 *   {"seq":N,"type":"…", <members of draft.json> ,"event_digest":"sha256:…","text":{"prompt":"hmac-sha256:…","completion":"hmac-sha256:…"}}
 *
 * `event_digest` stands on records with a key, `text` on records whose text was retained. Both come last and have a
 * fixed length, so they are read from the end without parsing. Nothing is parsed on the way in.
 */
import { type EncodedJson, EngineError, type RecordDraft } from "@sluice/engine";
import { HASH_BYTES, RECORD_BYTES_MAX } from "./segment-format.ts";

const DIGEST_HEAD = ',"event_digest":"sha256:';
const TEXT_HEAD = ',"text":{"prompt":"hmac-sha256:';
const TEXT_MIDDLE = '","completion":"hmac-sha256:';
const HEX_CHARS = HASH_BYTES * 2;
const DIGEST_CHARS = DIGEST_HEAD.length + HEX_CHARS + 1;
const TEXT_CHARS = TEXT_HEAD.length + HEX_CHARS + TEXT_MIDDLE.length + HEX_CHARS + 2;
/** Upper bound of what the ledger adds to a draft. */
export const ADDED_BYTES_MAX = 64 + DIGEST_CHARS + TEXT_CHARS;
/** Far below a frame's size, so that an encoded record always fits an empty one. */
const ENCODED_BYTES_MAX = 64 * 1024;
const SEQ_BYTES = Buffer.from('{"seq":', "latin1");
const TYPE_BYTES = Object.fromEntries(
  (["decision", "policy", "access", "start", "opinion"] as const).map((type) => [
    type,
    Buffer.from(`,"type":"${type}",`, "latin1"),
  ]),
) as Record<RecordDraft["type"], Buffer>;
const DIGEST_BYTES = Buffer.from(DIGEST_HEAD, "latin1");
const HEX_DIGITS = Buffer.from("0123456789abcdef", "latin1");

export interface TextHashes {
  readonly prompt: Buffer;
  readonly completion: Buffer;
}

export interface RecordTail {
  readonly digest?: string;
  readonly text?: TextHashes;
}

/** @throws {EngineError} `ledger-failed` when the draft cannot become one line of JSON within the size limit. */
export function checkDraft(draft: RecordDraft): void {
  const { encoded, key } = draft;
  if (key !== undefined && key.digest.length !== HEX_CHARS) {
    throw new EngineError(
      "ledger-failed",
      `a draft's key.digest must be a SHA-256 in ${HEX_CHARS} hex digits, got ${key.digest.length}`,
    );
  }
  if (encoded === undefined) checkText(draft.json);
  else checkEncoded(encoded);
}

function checkEncoded({ bytes, start, end }: EncodedJson): void {
  if (bytes[start] !== 0x7b || bytes[end - 1] !== 0x7d || end - start > ENCODED_BYTES_MAX) {
    throw new EngineError(
      "ledger-failed",
      `a draft's encoded JSON must be one object of at most ${ENCODED_BYTES_MAX} bytes`,
    );
  }
}

function checkText(json: string): void {
  if (json.charCodeAt(0) !== 0x7b || json.charCodeAt(json.length - 1) !== 0x7d || json.includes("\n")) {
    throw new EngineError(
      "ledger-failed",
      "a draft's json must be one JSON object on one line, as JSON.stringify writes it",
    );
  }
  if (json.length * 3 > RECORD_BYTES_MAX && Buffer.byteLength(json) + ADDED_BYTES_MAX > RECORD_BYTES_MAX) {
    throw new EngineError(
      "ledger-failed",
      `a record may hold at most ${RECORD_BYTES_MAX} bytes; make the draft smaller`,
    );
  }
}

/** Bytes of the draft's JSON. */
export function draftBytes(draft: RecordDraft): number {
  const { encoded } = draft; // `json` may be made when it is asked for
  return encoded === undefined ? Buffer.byteLength(draft.json) : encoded.end - encoded.start;
}

/** An upper bound of them, at once: a code unit makes at most 3 bytes. */
export function draftBytesMax(draft: RecordDraft): number {
  const { encoded } = draft;
  return encoded === undefined ? draft.json.length * 3 : encoded.end - encoded.start;
}

/** Writes the record at `at`, where there is room for it, and returns the offset behind it. */
export function writeRecord(
  bytes: Buffer,
  at: number,
  seq: number,
  draft: RecordDraft,
  text: TextHashes | undefined,
): number {
  const { encoded, key } = draft;
  const type = TYPE_BYTES[draft.type];
  const typeAt = putDecimal(bytes, putBytes(bytes, at, SEQ_BYTES), seq);
  // The draft's braces land under the comma and under what follows, so its text is copied once and never sliced.
  const commaAt = typeAt + type.length - 1;
  const isEmpty = encoded === undefined && draft.json.length === 2;
  let end = commaAt;
  if (encoded !== undefined) end = putEncoded(bytes, commaAt, encoded) - 1;
  else if (!isEmpty) end = commaAt + bytes.write(draft.json, commaAt, "utf8") - 1;
  putBytes(bytes, typeAt, isEmpty ? type.subarray(0, -1) : type);
  if (key !== undefined) {
    end = putBytes(bytes, end, DIGEST_BYTES);
    end += bytes.write(key.digest, end, "latin1");
    bytes[end++] = 0x22;
  }
  if (text !== undefined) {
    end += bytes.write(TEXT_HEAD, end, "latin1");
    end = writeHex(bytes, end, text.prompt);
    end += bytes.write(TEXT_MIDDLE, end, "latin1");
    end = writeHex(bytes, end, text.completion);
    end += bytes.write('"}', end, "latin1");
  }
  bytes[end++] = 0x7d;
  return end;
}

/** What the ledger added behind the draft's members. */
export function readTail(record: Buffer): RecordTail {
  let end = record.length - 1;
  const isAt = (literal: string, at: number) =>
    at >= 0 && record.toString("latin1", at, at + literal.length) === literal;
  const hex = (at: number) => Buffer.from(record.toString("latin1", at, at + HEX_CHARS), "hex");
  let text: TextHashes | undefined;
  if (isAt(TEXT_HEAD, end - TEXT_CHARS)) {
    end -= TEXT_CHARS;
    const promptAt = end + TEXT_HEAD.length;
    text = { prompt: hex(promptAt), completion: hex(promptAt + HEX_CHARS + TEXT_MIDDLE.length) };
  }
  const isKeyed = isAt(DIGEST_HEAD, end - DIGEST_CHARS);
  const digest = isKeyed ? record.toString("latin1", end - 1 - HEX_CHARS, end - 1) : undefined;
  return { ...(digest && { digest }), ...(text && { text }) };
}

/** The record's `type`, read from its fixed place. */
export function readType(json: string): RecordDraft["type"] {
  const at = json.indexOf('"type":"') + 8;
  return json.slice(at, json.indexOf('"', at)) as RecordDraft["type"];
}

/** A loop: for so few bytes a call into the buffer's own copy takes twice as long (measured). */
function putBytes(bytes: Buffer, at: number, from: Uint8Array): number {
  for (let i = 0; i < from.length; i += 1) bytes[at + i] = from[i]!;
  return at + from.length;
}

function putEncoded(bytes: Buffer, at: number, { bytes: page, start, end }: EncodedJson): number {
  // A bare Uint8Array takes half as long to make as a Buffer's subarray.
  bytes.set(new Uint8Array(page.buffer, page.byteOffset + start, end - start), at);
  return at + end - start;
}

function putDecimal(bytes: Buffer, at: number, value: number): number {
  let end = at + 1;
  for (let power = 10; power <= value; power *= 10) end += 1;
  let left = value;
  for (let digit = end - 1; digit >= at; digit -= 1) {
    const rest = Math.floor(left / 10);
    bytes[digit] = 0x30 + left - rest * 10;
    left = rest;
  }
  return end;
}

function writeHex(bytes: Buffer, at: number, value: Uint8Array): number {
  let offset = at;
  for (const byte of value) {
    bytes[offset] = HEX_DIGITS[byte >> 4]!;
    bytes[offset + 1] = HEX_DIGITS[byte & 15]!;
    offset += 2;
  }
  return offset;
}
