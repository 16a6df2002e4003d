/**
 * Folds one decoded side into words: case, compatibility forms, accents, look-alikes, invisible characters, leet,
 * spaced-out letters. docs/guides/detection.md §2.
 *
 * Blocks of 64 plain ASCII bytes are lower-cased and classified by SIMD; the flips of the word mask are the word edges.
 * A block with a byte from 0x80 on, `@` or `$` takes the table, one code point at a time. Folded bytes of separators
 * are left in place in the first case and left out in the second; only word entries say what is a word.
 */
import { clearDigits, unleet } from "./leet";
import { FOLDED } from "./layout";
import { foldBytes, foldIndex, foldPages } from "./pack";
import { joinSpaced } from "./spaced";
import { addWord, clearWords, cutWords, putWord, WORD_BYTES, wordsEnd } from "./words";

const CLASS_WORD: u32 = 1;
const CLASS_SINGLE: u32 = 2;
const CLASS_REMOVED: u32 = 3;

/** Where the next folded byte goes. */
let out: usize = 0;
let inWord: bool = false;
/** The open word: its folded address, its start and, so far, its end in the decoded text. */
let wordAt: usize = 0;
let wordStart: u32 = 0;
let wordEnd: u32 = 0;
/** The open word may hold leet: a digit, `@`, `$` or something from the table. */
let hasSign: bool = false;
/** One-byte words in a row; three or more call for `joinSpaced`. */
let units: u32 = 0;
let isSpaced: bool = false;

// @ts-ignore: decorator
@inline
function closeWord(length: u32, stop: u32): void {
  if (hasSign) unleet(wordAt, length);
  addWord(wordAt, length, wordStart, stop);
  units = length == 1 ? units + 1 : 0;
  if (units >= 3) isSpaced = true;
  inWord = false;
}

// @ts-ignore: decorator
@inline
function openWord(address: usize, start: u32): void {
  wordAt = address;
  wordStart = start;
  hasSign = false;
  inWord = true;
}

// @ts-ignore: decorator
@inline
function bits64(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64><u32>(i8x16.bitmask(a) | (i8x16.bitmask(b) << 16)) |
    (<u64><u32>(i8x16.bitmask(c) | (i8x16.bitmask(d) << 16)) << 32)
  );
}

// @ts-ignore: decorator
@inline
function isLetter(block: v128): v128 {
  return i8x16.lt_u(i8x16.sub(v128.or(block, i8x16.splat(0x20)), i8x16.splat(0x61)), i8x16.splat(26));
}

// @ts-ignore: decorator
@inline
function isDigit(block: v128): v128 {
  return i8x16.lt_u(i8x16.sub(block, i8x16.splat(0x30)), i8x16.splat(10));
}

// @ts-ignore: decorator
@inline
function needsTable(block: v128): v128 {
  return v128.or(
    i8x16.lt_s(block, i8x16.splat(0)),
    v128.or(i8x16.eq(block, i8x16.splat(0x40)), i8x16.eq(block, i8x16.splat(0x24))),
  );
}

/** Lower-cases letters: sets bit 0x20 where the byte is one. */
// @ts-ignore: decorator
@inline
function lower(block: v128, letters: v128): v128 {
  return v128.or(block, v128.and(letters, i8x16.splat(0x20)));
}

/**
 * Folds plain blocks from `position` on, as long as there are any; answers where it stopped: at the end, or before a
 * block that needs the table. Reads and writes whole blocks: what stands behind the text is masked off.
 * The open word lives in locals here: module variables would cost a load and a store a word.
 */
function foldPlain(text: usize, position: u32, length: u32): u32 {
  let target = out;
  let isOpen: u64 = inWord ? 1 : 0;
  let entry = wordsEnd;
  let row = units;
  let longestRow: u32 = 0;
  for (; position < length; position += 64) {
    const from = text + <usize>position;
    const a = v128.load(from);
    const b = v128.load(from, 16);
    const c = v128.load(from, 32);
    const d = v128.load(from, 48);
    const left = length - position;
    const counted: u64 = left >= 64 ? ~(<u64>0) : (<u64>1 << <u64>left) - 1;
    if (v128.any_true(v128.or(v128.or(needsTable(a), needsTable(b)), v128.or(needsTable(c), needsTable(d))))) {
      if ((bits64(needsTable(a), needsTable(b), needsTable(c), needsTable(d)) & counted) != 0) break;
    }
    const la = isLetter(a);
    const lb = isLetter(b);
    const lc = isLetter(c);
    const ld = isLetter(d);
    v128.store(target, lower(a, la));
    v128.store(target, lower(b, lb), 16);
    v128.store(target, lower(c, lc), 32);
    v128.store(target, lower(d, ld), 48);
    const digits = bits64(isDigit(a), isDigit(b), isDigit(c), isDigit(d)) & counted;
    const words = (bits64(la, lb, lc, ld) & counted) | digits;
    const before = (words << 1) | isOpen;
    let starts = words & ~before;
    let stops = before & ~words;
    if (isOpen && stops != 0) {
      const stop = <u32>ctz(stops);
      stops &= stops - 1;
      const size = <u32>(target + <usize>stop - wordAt);
      if (hasSign || (digits & ((<u64>1 << <u64>stop) - 1)) != 0) unleet(wordAt, size);
      putWord(entry, wordAt, size, wordStart, stop == 0 ? wordEnd : position + stop);
      entry += WORD_BYTES;
      row = size == 1 ? row + 1 : 0;
      longestRow = max<u32>(longestRow, row);
      isOpen = 0;
    }
    while (stops != 0) {
      const start = <u32>ctz(starts);
      const stop = <u32>ctz(stops);
      starts &= starts - 1;
      stops &= stops - 1;
      const size = stop - start;
      const address = target + <usize>start;
      if (digits != 0 && (digits >> <u64>start) << <u64>(64 - size) != 0) unleet(address, size);
      putWord(entry, address, size, position + start, position + stop);
      entry += WORD_BYTES;
      row = size == 1 ? row + 1 : 0;
      longestRow = max<u32>(longestRow, row);
    }
    if (starts != 0) {
      const start = <u32>ctz(starts);
      openWord(target + <usize>start, position + start);
      hasSign = digits >> <u64>start != 0;
      isOpen = 1;
    } else if (isOpen && digits != 0) {
      hasSign = true; // the word fills the block
    }
    if (isOpen) wordEnd = position + min<u32>(64, left);
    target += <usize>min<u32>(64, left);
  }
  out = target;
  inWord = isOpen != 0;
  cutWords(entry);
  units = row;
  if (longestRow >= 3) isSpaced = true;
  return min<u32>(position, length);
}

// @ts-ignore: decorator
@inline
function isAlphanumeric(byte: u32): bool {
  return (byte | 0x20) - 0x61 < 26 || byte - 0x30 < 10;
}

/** Whether the `@` or `$` at `position` is one of at most two between letters or digits; answers their number, or 0. */
function jointSigns(text: usize, position: u32, length: u32): u32 {
  if (position == 0 || !isAlphanumeric(load<u8>(text + <usize>position - 1))) return 0;
  let behind = position + 1;
  while (behind < length && behind < position + 3) {
    const byte = <u32>load<u8>(text + <usize>behind);
    if (byte != 0x40 && byte != 0x24) break;
    behind += 1;
  }
  if (behind >= length || behind == position + 3) return 0;
  return isAlphanumeric(load<u8>(text + <usize>behind)) ? behind - position : 0;
}

/** Adds an ASCII byte to the open word, opening one if none is. */
// @ts-ignore: decorator
@inline
function putByte(byte: u32, position: u32): void {
  if (!inWord) openWord(out, position);
  store<u8>(out, <u8>byte);
  out += 1;
  wordEnd = position + 1;
}

// @ts-ignore: decorator
@inline
function endWord(): void {
  if (inWord) closeWord(<u32>(out - wordAt), wordEnd);
}

/** Folds the ASCII byte at `position`; answers the position behind what it took. */
function foldAscii(text: usize, position: u32, length: u32): u32 {
  const byte = <u32>load<u8>(text + <usize>position);
  if ((byte | 0x20) - 0x61 < 26) {
    putByte(byte | 0x20, position);
  } else if (byte - 0x30 < 10) {
    putByte(byte, position);
    hasSign = true;
  } else if (byte == 0x40 || byte == 0x24) {
    const count = jointSigns(text, position, length);
    if (count == 0) {
      endWord();
    } else {
      for (let i: u32 = 0; i < count; i++) putByte(load<u8>(text + <usize>(position + i)), position + i);
      hasSign = true;
      return position + count;
    }
  } else {
    endWord();
  }
  return position + 1;
}

/** Bytes of the UTF-8 sequence that this lead byte begins; the text is known to be well-formed. */
// @ts-ignore: decorator
@inline
function sequenceLength(lead: u32): u32 {
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

function codePointAt(address: usize, size: u32): u32 {
  const lead = <u32>load<u8>(address);
  const second = <u32>load<u8>(address, 1) & 0x3f;
  if (size == 2) return ((lead & 0x1f) << 6) | second;
  const third = <u32>load<u8>(address, 2) & 0x3f;
  if (size == 3) return ((lead & 0x0f) << 12) | (second << 6) | third;
  return ((lead & 0x07) << 18) | (second << 12) | (third << 6) | (<u32>load<u8>(address, 3) & 0x3f);
}

/** Folds the code point of two to four bytes at `position`; answers the position behind it. */
function foldCodePoint(text: usize, position: u32): u32 {
  const address = text + <usize>position;
  const size = sequenceLength(load<u8>(address));
  const codePoint = codePointAt(address, size);
  const page = <usize>load<u16>(foldIndex + (<usize>(codePoint >> 8) << 1));
  const entry = load<u32>(foldPages + (((page << 8) | <usize>(codePoint & 0xff)) << 2));
  const kind = entry & 3;
  const behind = position + size;
  if (kind == CLASS_REMOVED) return behind;
  if (kind != CLASS_WORD) endWord();
  if (kind != CLASS_WORD && kind != CLASS_SINGLE) return behind;
  if (!inWord) openWord(out, position);
  const bytes = (entry >> 2) & 15;
  if (bytes == 0) store<u32>(out, load<u32>(address));
  else store<u64>(out, load<u64>(foldBytes + <usize>(entry >> 6)));
  out += <usize>(bytes == 0 ? size : bytes);
  wordEnd = behind;
  if (kind == CLASS_WORD) hasSign = true;
  else endWord(); // a single character is never leet
  return behind;
}

/** Folds `length` decoded bytes at `text` into WORDS. */
export function foldText(text: usize, length: u32): void {
  clearWords();
  clearDigits();
  out = FOLDED;
  inWord = false;
  units = 0;
  isSpaced = false;
  let position: u32 = 0;
  while (position < length) {
    position = foldPlain(text, position, length);
    const stop = min<u32>(position + 64, length);
    while (position < stop) {
      const isAscii = load<u8>(text + <usize>position) < 0x80;
      position = isAscii ? foldAscii(text, position, length) : foldCodePoint(text, position);
    }
  }
  endWord();
  if (isSpaced) joinSpaced(text, out);
}

/** Address behind the folded bytes: words from there on were joined of letters apart. */
// @ts-ignore: decorator
@inline
export function foldedEnd(): usize {
  return out;
}
