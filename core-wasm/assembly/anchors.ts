/**
 * The key of each word, made while the text is folded, and the words that may anchor a phrase: a filter of keys tells.
 *
 *     CANDIDATES   u32 a word: entries in WORDS whose key is in the filter, in order, up to `anchorsEnd`
 *
 * A key costs two products. It only finds candidates: whatever it finds is compared byte by byte, so a text whose words
 * were made to share a key costs walks and forges nothing. src/word-hash.ts computes the same for the pack compiler.
 */
import { CANDIDATES, WORDS } from "./layout";
import { FILTER } from "./pack";
import { WORD_BYTES, wordsEnd } from "./words";

const HASHED_BYTES_MAX: u32 = 64;
/** A word of more bytes may be part of an encoded run. */
export const PLAIN_BYTES_MAX: u32 = 16;
const LONG_MIX: u64 = 0xd6e8feb86659fd93;
const KEY_MIX: u64 = 0x9e3779b97f4a7c15;

export let anchorsEnd: usize = CANDIDATES;
/** Whether the words folded last have one of more than 16 bytes; encoded.ts asks. */
export let hasLongWord: bool = false;

export function clearAnchors(): void {
  anchorsEnd = CANDIDATES;
  hasLongWord = false;
}

export function cutAnchors(to: usize): void {
  anchorsEnd = to;
}

/** Of a word with `n` bytes, 0 to 16, the vector at `KEPT + 16 - n` has the bytes of the word set. */
const KEPT: usize = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]);

/** Key of a word of at most 16 bytes, of which `bytes` holds the first 16 and what stands behind it. */
// @ts-ignore: decorator
@inline
export function keyOfBytes(bytes: v128, length: u32): u64 {
  const kept = v128.and(bytes, v128.load(KEPT + 16 - <usize>length));
  return ((i64x2.extract_lane(kept, 0) * LONG_MIX) ^ i64x2.extract_lane(kept, 1)) * KEY_MIX;
}

/** Key of any word at `address`; 0 for one of more than 64 bytes. */
export function keyOf(address: usize, length: u32): u64 {
  if (length <= PLAIN_BYTES_MAX) return keyOfBytes(v128.load(address), length);
  hasLongWord = true;
  if (length > HASHED_BYTES_MAX) return 0;
  let mixed: u64 = length;
  for (let offset: u32 = 0; offset < length - 8; offset += 8) mixed = (mixed ^ load<u64>(address + offset)) * LONG_MIX;
  return (mixed ^ load<u64>(address + length - 8)) * KEY_MIX;
}

/**
 * Whether a word may anchor a phrase, 1 or 0: one bit, found by the best bits of the key, in a filter whose address and
 * size are constants, for it is looked into with each word.
 */
// @ts-ignore: decorator
@inline
export function isAnchor(key: u64): u32 {
  return (load<u32>(<usize>(key >> 50), FILTER) >> <u32>(key >> 45)) & 1; // a shift is by its lowest 5 bits
}

/** Writes the key into a word's entry, and lists it when it may anchor a phrase. */
// @ts-ignore: decorator
@inline
export function addKey(word: usize, key: u64): void {
  store<u64>(word, key, 16);
  // Written always, kept only when the bit is set: no branch to mispredict.
  store<u32>(anchorsEnd, <u32>word);
  anchorsEnd += <usize>(isAnchor(key) << 2);
}

/** Gives the words from `first` on their keys. Some time after they were written: a read right behind would have to wait. */
export function addKeys(first: usize): void {
  for (let word = first; word < wordsEnd; word += WORD_BYTES) {
    addKey(word, keyOf(<usize>load<u32>(word), load<u32>(word, 4)));
  }
}

/** Lists the anchors anew, after entries were moved. */
export function listAnchors(): void {
  let anchor = CANDIDATES;
  for (let word = WORDS; word < wordsEnd; word += WORD_BYTES) {
    store<u32>(anchor, <u32>word);
    anchor += <usize>(isAnchor(load<u64>(word, 16)) << 2);
  }
  anchorsEnd = anchor;
}

/** `keyOf` for the host. */
export function keyWord(address: usize, length: u32): u64 {
  return keyOf(address, length);
}
