/**
 * Encoded runs of a text, decoded into segments: base64, hex, hex pairs, percent-encoding, rot13.
 * docs/guides/detection.md §8 has the rules. Works over the words folded and hashed last; what folding and hashing saw
 * on the way (a long word, words that begin with digits) decides whether anything is looked for at all.
 */
import { hasLongWord } from "./anchors";
import { ALPHANUMERIC, byteOfHex, DIGIT, HEX_DIGIT, IN_BASE64, isOf, sextet, VISIBLE } from "./byte-class";
import { WORDS } from "./layout";
import { leadingDigits } from "./leet";
import { mayBeRot13 } from "./rot13";
import { addSegment, BASE64, HEX, hasRoom, PERCENT, ROT13, roomLeft, segmentText } from "./segments";
import { WORD_BYTES, wordsEnd } from "./words";

const STRETCH_MIN: u32 = 17;
const BASE64_MIN: u32 = 24;
const HEX_MIN: u32 = 32;
const ESCAPES_MIN: u32 = 4;
const PAIRS_MIN: usize = 16;
const BACKSLASH: u32 = 0x5c;
const PERCENT_SIGN: u32 = 0x25;

// @ts-ignore: decorator
@inline
function byteAt(text: usize, position: u32): u32 {
  return load<u8>(text + <usize>position);
}

/** The next stretch of at least `size` bytes of a class in [from, to): where it begins; `to` when there is none. */
function nextStretch(text: usize, byteClass: u32, size: u32, from: u32, to: u32): u32 {
  let start = from;
  // Looks from the end of where a stretch would be: one byte of another class there saves all before it.
  while (start + size <= to) {
    let last = start + size;
    while (last > start && isOf(byteClass, byteAt(text, last - 1))) last -= 1;
    if (last == start) return start;
    start = last;
  }
  return to;
}

// @ts-ignore: decorator
@inline
function stretchEnd(text: usize, byteClass: u32, from: u32, to: u32): u32 {
  let position = from;
  while (position < to && isOf(byteClass, byteAt(text, position))) position += 1;
  return position;
}

/** Decodes [from, to) of the text to where the next segment's text goes; answers how many bytes that is. */
function decodeBase64(text: usize, from: u32, to: u32): u32 {
  const length = min<u32>(((to - from) * 3) >> 2, roomLeft());
  const stop = segmentText() + <usize>length;
  let at = text + <usize>from;
  // Whole groups: what a last one has too much is behind the segment, where the next one goes.
  for (let out = segmentText(); out < stop; out += 3) {
    const first = (sextet(load<u8>(at)) << 26) | (sextet(load<u8>(at, 1)) << 20);
    const second = (sextet(load<u8>(at, 2) & 0x7f) << 14) | (sextet(load<u8>(at, 3) & 0x7f) << 8);
    store<u32>(out, bswap<u32>(first | second));
    at += 4;
  }
  return length;
}

function decodeHex(text: usize, from: u32, to: u32): u32 {
  const out = segmentText();
  const length = min<u32>((to - from) >> 1, roomLeft());
  for (let i: u32 = 0; i < length; i++) {
    const position = from + 2 * i;
    store<u8>(out + <usize>i, <u8>byteOfHex(byteAt(text, position), byteAt(text, position + 1)));
  }
  return length;
}

/** Decodes every stretch of hex digits in the run that is long enough; false when there is none. */
function addHex(text: usize, from: u32, to: u32): bool {
  let hasAny = false;
  let start = nextStretch(text, HEX_DIGIT, HEX_MIN, from, to);
  while (start < to && hasRoom()) {
    hasAny = true;
    const stop = stretchEnd(text, HEX_DIGIT, start, to);
    addSegment(decodeHex(text, start, stop), HEX, start, stop);
    start = nextStretch(text, HEX_DIGIT, HEX_MIN, stop, to);
  }
  return hasAny;
}

function addRun(text: usize, length: u32, from: u32, to: u32): void {
  if (addHex(text, from, to) || to - from < BASE64_MIN) return;
  let behind = to;
  while (behind < length && behind < to + 2 && byteAt(text, behind) == 0x3d) behind += 1;
  addSegment(decodeBase64(text, from, to), BASE64, from, behind);
}

/** Looks through the long words for runs of base64 and hex. Each byte is read a fixed number of times. */
function addLongRuns(text: usize, length: u32): void {
  let behind: u32 = 0;
  for (let word = WORDS; word < wordsEnd && hasRoom(); word += WORD_BYTES) {
    if (load<u32>(word, 4) < STRETCH_MIN) continue;
    const stop = load<u32>(word, 12);
    let start = nextStretch(text, ALPHANUMERIC, STRETCH_MIN, max<u32>(load<u32>(word, 8), behind), stop);
    while (start < stop && hasRoom()) {
      let from = start;
      while (from > behind && isOf(IN_BASE64, byteAt(text, from - 1))) from -= 1;
      behind = stretchEnd(text, IN_BASE64, start, length);
      addRun(text, length, from, behind);
      start = nextStretch(text, ALPHANUMERIC, STRETCH_MIN, behind, stop);
    }
  }
}

// @ts-ignore: decorator
@inline
function isEscape(text: usize, position: u32, stop: u32): bool {
  if (byteAt(text, position) != PERCENT_SIGN || position + 2 >= stop) return false;
  return isOf(HEX_DIGIT, byteAt(text, position + 1)) && isOf(HEX_DIGIT, byteAt(text, position + 2));
}

/** The next `%` from `position` on, `length` when there is none. */
function nextPercent(text: usize, position: u32, length: u32): u32 {
  for (; position < length; position += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(text + <usize>position), i8x16.splat(<i8>PERCENT_SIGN)));
    if (found != 0) return min<u32>(position + <u32>ctz(found), length);
  }
  return length;
}

function decodePercent(text: usize, from: u32, to: u32): u32 {
  const out = segmentText();
  const room = roomLeft();
  let done: u32 = 0;
  for (let position = from; position < to && done < room; position++) {
    let byte = byteAt(text, position);
    if (isEscape(text, position, to)) {
      byte = byteOfHex(byteAt(text, position + 1), byteAt(text, position + 2));
      position += 2;
    }
    store<u8>(out + <usize>done, <u8>byte);
    done += 1;
  }
  return done;
}

function addPercentRuns(text: usize, length: u32): void {
  let behind: u32 = 0;
  let position = nextPercent(text, 0, length);
  while (position < length && hasRoom()) {
    let from = position;
    while (from > behind && isOf(VISIBLE, byteAt(text, from - 1))) from -= 1;
    let escapes: u32 = 0;
    while (position < length && isOf(VISIBLE, byteAt(text, position))) {
      if (!isEscape(text, position, length)) {
        position += 1;
        continue;
      }
      if (isOf(DIGIT, byteAt(text, position + 1))) escapes += 1;
      position += 3;
    }
    behind = position;
    if (escapes >= ESCAPES_MIN) addSegment(decodePercent(text, from, position), PERCENT, from, position);
    position = nextPercent(text, position, length);
  }
}

/** Where the pair's two digits are when the word is one, -1 when it is none. */
function pairOf(text: usize, word: usize): i32 {
  const start = load<u32>(word, 8);
  const size = load<u32>(word, 12) - start;
  let digits = start;
  if (size == 3) {
    if (byteAt(text, start) != 0x78 || start == 0 || byteAt(text, start - 1) != BACKSLASH) return -1;
    digits += 1;
  } else if (size != 2) {
    return -1;
  }
  return isOf(DIGIT, byteAt(text, digits)) && isOf(HEX_DIGIT, byteAt(text, digits + 1)) ? <i32>digits : -1;
}

/** Where the pair begins: at its backslash, when it has one. */
// @ts-ignore: decorator
@inline
function pairStart(word: usize): u32 {
  const start = load<u32>(word, 8);
  return load<u32>(word, 12) - start == 3 ? start - 1 : start;
}

/** Whether the pair of this word goes on from the one before it. */
function isNextPair(text: usize, word: usize): bool {
  const before = load<u32>(word - WORD_BYTES, 12);
  const start = pairStart(word);
  if (start == before) return byteAt(text, start) == BACKSLASH;
  return start == before + 1 && byteAt(text, before) == 0x20;
}

function decodePairs(text: usize, first: usize, count: u32): u32 {
  const out = segmentText();
  const length = min<u32>(count, roomLeft());
  for (let i: u32 = 0; i < length; i++) {
    const digits = <u32>pairOf(text, first + <usize>i * WORD_BYTES);
    store<u8>(out + <usize>i, <u8>byteOfHex(byteAt(text, digits), byteAt(text, digits + 1)));
  }
  return length;
}

/** The next row of at least 16 pairs from this word on; the end of the words when there is none. */
function nextPairs(text: usize, from: usize): usize {
  let first = from;
  // From the row's end to its beginning, as `nextStretch` does.
  while (first + PAIRS_MIN * WORD_BYTES <= wordsEnd) {
    let word = first + (PAIRS_MIN - 1) * WORD_BYTES;
    while (word > first && pairOf(text, word) >= 0 && isNextPair(text, word)) word -= WORD_BYTES;
    const isPair = pairOf(text, word) >= 0;
    if (word == first && isPair) return first;
    first = isPair ? word : word + WORD_BYTES;
  }
  return wordsEnd;
}

function addPairs(text: usize): void {
  let first = nextPairs(text, WORDS);
  while (first < wordsEnd && hasRoom()) {
    let word = first + WORD_BYTES;
    while (word < wordsEnd && pairOf(text, word) >= 0 && isNextPair(text, word)) word += WORD_BYTES;
    const count = <u32>((word - first) / WORD_BYTES);
    addSegment(decodePairs(text, first, count), HEX, pairStart(first), load<u32>(word - WORD_BYTES, 12));
    first = nextPairs(text, word);
  }
}

function addRot13(text: usize, length: u32): void {
  const out = segmentText();
  const size = min<u32>(length, roomLeft());
  for (let offset: u32 = 0; offset < size; offset += 16) {
    const block = v128.load(text + <usize>offset);
    const place = i8x16.sub(v128.or(block, i8x16.splat(0x20)), i8x16.splat(0x61));
    const isFirst = i8x16.lt_u(place, i8x16.splat(13));
    const isLast = v128.andnot(i8x16.lt_u(place, i8x16.splat(26)), isFirst);
    const turn = v128.or(v128.and(isFirst, i8x16.splat(13)), v128.and(isLast, i8x16.splat(-13)));
    v128.store(out + <usize>offset, i8x16.add(block, turn));
  }
  addSegment(size, ROT13, 0, length);
}

/** Decodes the runs of the text, whose words were folded and hashed last, as far as there is room. */
export function decodeRuns(text: usize, length: u32): void {
  if (hasLongWord) addLongRuns(text, length);
  if (leadingDigits >= ESCAPES_MIN) addPercentRuns(text, length);
  if (leadingDigits >= <u32>PAIRS_MIN) addPairs(text);
  if (hasRoom() && mayBeRot13(text, length)) addRot13(text, length);
}

/** Whether `decodeRuns` would look for anything. */
export function mayHoldRuns(text: usize, length: u32): bool {
  return hasLongWord || leadingDigits >= ESCAPES_MIN || mayBeRot13(text, length);
}
