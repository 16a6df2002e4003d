/**
 * A strict JSON reader over the payload (RFC 8259): finds where values end, keeps no values.
 * `at` is the address of the next byte, `end` the address behind the last one; padding behind `end` is readable.
 * Strings are skipped 16 bytes at a time; bytes of 0x80 and above are checked as UTF-8 (RFC 3629) on the way.
 */
import { DEPTH_MAX, PAYLOAD, STACK } from "./layout";
import {
  fail,
  FLAG_ESCAPED,
  FLAG_NOT_ASCII,
  INVALID_UTF8,
  KIND_ARRAY,
  KIND_NULL,
  KIND_OBJECT,
  KIND_SCALAR,
  KIND_STRING,
  MALFORMED_JSON,
  NO_FIELD,
  TOO_DEEP,
} from "./result";

export let at: usize = 0;
export let end: usize = 0;
/** Flags of the string read last. */
export let stringFlags: u32 = 0;

export function openReader(from: usize, to: usize): void {
  at = from;
  end = to;
}
export function moveTo(address: usize): void {
  at = address;
}

export function malformed(address: usize): bool {
  return fail(MALFORMED_JSON, NO_FIELD, <u32>(address - PAYLOAD));
}

// @ts-ignore: decorator
@inline
function isBlank(byte: u32): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

export function skipBlanks(): void {
  while (at < end && isBlank(load<u8>(at))) at += 1;
}

/**
 * Length of the well-formed UTF-8 sequence at `address`, 0 when there is none before `limit`. No surrogates, no
 * overlong forms.
 */
export function utf8Length(address: usize, limit: usize): u32 {
  const lead = <u32>load<u8>(address);
  if (lead < 0x80) return 1;
  const left = <u32>min<usize>(limit - address, 4);
  if (lead < 0xc2 || lead > 0xf4 || left < 2) return 0;
  const second = <u32>load<u8>(address, 1);
  if (lead < 0xe0) return (second & 0xc0) == 0x80 ? 2 : 0;
  if (left < 3 || (<u32>load<u8>(address, 2) & 0xc0) != 0x80) return 0;
  if (lead < 0xf0) {
    if ((second & 0xc0) != 0x80) return 0;
    if (lead == 0xe0 && second < 0xa0) return 0;
    return lead == 0xed && second > 0x9f ? 0 : 3;
  }
  if (left < 4 || (second & 0xc0) != 0x80 || (<u32>load<u8>(address, 3) & 0xc0) != 0x80) return 0;
  if (lead == 0xf0 && second < 0x90) return 0;
  return lead == 0xf4 && second > 0x8f ? 0 : 4;
}

// @ts-ignore: decorator
@inline
function isHex(byte: u32): bool {
  return byte - 0x30 < 10 || (byte | 0x20) - 0x61 < 6;
}

/** Moves over the escape at `at` (a backslash). */
function skipEscape(): bool {
  if (at + 1 >= end) return malformed(at);
  const kind = <u32>load<u8>(at, 1);
  if (kind == 0x75) {
    if (at + 6 > end) return malformed(at);
    for (let i: usize = 2; i < 6; i++) if (!isHex(load<u8>(at + i))) return malformed(at);
    at += 6;
    return true;
  }
  if (
    kind == 0x22 || kind == 0x5c || kind == 0x2f || kind == 0x62 ||
    kind == 0x66 || kind == 0x6e || kind == 0x72 || kind == 0x74
  ) {
    at += 2;
    return true;
  }
  return malformed(at);
}

/** Moves over a string from its opening quote; `stringFlags` then says what it held. */
export function skipString(): bool {
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  const blank = i8x16.splat(0x20);
  const limit = end;
  let flags: u32 = 0;
  let p = at + 1;
  for (;;) {
    // Signed "below 0x20" catches control characters and every byte from 0x80 on in one comparison.
    while (p < limit) {
      const block = v128.load(p);
      const special = v128.or(
        v128.or(i8x16.eq(block, quote), i8x16.eq(block, backslash)),
        i8x16.lt_s(block, blank),
      );
      const bits = i8x16.bitmask(special);
      if (bits != 0) {
        p += <usize>ctz(bits);
        break;
      }
      p += 16;
    }
    if (p >= limit) return malformed(limit);
    const byte = <u32>load<u8>(p);
    if (byte == 0x22) break;
    if (byte == 0x5c) {
      flags |= FLAG_ESCAPED;
      at = p;
      if (!skipEscape()) return false;
      p = at;
    } else if (byte < 0x20) {
      return malformed(p);
    } else {
      flags |= FLAG_NOT_ASCII;
      do {
        const length = utf8Length(p, limit);
        if (length == 0) return fail(INVALID_UTF8, NO_FIELD, <u32>(p - PAYLOAD));
        p += <usize>length;
      } while (p < limit && load<u8>(p) >= 0x80);
    }
  }
  stringFlags = flags;
  at = p + 1;
  return true;
}

// @ts-ignore: decorator
@inline
function isDigitAt(address: usize): bool {
  return address < end && <u32>load<u8>(address) - 0x30 < 10;
}

function isNumberByte(address: usize): bool {
  if (address >= end) return false;
  const byte = <u32>load<u8>(address);
  return byte - 0x30 < 10 || byte == 0x2b || byte == 0x2d || byte == 0x2e || (byte | 0x20) == 0x65;
}

function skipNumber(): bool {
  const start = at;
  if (load<u8>(at) == 0x2d) at += 1;
  if (!isDigitAt(at)) return malformed(start);
  if (load<u8>(at) == 0x30) at += 1;
  else while (isDigitAt(at)) at += 1;
  if (at < end && load<u8>(at) == 0x2e) {
    at += 1;
    if (!isDigitAt(at)) return malformed(start);
    while (isDigitAt(at)) at += 1;
  }
  if (at < end && (load<u8>(at) | 0x20) == 0x65) {
    at += 1;
    if (at < end && (load<u8>(at) == 0x2b || load<u8>(at) == 0x2d)) at += 1;
    if (!isDigitAt(at)) return malformed(start);
    while (isDigitAt(at)) at += 1;
  }
  return isNumberByte(at) ? malformed(start) : true; // 01, 1.2.3, 1e5e5
}

function skipLiteral(): bool {
  const left = <u32>min<usize>(end - at, 5);
  const word = load<u32>(at);
  if (left >= 4 && (word == 0x65757274 || word == 0x6c6c756e)) {
    at += 4; // true, null
    return true;
  }
  if (left >= 5 && word == 0x736c6166 && load<u8>(at, 4) == 0x65) {
    at += 5; // false
    return true;
  }
  return malformed(at);
}

/** Kind of the value that `at` stands on, by its first byte; KIND_SCALAR where it is anything else. */
export function kindHere(): u32 {
  if (at >= end) return KIND_SCALAR;
  const byte = <u32>load<u8>(at);
  if (byte == 0x22) return KIND_STRING;
  if (byte == 0x7b) return KIND_OBJECT;
  if (byte == 0x5b) return KIND_ARRAY;
  return byte == 0x6e ? KIND_NULL : KIND_SCALAR;
}

/** Moves over a string, number or literal. */
function skipScalar(byte: u32): bool {
  if (byte == 0x22) return skipString();
  if (byte == 0x2d || byte - 0x30 < 10) return skipNumber();
  return skipLiteral();
}

/** Moves over a member's key and colon: `at` then stands before the value. */
export function skipKey(): bool {
  skipBlanks();
  if (at >= end || load<u8>(at) != 0x22) return malformed(at);
  if (!skipString()) return false;
  skipBlanks();
  if (at >= end || load<u8>(at) != 0x3a) return malformed(at);
  at += 1;
  return true;
}

/**
 * Moves over one value of any kind. `outerDepth` levels are open around it. Iterative: depth costs a byte, not a frame.
 */
export function skipValue(outerDepth: u32): bool {
  let depth = outerDepth;
  for (;;) {
    skipBlanks();
    if (at >= end) return malformed(end);
    const byte = <u32>load<u8>(at);
    let isOpen = false;
    if (byte == 0x7b || byte == 0x5b) {
      if (depth >= DEPTH_MAX) return fail(TOO_DEEP, NO_FIELD, <u32>(at - PAYLOAD));
      depth += 1;
      store<u8>(STACK + <usize>depth, <u8>byte);
      at += 1;
      skipBlanks();
      if (at >= end) return malformed(end);
      isOpen = load<u8>(at) != byte + 2; // '{' + 2 is '}', '[' + 2 is ']'
      if (isOpen) {
        if (byte == 0x7b && !skipKey()) return false;
        continue;
      }
      at += 1;
      depth -= 1;
    } else if (!skipScalar(byte)) {
      return false;
    }
    // A value has ended: close what ends with it, or go on to the next member.
    for (;;) {
      if (depth == outerDepth) return true;
      skipBlanks();
      if (at >= end) return malformed(end);
      const opener = <u32>load<u8>(STACK + <usize>depth);
      const next = <u32>load<u8>(at);
      if (next == 0x2c) {
        at += 1;
        if (opener == 0x7b && !skipKey()) return false;
        break;
      }
      if (next != opener + 2) return malformed(at);
      at += 1;
      depth -= 1;
    }
  }
  return false;
}
