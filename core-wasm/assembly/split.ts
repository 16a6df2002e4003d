/**
 * Finds the events of a payload: one object, `{"events":[…]}`, NDJSON, or a CloudEvents 1.0 envelope. Values are
 * skimmed by their strings and brackets; each event is read strictly by itself later, so that one bad event spoils no
 * other. Rules: docs/guides/detection.md §1, "Payload".
 */
import { decodeString } from "./decode";
import { isOtherValue } from "./event";
import { at, end, kindHere, malformed, moveTo, openReader, skipBlanks, skipString, skipValue, stringFlags } from "./json";
import { EVENTS_MAX, FOLDED, PAYLOAD, PAYLOAD_MAX, SPLIT } from "./layout";
import {
  DUPLICATE_KEY,
  EMPTY,
  EVENT_COUNT,
  FAULT,
  fail,
  FLAG_ESCAPED,
  KIND_ARRAY,
  KIND_STRING,
  NO_FIELD,
  NOT_AN_OBJECT,
  PAYLOAD_KIND,
  PAYLOAD_TOO_LARGE,
  TOO_MANY_EVENTS,
} from "./result";

const ONE_EVENT: u32 = 0;
const EVENTS: u32 = 1;
const NDJSON: u32 = 2;
const CLOUDEVENT: u32 = 3;

const KEY_OTHER: u32 = 0;
const KEY_EVENTS: u32 = 1;
const KEY_SPECVERSION: u32 = 2;
const KEY_DATA: u32 = 3;
const KEY_FAULT: u32 = 4;

let count: u32 = 0;

function offsetOf(address: usize): u32 {
  return <u32>(address - PAYLOAD);
}

function addSpan(from: usize, to: usize): bool {
  if (count >= EVENTS_MAX) return fail(TOO_MANY_EVENTS, NO_FIELD, offsetOf(from));
  const entry = SPLIT + (<usize>count << 3);
  store<u32>(entry, offsetOf(from));
  store<u32>(entry, offsetOf(to), 4);
  count += 1;
  return true;
}

/** Skims take a raw line feed inside of a string as part of it. Off at first: it parts the lines of NDJSON. */
let isLineFeedText: bool = false;

/** Skims a string from its opening quote: the end makes it fail, and a raw line feed unless it counts as text. */
function skimString(): bool {
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  const feed = i8x16.splat(0x0a);
  let p = at + 1;
  while (p < end) {
    const block = v128.load(p);
    const special = v128.or(v128.or(i8x16.eq(block, quote), i8x16.eq(block, backslash)), i8x16.eq(block, feed));
    const bits = i8x16.bitmask(special);
    if (bits == 0) {
      p += 16;
      continue;
    }
    p += <usize>ctz(bits);
    if (p >= end) return false;
    if (load<u8>(p) == 0x0a) {
      if (!isLineFeedText) return false;
      p += 1;
      continue;
    }
    if (load<u8>(p) == 0x22) {
      moveTo(p + 1);
      return true;
    }
    p += 2;
  }
  return false;
}

// @ts-ignore: decorator
@inline
function endsScalar(byte: u32): bool {
  return byte == 0x2c || byte == 0x5d || byte == 0x7d || byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

/** A member of the outermost object may be a wrapper key: it is worth a walk. */
let mayWrap: bool = false;
/** An eleven-letter key with every letter escaped. */
const ESCAPED_KEY_MAX: usize = 66;

/** Notes whether the string that ended at `at` may be a wrapper key. */
// @ts-ignore: decorator
@inline
function noteKey(from: usize): void {
  const length = at - 1 - from;
  const isShort = length > 4 && length <= ESCAPED_KEY_MAX;
  if (wrapperKey(from, at - 1) != KEY_OTHER || (isShort && hasBackslash(from, at - 1))) mayWrap = true;
}

function hasBackslash(from: usize, to: usize): bool {
  const backslash = i8x16.splat(0x5c);
  for (let p = from; p < to; p += 16) {
    const bits = i8x16.bitmask(i8x16.eq(v128.load(p), backslash));
    if (bits != 0) return p + <usize>ctz(bits) < to;
  }
  return false;
}

/** Skims one value: `at` moves behind it. */
function skimValue(): bool {
  if (at >= end) return false;
  const first = <u32>load<u8>(at);
  if (first == 0x22) return skimString();
  if (first != 0x7b && first != 0x5b) {
    const start = at;
    while (at < end && !endsScalar(load<u8>(at))) moveTo(at + 1);
    return at > start;
  }
  let depth: u32 = 0;
  while (at < end) {
    const byte = <u32>load<u8>(at);
    if (byte == 0x22) {
      const from = at + 1;
      if (!skimString()) return false;
      if (depth == 1) noteKey(from);
      continue;
    }
    moveTo(at + 1);
    const kind = byte & 0xdf; // '[' and '{', ']' and '}' differ in bit 0x20 alone
    if (kind == 0x5b) depth += 1;
    else if (kind == 0x5d) {
      depth -= 1;
      if (depth == 0) return true;
    }
  }
  return false;
}

/** Skims the array at `at` into events. */
function splitArray(): bool {
  moveTo(at + 1);
  skipBlanks();
  if (at < end && load<u8>(at) == 0x5d) {
    moveTo(at + 1);
    return true;
  }
  for (;;) {
    skipBlanks();
    const from = at;
    if (!skimValue()) return malformed(at);
    if (!addSpan(from, at)) return false;
    skipBlanks();
    if (at >= end) return malformed(end);
    const next = <u32>load<u8>(at);
    if (next != 0x2c && next != 0x5d) return malformed(at);
    moveTo(at + 1);
    if (next == 0x5d) return true;
  }
  return false;
}

/** Which wrapper key the string's inside [from, to) is. */
function wrapperKey(from: usize, to: usize): u32 {
  const length = to - from;
  if (length == 4) return load<u32>(from) == 0x61746164 ? KEY_DATA : KEY_OTHER;
  if (length == 6) return load<u32>(from) == 0x6e657665 && load<u16>(from, 4) == 0x7374 ? KEY_EVENTS : KEY_OTHER;
  if (length != 11) return KEY_OTHER;
  return load<u64>(from) == 0x7372_6576_6365_7073 && load<u32>(from, 7) == 0x6e6f6973 ? KEY_SPECVERSION : KEY_OTHER;
}

/** Reads the string at `at` strictly; answers which key it is. */
function readKeyString(): u32 {
  const from = at + 1;
  if (!skipString()) return KEY_FAULT;
  if (stringFlags & FLAG_ESCAPED) return wrapperKey(FOLDED, decodeString(from, at - 1, FOLDED)); // FOLDED is free here
  return wrapperKey(from, at - 1);
}

/** Skims the string at `at`; a faulty one is no wrapper key. */
function skimKeyString(): u32 {
  const from = at;
  if (!skimString()) return KEY_FAULT;
  const behind = at;
  moveTo(from);
  const key = readKeyString();
  moveTo(behind);
  return key == KEY_FAULT ? KEY_OTHER : key;
}

/** Reads a key and its colon, strictly or by a skim; answers which it is. */
function readKey(isStrict: bool): u32 {
  skipBlanks();
  if (at >= end || load<u8>(at) != 0x22) {
    malformed(at);
    return KEY_FAULT;
  }
  const key = isStrict ? readKeyString() : skimKeyString();
  if (key == KEY_FAULT) return KEY_FAULT;
  skipBlanks();
  if (at >= end || load<u8>(at) != 0x3a) {
    malformed(at);
    return KEY_FAULT;
  }
  moveTo(at + 1);
  skipBlanks();
  return key;
}

let eventsKind: u32 = 0;
let specVersionKind: u32 = 0;
let hasData: bool = false;

/** Walks the members of the object at `first` with skims and notes the wrapper keys. False: the walk failed. */
function walk(first: usize): bool {
  eventsKind = 0;
  specVersionKind = 0;
  hasData = false;
  moveTo(first + 1);
  skipBlanks();
  if (at < end && load<u8>(at) == 0x7d) return true;
  for (;;) {
    const key = readKey(false);
    if (key == KEY_FAULT) return false;
    const kind = kindHere();
    if (!skimValue()) return false;
    if (key == KEY_EVENTS && eventsKind == 0) eventsKind = kind;
    if (key == KEY_SPECVERSION && specVersionKind == 0) specVersionKind = kind;
    if (key == KEY_DATA) hasData = true;
    skipBlanks();
    if (at >= end) return false;
    const next = <u32>load<u8>(at);
    if (next != 0x2c && next != 0x7d) return false;
    if (next == 0x7d) return true;
    moveTo(at + 1);
  }
  return false;
}

/**
 * Reads a wrapper: `wanted` holds the events, everything else is read strictly. A wrapper key given twice is refused.
 */
function splitWrapper(first: usize, wanted: u32): bool {
  let seen: u32 = 0;
  moveTo(first);
  do {
    moveTo(at + 1); // the opening brace, or the comma
    skipBlanks();
    const keyAt = at;
    const key = readKey(true);
    if (key == KEY_FAULT) return false;
    const isWrapperKey = wanted == KEY_EVENTS ? key == KEY_EVENTS : key == KEY_DATA || key == KEY_SPECVERSION;
    if (isWrapperKey) {
      if (seen & (1 << key)) return fail(DUPLICATE_KEY, NO_FIELD, offsetOf(keyAt));
      seen |= 1 << key;
    }
    if (key != wanted) {
      if (!skipValue(1)) return false;
    } else if (wanted == KEY_EVENTS) {
      if (!splitArray()) return false;
    } else {
      const from = at;
      if (!skimValue()) return malformed(at);
      if (!addSpan(from, at)) return false;
    }
    skipBlanks();
  } while (at < end && load<u8>(at) == 0x2c);
  if (at >= end || load<u8>(at) != 0x7d) return malformed(at);
  moveTo(at + 1);
  skipBlanks();
  return at >= end ? true : malformed(at);
}

/** The object [first, behind) is the whole payload: a wrapper, or an event itself. */
function splitObject(first: usize, behind: usize): bool {
  if (!mayWrap) return addSpan(first, behind);
  const isWalked = walk(first);
  store<u32>(FAULT, 0); // a failed walk left its fault: the strict reader will say it better
  if (isWalked && eventsKind == KIND_ARRAY) {
    store<u32>(PAYLOAD_KIND, EVENTS);
    return splitWrapper(first, KEY_EVENTS);
  }
  if (isWalked && specVersionKind == KIND_STRING && hasData) {
    store<u32>(PAYLOAD_KIND, CLOUDEVENT);
    return splitWrapper(first, KEY_DATA);
  }
  return addSpan(first, behind);
}

/** Address of the next line feed at or behind `from`, or `end`. */
function lineEnd(from: usize): usize {
  const feed = i8x16.splat(0x0a);
  for (let p = from; p < end; p += 16) {
    const bits = i8x16.bitmask(i8x16.eq(v128.load(p), feed));
    if (bits != 0) return min<usize>(p + <usize>ctz(bits), end);
  }
  return end;
}

/** Each line that is not blank, without the blanks around it, is one event. */
function splitLines(from: usize): bool {
  store<u32>(PAYLOAD_KIND, NDJSON);
  for (let line = from; line < end; ) {
    const feed = lineEnd(line);
    moveTo(line);
    skipBlanks();
    let behind = feed;
    while (behind > at && load<u8>(behind - 1) <= 0x20 && endsScalar(load<u8>(behind - 1))) behind -= 1;
    if (at < behind && !addSpan(at, behind)) return false;
    line = feed + 1;
  }
  return true;
}

/** Whether the second line that is not blank begins with a brace; `first` stands on the first such line. */
function isSecondLineObject(first: usize): bool {
  moveTo(lineEnd(first));
  skipBlanks();
  return at < end && load<u8>(at) == 0x7b;
}

/** Whether the payload is one object when line feeds in its strings are let pass: then they are one event's fault. */
function skimPastLineFeeds(first: usize): bool {
  isLineFeedText = true;
  mayWrap = false;
  moveTo(first);
  const isSkimmed = skimValue();
  const behind = at;
  skipBlanks();
  const isWhole = isSkimmed && at >= end;
  moveTo(behind);
  return isWhole;
}

function splitFrom(first: usize): bool {
  const byte = <u32>load<u8>(first);
  if (byte == 0x5b) return fail(NOT_AN_OBJECT, NO_FIELD, offsetOf(first));
  let faultAt = first;
  if (byte == 0x7b) {
    mayWrap = false;
    const isSkimmed = skimValue();
    const behind = at;
    skipBlanks();
    if (isSkimmed && at >= end) return splitObject(first, behind);
    if (isSkimmed && lineEnd(behind) < at) return splitLines(first);
    faultAt = isSkimmed ? at : end;
  }
  if (isSecondLineObject(first)) return splitLines(first);
  if (byte == 0x7b && faultAt == end && skimPastLineFeeds(first)) return splitObject(first, at);
  return isOtherValue(byte) ? fail(NOT_AN_OBJECT, NO_FIELD, offsetOf(first)) : malformed(faultAt);
}

/** Splits the payload's first `length` bytes; false: the fault is in the result. */
export function splitPayload(length: u32): bool {
  count = 0;
  isLineFeedText = false;
  store<u32>(FAULT, 0);
  store<u32>(PAYLOAD_KIND, ONE_EVENT);
  store<u32>(EVENT_COUNT, 0);
  if (length > PAYLOAD_MAX) return fail(PAYLOAD_TOO_LARGE, NO_FIELD, PAYLOAD_MAX);
  openReader(PAYLOAD, PAYLOAD + <usize>length);
  if (length >= 3 && (load<u32>(PAYLOAD) & 0xff_ffff) == 0xbf_bbef) moveTo(at + 3); // byte order mark
  skipBlanks();
  if (at >= end) return fail(EMPTY, NO_FIELD, length);
  const isSplit = splitFrom(at);
  store<u32>(EVENT_COUNT, count);
  return isSplit;
}
