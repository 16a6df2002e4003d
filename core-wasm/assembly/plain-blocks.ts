/**
 * Folds plain ASCII, 64 bytes at a time: lower-cased and classified by SIMD, the flips of the word mask are the edges
 * of words. Most of what a scan of ordinary text costs is here.
 *
 * A block begins with the word that the one before left open, so that no word lies in two unless it fills one; how far
 * to go is known from the mask alone, before any word is looked at. Keys are made of the text itself, whose letters
 * need one bit set: what was stored just now would have to be waited for.
 */
import { addKey, addKeys, anchorsEnd, cutAnchors, isAnchor, keyOf, keyOfBytes, PLAIN_BYTES_MAX } from "./anchors";
import { noteLeading, unleet } from "./leet";
import {
  closeWord,
  inWord,
  moveOut,
  noteSign,
  noteSpaced,
  noteUnits,
  openWord,
  out,
  stretchWord,
  units,
  wordAt,
  wordEnd,
} from "./open-word";
import { addWord, cutWords, putWord, WORD_BYTES, wordsEnd } from "./words";

export const BLOCK_BYTES: u32 = 64;
const ALL: u64 = -1;

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
function isLetter(place: v128): v128 {
  return i8x16.lt_s(place, i8x16.splat(-128 + 26));
}

// @ts-ignore: decorator
@inline
function isDigit(bytes: v128): v128 {
  return i8x16.lt_s(digitPlace(bytes), i8x16.splat(-128 + 10));
}

// @ts-ignore: decorator
@inline
function isSign(bytes: v128): v128 {
  return i8x16.eq(bytes, i8x16.splat(0x24));
}

// @ts-ignore: decorator
@inline
function needsTable(bytes: v128): v128 {
  return v128.or(
    i8x16.lt_s(bytes, i8x16.splat(0)),
    v128.or(i8x16.eq(bytes, i8x16.splat(0x40)), isSign(bytes)),
  );
}

/** Sets the bit that lower-cases a letter; a digit has it already, and what it makes of other bytes nobody reads. */
// @ts-ignore: decorator
@inline
function lower(bytes: v128): v128 {
  return v128.or(bytes, i8x16.splat(0x20));
}

/**
 * Lower-case letters moved to the least numbers that there are, the backtick, which `@` was lowered to, to the largest:
 * one signed comparison tells them, where an unsigned one would take four instructions.
 */
// @ts-ignore: decorator
@inline
function letterPlace(lowered: v128): v128 {
  return i8x16.add(lowered, i8x16.splat(0x1f));
}

/** Digits moved to the least numbers that there are. */
// @ts-ignore: decorator
@inline
function digitPlace(bytes: v128): v128 {
  return i8x16.add(bytes, i8x16.splat(0x50));
}

/** Whether the lowered block may hold a digit or a byte for the table; `highest` has the largest letter places. */
// @ts-ignore: decorator
@inline
function mayBeSpecial(a: v128, b: v128, c: v128, d: v128, highest: v128): bool {
  const first = i8x16.min_s(i8x16.min_s(digitPlace(a), digitPlace(b)), i8x16.min_s(digitPlace(c), digitPlace(d)));
  const digits = i8x16.lt_s(first, i8x16.splat(-128 + 10));
  const signs = v128.or(v128.or(isSign(a), isSign(b)), v128.or(isSign(c), isSign(d)));
  const beyond = v128.or(v128.or(a, b), v128.or(c, d)); // by their highest bit
  const found = v128.or(v128.or(digits, signs), v128.or(beyond, i8x16.eq(highest, i8x16.splat(127))));
  return i8x16.bitmask(found) != 0;
}

/** Which bytes of a block the table folds. */
function tableBytes(block: usize): u64 {
  const a = needsTable(v128.load(block));
  const b = needsTable(v128.load(block, 16));
  const c = needsTable(v128.load(block, 32));
  const d = needsTable(v128.load(block, 48));
  return bits64(a, b, c, d);
}

function digitBytes(block: usize): u64 {
  const a = isDigit(v128.load(block));
  const b = isDigit(v128.load(block, 16));
  const c = isDigit(v128.load(block, 32));
  const d = isDigit(v128.load(block, 48));
  return bits64(a, b, c, d);
}

/** Where runs of more than 16 bits begin. */
// @ts-ignore: decorator
@inline
function longRuns(words: u64): u64 {
  const two = words & (words >> 1);
  const four = two & (two >> 2);
  const eight = four & (four >> 4);
  const sixteen = eight & (eight >> 8);
  return sixteen & (words >> PLAIN_BYTES_MAX);
}

// @ts-ignore: decorator
@inline
function plainKey(word: usize, length: u32): u64 {
  return keyOfBytes(v128.or(v128.load(word), i8x16.splat(0x20)), length);
}

/**
 * Adds the words of a block that begin at `starts` and end before `stops`: none has more than 16 bytes, or a digit beside
 * a letter. The block is folded at `target` and stands at `position` of the decoded text. What changes with each word
 * lives in locals: module variables would cost a load and a store a word.
 */
function addPlain(block: usize, starts: u64, stops: u64, target: usize, position: u32): void {
  let entry = wordsEnd;
  let anchor = anchorsEnd;
  while (stops != 0) {
    const start = <u32>ctz(starts);
    const stop = <u32>ctz(stops);
    starts &= starts - 1;
    stops &= stops - 1;
    putWord(entry, target + <usize>start, stop - start, position + start, position + stop);
    const key = plainKey(block + <usize>start, stop - start);
    store<u64>(entry, key, 16);
    // Written always, kept only when the word may be an anchor: no branch to mispredict.
    store<u32>(anchor, <u32>entry);
    anchor += <usize>(isAnchor(key) << 2);
    entry += WORD_BYTES;
  }
  cutWords(entry);
  cutAnchors(anchor);
}

/**
 * `addPlain` for words of any length, in which `digits` may stand for letters; the decoded text begins at `text`, the
 * folded block `shift` behind the block.
 */
function addAny(block: usize, starts: u64, stops: u64, text: usize, shift: usize, digits: u64): void {
  while (stops != 0) {
    const start = <u64>ctz(starts);
    const word = block + <usize>start;
    const behind = block + <usize>ctz(stops);
    const length = <u32>(behind - word);
    starts &= starts - 1;
    stops &= stops - 1;
    addWord(word + shift, length, <u32>(word - text), <u32>(behind - text));
    const hasDigit = (digits >> start) << <u64>(64 - length) != 0;
    if (hasDigit) unleet(word + shift, length);
    const isFolded = hasDigit || length > PLAIN_BYTES_MAX;
    addKey(wordsEnd - WORD_BYTES, isFolded ? keyOf(word + shift, length) : plainKey(word, length));
  }
}

/**
 * Bytes at which a letter by itself would be the next word, at most four bytes behind one in `letters` or in `past`, of
 * those before the block, for which the first bytes of the block stand without a closer look. In five bytes there may
 * be a word of two letters between.
 */
// @ts-ignore: decorator
@inline
function nearBehind(letters: u64, past: u64, words: u64): u64 {
  const inside = (letters << 2) | (letters << 3) | (letters << 4) | ((letters << 5) & ~(words << 2));
  return inside | (past >> 59 != 0 ? 31 : 0);
}

/** Counts the numbers that begin and end in a block, in which no digit stands beside a letter. */
// @ts-ignore: decorator
@inline
function countLeading(digits: u64, words: u64, hasOpen: bool): void {
  const starts = words & ~((words << 1) | <u64>hasOpen);
  noteLeading(<u32>popcnt(starts & digits & (ALL >> clz(~words))));
}

/** How many letters by themselves stand right behind each other before what comes next, at most. */
// @ts-ignore: decorator
@inline
function unitsOf(single: u64, near: u64): u32 {
  return near >> 59 != 0 ? 2 : single >> 59 != 0 ? 1 : 0;
}

/**
 * Folds plain blocks from `first` on, as long as there are any; answers where it stopped: at the end, or before a block
 * that needs the table. Reads and writes whole blocks: what stands behind the text is masked off.
 */
export function foldPlain(text: usize, first: u32, length: u32): u32 {
  let position = first;
  let target = out;
  // Letters by themselves, and those near another, before the block: bit 63 is the byte right before it.
  let single: u64 = units > 0 ? ALL : 0;
  let near: u64 = units > 1 ? ALL : 0;
  do {
    const block = text + <usize>position;
    const a = lower(v128.load(block));
    const b = lower(v128.load(block, 16));
    const c = lower(v128.load(block, 32));
    const d = lower(v128.load(block, 48));
    v128.store(target, a);
    v128.store(target, b, 16);
    v128.store(target, c, 32);
    v128.store(target, d, 48);
    const left = length - position;
    const counted: u64 = left >= BLOCK_BYTES ? ALL : (<u64>1 << <u64>left) - 1;
    const pa = letterPlace(a);
    const pb = letterPlace(b);
    const pc = letterPlace(c);
    const pd = letterPlace(d);
    const highest = i8x16.max_s(i8x16.max_s(pa, pb), i8x16.max_s(pc, pd));
    let words = bits64(isLetter(pa), isLetter(pb), isLetter(pc), isLetter(pd)) & counted;
    let digits: u64 = 0;
    let mixed: u64 = 0;
    if (mayBeSpecial(a, b, c, d, highest)) {
      if ((tableBytes(block) & counted) != 0) break;
      digits = digitBytes(block) & counted;
      mixed = digits & ((words << 1) | (words >> 1));
      words |= digits;
      if (mixed == 0) countLeading(digits, words, inWord);
    }
    const whole = BLOCK_BYTES - <u32>clz(~words);
    const step = min<u32>(whole == 0 ? BLOCK_BYTES : whole, left);
    const before = (words << 1) | <u64>inWord;
    const starts = words & ~before;
    let stops = before & ~words;
    if (inWord) {
      const stop = <u32>ctz(stops); // 64 when the word fills the block
      noteSign((digits & (stop == 64 ? ALL : (<u64>1 << <u64>stop) - 1)) != 0);
      if (stop < 64) {
        closeWord(<u32>(target + <usize>stop - wordAt), stop == 0 ? wordEnd : position + stop);
        addKeys(wordsEnd - WORD_BYTES);
        stops &= stops - 1;
        if (units > 0) single = ALL;
        if (units > 1) near = ALL;
      }
    }
    const letters = starts & (stops >> 1);
    const nearHere = letters & nearBehind(letters, single, words);
    if (nearHere != 0 && (letters & nearBehind(nearHere, near, words)) != 0) noteSpaced();
    if ((mixed | longRuns(words)) == 0) addPlain(block, starts, stops, target, position);
    else addAny(block, starts, stops, text, target - block, digits);
    if (whole == 0 && !inWord) {
      noteUnits(unitsOf(single, near));
      openWord(target, position);
      noteSign(digits != 0);
    }
    if (inWord) stretchWord(position + step);
    single = letters << <u64>(64 - step);
    near = nearHere << <u64>(64 - step);
    position += step;
    target += <usize>step;
  } while (position < length);
  noteUnits(unitsOf(single, near));
  moveOut(target);
  return min<u32>(position, length);
}
