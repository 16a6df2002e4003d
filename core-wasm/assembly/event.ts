/**
 * One event: finds the known fields of its JSON object in one read, then checks and decodes them in field order into
 * the canonical event. Rules and order of checks: docs/guides/detection.md §1.
 */
import { decodeString } from "./decode";
import { at, end, kindHere, malformed, moveTo, openReader, skipBlanks, skipString, skipValue, stringFlags } from "./json";
import { CANON, EVENT_MAX, FOLDED, ID_CHARS_MAX, PAYLOAD, SHORT_CHARS_MAX } from "./layout";
import {
  BAD_TIMESTAMP,
  CANON_LENGTH,
  CONTROL_CHARACTER,
  DUPLICATE_KEY,
  EMPTY,
  EVENT_TIME,
  EVENT_TOO_LARGE,
  FAULT,
  fail,
  FIELD_COUNT,
  FIELD_TABLE,
  fieldEntry,
  FLAG_ESCAPED,
  FLAG_NOT_ASCII,
  KIND_ABSENT,
  KIND_ARRAY,
  KIND_MASK,
  KIND_NULL,
  KIND_OBJECT,
  KIND_STRING,
  MISSING,
  NO_FIELD,
  NOT_AN_OBJECT,
  SCORES,
  TOO_LONG,
  WRONG_TYPE,
} from "./result";
import { parseTimestamp } from "./timestamp";

const EVENT_ID: u32 = 0;
const TIMESTAMP: u32 = 1;
const USER_ID: u32 = 2;
const ORG_ID: u32 = 3;
const SURFACE: u32 = 4;
const TIER: u32 = 5;
export const PROMPT: u32 = 6;
export const COMPLETION: u32 = 7;
const MODEL_VERSION: u32 = 8;
const CONVERSATION_ID: u32 = 9;
const ATTACHMENTS: u32 = 10;
const AGE: u32 = 11;
const METADATA: u32 = 12;
const RISK_SCORES: u32 = 13;
const TAGS: u32 = 14;

/** Each name padded to 16 bytes, so that one comparison decides. */
const NAMES: usize = memory.data<u8>([
  /* event_id        */ 101, 118, 101, 110, 116, 95, 105, 100, 0, 0, 0, 0, 0, 0, 0, 0,
  /* timestamp       */ 116, 105, 109, 101, 115, 116, 97, 109, 112, 0, 0, 0, 0, 0, 0, 0,
  /* user_id         */ 117, 115, 101, 114, 95, 105, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  /* org_id          */ 111, 114, 103, 95, 105, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  /* surface         */ 115, 117, 114, 102, 97, 99, 101, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  /* tier            */ 116, 105, 101, 114, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  /* prompt          */ 112, 114, 111, 109, 112, 116, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  /* completion      */ 99, 111, 109, 112, 108, 101, 116, 105, 111, 110, 0, 0, 0, 0, 0, 0,
  /* model_version   */ 109, 111, 100, 101, 108, 95, 118, 101, 114, 115, 105, 111, 110, 0, 0, 0,
  /* conversation_id */ 99, 111, 110, 118, 101, 114, 115, 97, 116, 105, 111, 110, 95, 105, 100, 0,
  /* attachments     */ 97, 116, 116, 97, 99, 104, 109, 101, 110, 116, 115, 0, 0, 0, 0, 0,
  /* age             */ 97, 103, 101, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  /* metadata        */ 109, 101, 116, 97, 100, 97, 116, 97, 0, 0, 0, 0, 0, 0, 0, 0,
  /* risk_scores     */ 114, 105, 115, 107, 95, 115, 99, 111, 114, 101, 115, 0, 0, 0, 0, 0,
  /* tags            */ 116, 97, 103, 115, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]);
const NAME_BYTES_MAX: usize = 15;
/** A perfect hash of the fifteen names by length and first two bytes; 255 is no name. A test reads every field back. */
const SLOTS: usize = memory.data<u8>([
  6, 9, 1, 11, 255, 255, 255, 2, 255, 255, 12, 255, 255, 255, 255, 255, 255, 8, 255, 255, 10, 14, 255, 4, 255, 255, 13,
  3, 7, 5, 255, 0,
]);
/** Loaded at 16 - length: the mask's first `length` bytes are 0. */
const LENGTH_MASKS: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  255, 255,
]);

/** Field number of a decoded key, FIELD_COUNT when unknown. Reads 16 bytes at `address`. */
function fieldOf(address: usize, length: usize): u32 {
  if (length > NAME_BYTES_MAX || length < 3) return FIELD_COUNT;
  const slot = (<u32>length + <u32>load<u8>(address) * 5 + <u32>load<u8>(address, 1) * 13) & 31;
  const field = <u32>load<u8>(SLOTS + <usize>slot);
  if (field == 255) return FIELD_COUNT;
  const key = v128.andnot(v128.load(address), v128.load(LENGTH_MASKS + 16 - length));
  const name = v128.load(NAMES + (<usize>field << 4));
  return v128.any_true(v128.xor(key, name)) ? FIELD_COUNT : field;
}

/**
 * Reads the key at `at` and its colon; answers its field number, FIELD_COUNT when unknown, FIELD_COUNT + 1 on a fault.
 */
function readKey(): u32 {
  skipBlanks();
  if (at >= end || load<u8>(at) != 0x22) {
    malformed(at);
    return FIELD_COUNT + 1;
  }
  const start = at + 1;
  if (!skipString()) return FIELD_COUNT + 1;
  let field: u32;
  if (stringFlags & FLAG_ESCAPED) {
    const length = decodeString(start, at - 1, FOLDED) - FOLDED; // FOLDED is free until the text is folded
    field = fieldOf(FOLDED, length);
  } else {
    field = fieldOf(start, at - 1 - start);
  }
  if (field < FIELD_COUNT && (load<u32>(fieldEntry(field)) & KIND_MASK) != KIND_ABSENT) {
    fail(DUPLICATE_KEY, field, <u32>(start - 1 - PAYLOAD));
    return FIELD_COUNT + 1;
  }
  skipBlanks();
  if (at >= end || load<u8>(at) != 0x3a) {
    malformed(at);
    return FIELD_COUNT + 1;
  }
  moveTo(at + 1);
  skipBlanks();
  return field;
}

/** Reads the members of the object at `at`; fills the field table. */
function readMembers(): bool {
  moveTo(at + 1);
  skipBlanks();
  if (at < end && load<u8>(at) == 0x7d) {
    moveTo(at + 1);
    return true;
  }
  for (;;) {
    const field = readKey();
    if (field > FIELD_COUNT) return false;
    const start = at;
    const kind = kindHere();
    if (kind == KIND_STRING ? !skipString() : !skipValue(1)) return false;
    if (field < FIELD_COUNT) {
      const entry = fieldEntry(field);
      store<u32>(entry, kind == KIND_STRING ? kind | stringFlags : kind);
      store<u32>(entry, <u32>(start - PAYLOAD), 4);
      store<u32>(entry, <u32>(at - PAYLOAD), 8);
    }
    skipBlanks();
    if (at >= end) return malformed(end);
    const next = <u32>load<u8>(at);
    if (next != 0x2c && next != 0x7d) return malformed(at);
    moveTo(at + 1);
    if (next == 0x7d) return true;
  }
  return false;
}

/** True when [address, address + length) holds U+0000–001F or U+007F–009F. */
function hasControl(address: usize, length: u32): bool {
  const stop = address + <usize>length;
  for (let p = address; p < stop; p++) {
    const byte = <u32>load<u8>(p);
    if (byte < 0x20 || byte == 0x7f) return true;
    if (byte == 0xc2 && p + 1 < stop && load<u8>(p, 1) < 0xa0) return true;
  }
  return false;
}

/** The same for plain ASCII without escapes, where DEL alone can occur. */
function hasDelete(address: usize, length: u32): bool {
  const del = i8x16.splat(0x7f);
  for (let offset: u32 = 0; offset < length; offset += 16) {
    const bits = i8x16.bitmask(i8x16.eq(v128.load(address + <usize>offset), del));
    if (bits != 0 && offset + <u32>ctz(bits) < length) return true;
  }
  return false;
}

/** Code points of a decoded value: bytes that do not continue a sequence. */
function codePoints(address: usize, length: u32): u32 {
  let count: u32 = 0;
  for (let i: u32 = 0; i < length; i++) if ((<u32>load<u8>(address + <usize>i) & 0xc0) != 0x80) count += 1;
  return count;
}

function isRequired(field: u32): bool {
  return field <= PROMPT;
}

/** Copies `length` bytes in blocks of 16: it may write past the end, where the next field or nothing goes. */
// @ts-ignore: decorator
@inline
function copyText(to: usize, from: usize, length: usize): void {
  for (let offset: usize = 0; offset < length; offset += 16) v128.store(to + offset, v128.load(from + offset));
}

/** Decodes a string field to `out` and checks it; answers the address behind it, 0 on a fault. */
function putField(field: u32, out: usize): usize {
  const entry = fieldEntry(field);
  const flags = load<u32>(entry);
  const start = load<u32>(entry, 4);
  const text = out + 5;
  const from = PAYLOAD + <usize>start + 1;
  const to = PAYLOAD + <usize>load<u32>(entry, 8) - 1;
  let behind: usize;
  if (flags & FLAG_ESCAPED) {
    behind = decodeString(from, to, text);
  } else {
    copyText(text, from, to - from);
    behind = text + (to - from);
  }
  const length = <u32>(behind - text);
  store<u8>(out, <u8>field);
  store<u32>(out, length, 1);
  store<u32>(entry, <u32>text, 12);
  store<u32>(entry, length, 16);
  return checkText(field, text, length, flags, start) ? behind : 0;
}

function checkText(field: u32, text: usize, length: u32, flags: u32, start: u32): bool {
  if (field == PROMPT || field == COMPLETION) return true;
  const mayBeEmpty = field == MODEL_VERSION || field == CONVERSATION_ID;
  if (field == TIMESTAMP) {
    if (length > SHORT_CHARS_MAX && codePoints(text, length) > SHORT_CHARS_MAX) return fail(TOO_LONG, field, start);
    const timeMs = parseTimestamp(text, length);
    if (isNaN(timeMs)) return fail(BAD_TIMESTAMP, field, start);
    store<f64>(EVENT_TIME, timeMs);
    return true;
  }
  if (length == 0 && !mayBeEmpty) return fail(EMPTY, field, start);
  const charsMax = field == SURFACE || field == TIER ? SHORT_CHARS_MAX : ID_CHARS_MAX;
  const isPlain = (flags & (FLAG_ESCAPED | FLAG_NOT_ASCII)) == 0;
  if (length > charsMax && (isPlain || codePoints(text, length) > charsMax)) return fail(TOO_LONG, field, start);
  const isBad = isPlain ? hasDelete(text, length) : hasControl(text, length);
  return isBad ? fail(CONTROL_CHARACTER, field, start) : true;
}

function checkKind(field: u32, kind: u32, start: u32, eventStart: u32): bool {
  if (kind == KIND_ABSENT) return isRequired(field) ? fail(MISSING, field, eventStart) : true;
  if (kind == KIND_NULL && !isRequired(field)) return true;
  let wanted = KIND_STRING;
  if (field == ATTACHMENTS || field == TAGS) wanted = KIND_ARRAY;
  if (field == AGE || field == METADATA || field == RISK_SCORES) wanted = KIND_OBJECT;
  return kind == wanted ? true : fail(WRONG_TYPE, field, start);
}

/** Checks every field in order and writes the canonical event. */
function checkFields(eventStart: u32): bool {
  let out = CANON;
  for (let field: u32 = 0; field < FIELD_COUNT; field++) {
    const entry = fieldEntry(field);
    const kind = load<u32>(entry) & KIND_MASK;
    if (!checkKind(field, kind, load<u32>(entry, 4), eventStart)) return false;
    if (kind == KIND_NULL) store<u32>(entry, KIND_ABSENT);
    if (kind != KIND_STRING) continue;
    out = putField(field, out);
    if (out == 0) return false;
  }
  store<u32>(CANON_LENGTH, <u32>(out - CANON));
  return true;
}

/** Whether a JSON value that is no object may begin with this byte. */
export function isOtherValue(byte: u32): bool {
  if (byte == 0x5b || byte == 0x22 || byte == 0x2d || byte - 0x30 < 10) return true;
  return byte == 0x74 || byte == 0x66 || byte == 0x6e;
}

/** Forgets the fields and the fault of the event before. */
export function clearFields(): void {
  store<u32>(FAULT, 0);
  store<u32>(CANON_LENGTH, 0);
  for (let entry = FIELD_TABLE; entry < SCORES; entry += 16) v128.store(entry, i64x2.splat(0));
}

/** Reads the event in [from, to) of the payload. False: the fault is in the result. */
export function readEvent(from: u32, to: u32): bool {
  clearFields();
  if (to - from > EVENT_MAX) return fail(EVENT_TOO_LARGE, NO_FIELD, from);
  openReader(PAYLOAD + <usize>from, PAYLOAD + <usize>to);
  skipBlanks();
  const eventStart = <u32>(at - PAYLOAD);
  if (at >= end) return malformed(at);
  const first = <u32>load<u8>(at);
  if (first != 0x7b) return isOtherValue(first) ? fail(NOT_AN_OBJECT, NO_FIELD, eventStart) : malformed(at);
  if (!readMembers()) return false;
  skipBlanks();
  if (at < end) return malformed(at);
  return checkFields(eventStart);
}
