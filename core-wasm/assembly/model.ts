/**
 * The trained model: rows of int8 weights, one lane a head, summed over the hashed features of a side's words.
 * docs/guides/detection.md §7 says what a feature is; src/model/ computes the same in plain TypeScript.
 *
 * A word's own row and those of its n-grams are summed once and remembered by the word itself: a text of known words
 * costs four rows a word. An entry is only trusted when its bytes are the word's, so no text can plant a sum:
 *
 *     MEMO + 64 * slot: 0 u32 hash   4 u32 features   16 i16[8] sums   32 u8[32] the word, padded with 0
 *
 * The model's tables, from the address in the pack's header (u32 little-endian, offsets from there):
 *
 *     0  rowShift   4 charsMin   8 charsMax   12 headCount   16 openingMask   20 openings   24 rows   28 sides (bits)
 *     32 headCount x 144 bytes: u32 category (0xffff: overall), knots of its own, knots of its ceiling, 0;
 *        i32 (at, score)[2][8]
 *     openings  (openingMask + 1) x (u32 key, u32 typed): open addressing, key 0 is empty
 *     rows      2^(32 - rowShift) x (i8[8] weights, u8 check of the feature that they are of)
 */
import { hashOf } from "./hash";
import { normOf, scoreBy } from "./knots";
import { MARKED, MASK_ENTRIES, MEMO, SUMS, WORDS } from "./layout";
import { model, NONE } from "./pack";
import { MODEL_CUT } from "./result";
import { raiseModel, raiseOverall } from "./score";
import { WORD_BYTES, wordsEnd } from "./words";

export const WORDS_MAX: u32 = 2048;
const BYTES_MAX: u32 = 32;
const OPENING_WORDS_MAX: u32 = 3;
const ENTRY_BYTES: usize = 64;
const HEAD_BYTES: usize = 144;
const HEADS_AT: usize = 32;
const OWN_AT: usize = 16;
const CEILING_AT: usize = 80;
const AT_SIGN: u32 = 0x40;
const ROW_BYTES: usize = 9;
const CHECK_AT: usize = 8;

/** Multipliers and masks of src/model/. */
const JOIN: u32 = 0x85ebca6b;
const WORD: u32 = 0x9e3779b1;
export const QUESTION: u32 = 0xc2b2ae3d;
export const PAIR: u32 = 0x165667b1;
export const SKIP: u32 = 0xd3a2646d;
const LOW: u32 = 0xfd7046c5;
const HIGH: u32 = 0xb55a4f09;
const CHARS: u32 = 0x8da6b343;
const MENTION: u32 = 0x51ed270b;
const DIGITS: u32 = 0x2f9be6cc;
const LONG: u32 = 0x7a3b8d15;
const WORD_FEATURES: u32 = 5;
/** Keys are told apart by their high bits: 2^14 slots. */
const MEMO_SHIFT: u64 = 50;

/** Of a word with `n` bytes the vectors at `KEEP + 32 - n` and 16 behind have its bytes set. */
const KEEP: usize = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]);
const mentionEntry: usize = MASK_ENTRIES;
const longEntry: usize = MASK_ENTRIES + ENTRY_BYTES;

let rowShift: u32 = 0;
let checkShift: u32 = 0;
let charsMin: u32 = 0;
let charsMax: u32 = 0;
let headCount: u32 = 0;
let openingMask: u32 = 0;
let openings: usize = 0;
let rows: usize = 0;
let sides: u32 = 0;

/** Reads the model's header, when the pack has a model. */
export function openModel(): void {
  if (model == 0) return;
  rowShift = load<u32>(model);
  checkShift = rowShift - 8;
  charsMin = load<u32>(model, 4);
  charsMax = load<u32>(model, 8);
  headCount = load<u32>(model, 12);
  openingMask = load<u32>(model, 16);
  openings = model + <usize>load<u32>(model, 20);
  rows = model + <usize>load<u32>(model, 24);
  sides = load<u32>(model, 28);
  putMask(mentionEntry, MENTION);
  putMask(longEntry, LONG);
}

/** Where the row of a feature lies. */
// @ts-ignore: decorator
@inline
function rowAddress(product: u32): usize {
  return rows + <usize>(product >> rowShift) * ROW_BYTES;
}

/** Whether the row there is of this feature and no other. */
// @ts-ignore: decorator
@inline
function isKnown(row: usize, product: u32): bool {
  return <u32>load<u8>(row, CHECK_AT) == ((product >> checkShift) & 0xff);
}

// @ts-ignore: decorator
@inline
function rowOf(product: u32): v128 {
  const row = rowAddress(product);
  return v128.and(v128.load_ext<i8>(row), i16x8.splat(-<i16>isKnown(row, product)));
}

/** One weight of a feature. */
export function weightOf(product: u32, lane: usize): i32 {
  const row = rowAddress(product);
  return isKnown(row, product) ? load<i8>(row + lane) : 0;
}

/** Writes an entry with one feature: the row of the mask. */
function putMask(entry: usize, hash: u32): void {
  store<u32>(entry, hash);
  store<u32>(entry, 1, 4);
  v128.store(entry, rowOf(hash * WORD), 16);
}

function hasDigit(a: v128, b: v128): bool {
  const digits = v128.or(
    i8x16.lt_u(i8x16.sub(a, i8x16.splat(0x30)), i8x16.splat(10)),
    i8x16.lt_u(i8x16.sub(b, i8x16.splat(0x30)), i8x16.splat(10)),
  );
  return v128.any_true(digits);
}

/** Works out the word of these bytes and keeps it in the slot. At most 1 + 155 rows of 127, so i16 lanes hold. */
function fillEntry(entry: usize, a: v128, b: v128, length: u32, hash: u32): void {
  v128.store(entry, a, 32);
  v128.store(entry, b, 48);
  if (hasDigit(a, b)) {
    putMask(entry, DIGITS);
    return;
  }
  let sums = rowOf(hash * WORD);
  let features: u32 = 1;
  if (charsMax != 0) {
    store<u8>(MARKED, 2);
    v128.store(MARKED, a, 1);
    v128.store(MARKED, b, 17);
    store<u64>(MARKED + 1 + <usize>length, 3); // and zeros, which the grams at the end are made of
    const marked = length + 2;
    for (let start: u32 = 0; start < marked; start++) {
      const bytes = load<u64>(MARKED + <usize>start);
      const longest = min<u32>(charsMax, marked - start);
      for (let size = charsMin; size <= longest; size++) {
        const gram = bytes & ((<u64>1 << <u64>(size << 3)) - 1);
        const mixed = (<u32>gram * LOW) ^ ((<u32>(gram >> 32) | (size << 16)) * HIGH);
        sums = i16x8.add(sums, rowOf((mixed ^ (mixed >> 15)) * CHARS));
        features += 1;
      }
    }
  }
  store<u32>(entry, hash);
  store<u32>(entry, features, 4);
  v128.store(entry, sums, 16);
}

/** The entry of a word of at most 32 bytes, worked out now unless its slot holds it already. */
// @ts-ignore: decorator
@inline
function entryOf(word: usize, length: u32): usize {
  const address = <usize>load<u32>(word);
  const keep = KEEP + <usize>(BYTES_MAX - length);
  const a = v128.and(v128.load(address), v128.load(keep));
  const b = v128.and(v128.load(address, 16), v128.load(keep, 16));
  const entry = MEMO + <usize>(load<u64>(word, 16) >> MEMO_SHIFT) * ENTRY_BYTES;
  const other = v128.or(v128.xor(a, v128.load(entry, 32)), v128.xor(b, v128.load(entry, 48)));
  if (v128.any_true(other)) fillEntry(entry, a, b, length, <u32>hashOf(address, length));
  return entry;
}

// @ts-ignore: decorator
@inline
function isMention(text: usize, word: usize): bool {
  const start = load<u32>(word, 8);
  return start > 0 && <u32>load<u8>(text + <usize>start - 1) == AT_SIGN;
}

/** The entry of a word or of the mask that stands for it; valid until the next word is looked up. */
// @ts-ignore: decorator
@inline
export function entryFor(text: usize, word: usize): usize {
  if (isMention(text, word)) return mentionEntry;
  const length = load<u32>(word, 4);
  return length > BYTES_MAX ? longEntry : entryOf(word, length);
}

/** Words of the side that the model reads. */
export function wordsRead(): u32 {
  return min<u32>(WORDS_MAX, <u32>((wordsEnd - WORDS) / WORD_BYTES));
}

function typedBy(key: u32): u32 {
  for (let slot = (key ^ (key >> 16)) & openingMask; ; slot = (slot + 1) & openingMask) {
    const entry = openings + (<usize>slot << 3);
    const found = load<u32>(entry);
    if (found == key) return load<u32>(entry, 4);
    if (found == 0) return 0;
  }
  return 0;
}

/** The type of the longest opening that the words begin with, times its multiplier; 0 when none fits. */
export function questionOf(text: usize): u32 {
  const count = min<u32>(OPENING_WORDS_MAX, wordsRead());
  for (let length = count; length > 0; length--) {
    let key = length;
    for (let i: u32 = 0; i < length; i++) {
      key = (rotl<u32>(key, 11) + load<u32>(entryFor(text, WORDS + <usize>i * WORD_BYTES))) * JOIN;
    }
    const typed = typedBy(key == 0 ? 1 : key);
    if (typed != 0) return typed;
  }
  return 0;
}

/** Sums the rows of all words into SUMS; answers the number of features. */
function sumWords(text: usize): u32 {
  const stop = WORDS + <usize>wordsRead() * WORD_BYTES;
  // By lane: the type of question, and the word before, the one before that, and the third, each rotated.
  let before = i32x4(questionOf(text), 0, 0, 0);
  const factors = i32x4(QUESTION, PAIR, SKIP, SKIP);
  let low = i32x4.splat(0);
  let high = i32x4.splat(0);
  let features: u32 = 0;
  let last: i64 = -1;
  for (let word = WORDS; word < stop; word += WORD_BYTES) {
    const entry = entryFor(text, word);
    const hash = load<u32>(entry);
    const isRepeat = <i64>hash == last;
    last = <i64>hash;
    const products = i32x4.mul(i32x4.add(before, i32x4.splat(hash)), factors);
    before = v128.shuffle<i32>(before, i32x4.splat(rotl<u32>(hash, 11)), 0, 4, 1, 2);
    if (isRepeat) continue;
    features += load<u32>(entry, 4) + (WORD_FEATURES - 1);
    const question = rowOf(i32x4.extract_lane(products, 0));
    const pair = rowOf(i32x4.extract_lane(products, 1));
    const skip = rowOf(i32x4.extract_lane(products, 2));
    const further = rowOf(i32x4.extract_lane(products, 3));
    const joined = i16x8.add(i16x8.add(question, pair), i16x8.add(skip, further));
    const sums = i16x8.add(joined, v128.load(entry, 16));
    low = i32x4.add(low, i32x4.extend_low_i16x8_s(sums));
    high = i32x4.add(high, i32x4.extend_high_i16x8_s(sums));
  }
  v128.store(SUMS, low);
  v128.store(SUMS, high, 16);
  return features;
}

// @ts-ignore: decorator
@inline
function normed(head: u32, norm: i64): i32 {
  return <i32>((<i64>load<i32>(SUMS + (<usize>head << 2)) * norm) >> 16);
}

/** Scores the words of one side; true when the overall head says anything, which is rare in ordinary traffic. */
export function scoreModel(side: u32, text: usize): bool {
  if (((sides >> side) & 1) == 0) return false;
  if (wordsEnd > WORDS + <usize>WORDS_MAX * WORD_BYTES) store<u32>(MODEL_CUT, 1);
  const norm = normOf(sumWords(text));
  const overall = normed(0, norm);
  const score = scoreBy(model + HEADS_AT + OWN_AT, load<u32>(model + HEADS_AT, 4), overall);
  if (score == 0) return false;
  raiseOverall(side, score);
  for (let number: u32 = 1; number < headCount; number++) {
    const head = model + HEADS_AT + <usize>number * HEAD_BYTES;
    const category = load<u32>(head);
    if (category == NONE) continue;
    const own = scoreBy(head + OWN_AT, load<u32>(head, 4), normed(number, norm));
    const ceiling = scoreBy(head + CEILING_AT, load<u32>(head, 8), overall);
    raiseModel(side, category, min<i32>(own, ceiling));
  }
  return true;
}
