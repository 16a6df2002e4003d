/**
 * A strict reader of JSON (RFC 8259) over bytes, with the faults and offsets of docs/guides/detection.md §1. It stops
 * at the first fault in byte order by throwing a JsonStop, which never leaves this folder.
 */
import { type Fault, type FaultReason, type FieldName, LIMITS } from "../types.ts";

/** Where reading stands: `offset` counts from the start of `bytes`, `end` is exclusive. */
export interface Cursor {
  readonly bytes: Uint8Array;
  readonly end: number;
  offset: number;
}

export type ValueKind = "string" | "number" | "boolean" | "null" | "array" | "object";

/** Carries the first fault out of the reader. */
export class JsonStop extends Error {
  readonly fault: Fault;
  constructor(reason: FaultReason, offset: number, field?: FieldName) {
    super(reason);
    this.fault = field === undefined ? { reason, offset } : { reason, field, offset };
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ESCAPES: Readonly<Record<string, number>> = {
  '"': 0x22,
  "\\": 0x5c,
  "/": 0x2f,
  b: 0x08,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
};
const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;
const encoder = new TextEncoder();

export const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

export function skipBlanks(cursor: Cursor): void {
  while (cursor.offset < cursor.end && isBlank(cursor.bytes[cursor.offset])) cursor.offset += 1;
}

/** The byte at the cursor as a character; "" at the end. */
export function peek(cursor: Cursor): string {
  return cursor.offset < cursor.end ? String.fromCharCode(cursor.bytes[cursor.offset] ?? 0) : "";
}

const malformed = (offset: number) => new JsonStop("malformed-json", offset);

function expectByte(cursor: Cursor, expected: string): void {
  if (peek(cursor) !== expected) throw malformed(cursor.offset);
  cursor.offset += 1;
}

/** Bytes of the valid UTF-8 sequence at an offset (Unicode 17, table 3-7), 0 when there is none. */
function sequenceLength(bytes: Uint8Array, offset: number, end: number): number {
  const at = (index: number) => (offset + index < end ? (bytes[offset + index] ?? 0) : 0);
  const isIn = (index: number, low: number, high: number) => at(index) >= low && at(index) <= high;
  const lead = at(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return isIn(1, 0x80, 0xbf) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const low = lead === 0xe0 ? 0xa0 : 0x80;
    const high = lead === 0xed ? 0x9f : 0xbf;
    return isIn(1, low, high) && isIn(2, 0x80, 0xbf) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const low = lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xf4 ? 0x8f : 0xbf;
    return isIn(1, low, high) && isIn(2, 0x80, 0xbf) && isIn(3, 0x80, 0xbf) ? 4 : 0;
  }
  return 0;
}

/** The code unit of a `\uhhhh` at an offset, or undefined when none stands there. */
function unitAt({ bytes, end }: Cursor, offset: number): number | undefined {
  if (offset + 6 > end) return undefined;
  const text = String.fromCharCode(...bytes.subarray(offset, offset + 6));
  return /^\\u[0-9a-fA-F]{4}$/.test(text) ? Number.parseInt(text.slice(2), 16) : undefined;
}

/** Reads the escape at the cursor; a surrogate without its partner becomes U+FFFD. */
function readEscape(cursor: Cursor): Uint8Array {
  const { bytes, offset, end } = cursor;
  const simple = offset + 1 < end ? ESCAPES[String.fromCharCode(bytes[offset + 1] ?? 0)] : undefined;
  if (simple !== undefined) {
    cursor.offset += 2;
    return Uint8Array.of(simple);
  }
  const unit = unitAt(cursor, offset);
  if (unit === undefined) throw malformed(offset);
  cursor.offset += 6;
  const isHigh = unit >= 0xd800 && unit <= 0xdbff;
  const low = isHigh ? unitAt(cursor, cursor.offset) : undefined;
  if (low !== undefined && low >= 0xdc00 && low <= 0xdfff) {
    cursor.offset += 6;
    return encoder.encode(String.fromCharCode(unit, low));
  }
  return encoder.encode(String.fromCharCode(unit)); // the encoder writes U+FFFD for a lone surrogate
}

/** Reads the string at the cursor into decoded UTF-8. */
export function readString(cursor: Cursor): Uint8Array {
  const decoded: number[] = [];
  expectByte(cursor, '"');
  for (;;) {
    const { bytes, offset, end } = cursor;
    if (offset >= end) throw malformed(end);
    const byte = bytes[offset] ?? 0;
    if (byte === QUOTE) {
      cursor.offset += 1;
      return Uint8Array.from(decoded);
    }
    if (byte < 0x20) throw malformed(offset);
    if (byte === BACKSLASH) {
      decoded.push(...readEscape(cursor));
      continue;
    }
    const length = sequenceLength(bytes, offset, end);
    if (length === 0) throw new JsonStop("invalid-utf8", offset);
    for (let index = 0; index < length; index += 1) decoded.push(bytes[offset + index] ?? 0);
    cursor.offset += length;
  }
}

function readNumber(cursor: Cursor): void {
  const start = cursor.offset;
  while (/^[0-9+\-.eE]$/.test(peek(cursor))) cursor.offset += 1;
  const token = Buffer.from(cursor.bytes.subarray(start, cursor.offset)).toString("latin1");
  if (!NUMBER.test(token)) throw malformed(start);
}

function readLiteral(cursor: Cursor, literal: string): void {
  const { bytes, offset, end } = cursor;
  const text = Buffer.from(bytes.subarray(offset, Math.min(offset + literal.length, end))).toString("latin1");
  if (text !== literal) throw malformed(offset);
  cursor.offset += literal.length;
}

/**
 * Reads the object at the cursor, which stands on its `{`. `onMember` gets each key with the cursor on the value's
 * first byte, and must read the value; `onKey` sees a key as soon as its quote has closed.
 */
export function readObject(
  cursor: Cursor,
  depth: number,
  onMember: (key: Uint8Array) => void,
  onKey?: (key: Uint8Array, offset: number) => void,
): void {
  if (depth > LIMITS.depthMax) throw new JsonStop("too-deep", cursor.offset);
  expectByte(cursor, "{");
  skipBlanks(cursor);
  if (peek(cursor) === "}") {
    cursor.offset += 1;
    return;
  }
  for (;;) {
    const keyOffset = cursor.offset;
    const key = readString(cursor);
    onKey?.(key, keyOffset);
    skipBlanks(cursor);
    expectByte(cursor, ":");
    skipBlanks(cursor);
    onMember(key);
    skipBlanks(cursor);
    if (peek(cursor) === "}") break;
    expectByte(cursor, ",");
    skipBlanks(cursor);
  }
  cursor.offset += 1;
}

function readArray(cursor: Cursor, depth: number): void {
  if (depth > LIMITS.depthMax) throw new JsonStop("too-deep", cursor.offset);
  expectByte(cursor, "[");
  skipBlanks(cursor);
  if (peek(cursor) === "]") {
    cursor.offset += 1;
    return;
  }
  for (;;) {
    readValue(cursor, depth);
    skipBlanks(cursor);
    if (peek(cursor) === "]") break;
    expectByte(cursor, ",");
    skipBlanks(cursor);
  }
  cursor.offset += 1;
}

/** Reads the value at the cursor, inside of `depth` levels. */
export function readValue(cursor: Cursor, depth: number): { readonly kind: ValueKind; readonly text?: Uint8Array } {
  const first = peek(cursor);
  switch (first) {
    case '"':
      return { kind: "string", text: readString(cursor) };
    case "{":
      readObject(cursor, depth + 1, () => readValue(cursor, depth + 1));
      return { kind: "object" };
    case "[":
      readArray(cursor, depth + 1);
      return { kind: "array" };
    case "t":
      readLiteral(cursor, "true");
      return { kind: "boolean" };
    case "f":
      readLiteral(cursor, "false");
      return { kind: "boolean" };
    case "n":
      readLiteral(cursor, "null");
      return { kind: "null" };
  }
  if (!/^[-0-9]$/.test(first)) throw malformed(cursor.offset);
  readNumber(cursor);
  return { kind: "number" };
}
