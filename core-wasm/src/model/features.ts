/**
 * Words to hashed features: the one definition that the trainer, the oracle and the pack compiler share and that
 * assembly/model.ts mirrors. A feature is a key: a row number below 2^rowBits, then eight bits of check. A table holds
 * one key a row, and whatever else falls there counts 0: what was never learnt says nothing. Each counts as often as
 * it stands in the text, so that a kernel need not remember which it has met; but a word right behind itself has none.
 * For each other word, with the word hashes h0 (this), h1, h2, h3 (the ones before, 0 where there is none), R = rotate
 * and unsigned 32-bit products:
 *
 *     word       h0 · WORD                      question   (T · type + h0) · QUESTION
 *     neighbour  (R(h1) + h0) · PAIR            skip       (R(h2) + h0) · SKIP, (R(h3) + h0) · SKIP
 *     n-gram     of the word's bytes between the marks 2 and 3, n from charsMin to charsMax, none of a mask:
 *                x = low 4 bytes · LOW ^ (bytes 5 and 6 + n · 2^16) · HIGH;  (x ^ x >> 15) · CHARS
 *
 * The row is the product's top rowBits, the check the eight behind them.
 */
import { rotate } from "./mix.ts";
import { questionType } from "./question-type.ts";
import { isMask, modelHash } from "./words.ts";

export interface FeatureOptions {
  /** Rows are 2^rowBits. */
  readonly rowBits: number;
  /** Shortest and longest character n-gram in bytes, 2 to 6; 0 and 0 for none. */
  readonly charsMin: number;
  readonly charsMax: number;
}

/** Multipliers; assembly/model.ts holds the same. */
const WORD = 0x9e3779b1;
const QUESTION = 0xc2b2ae3d;
export const TYPE = 0x27d4eb2f;
const PAIR = 0x165667b1;
const SKIP = 0xd3a2646d;
const LOW = 0xfd7046c5;
const HIGH = 0xb55a4f09;
const CHARS = 0x8da6b343;
const BEGIN = 2;
const END = 3;
/** Pairs of words up to this far apart. */
export const SKIP_MAX = 3;
export const CHARS_MAX = 6;
export const ROW_BITS_MAX = 19;
export const CHECK_BITS = 8;
/** In a table: eight weights, then the check. */
export const ROW_BYTES = 9;
/** Features of a word beside its n-grams: itself, question, neighbour, two skips. */
export const WORD_FEATURES = 5;

/** From this many features on a sum is worth its mean: a long text cannot say more by going on. */
export const FULL_FEATURES = 4096;

/** What a sum over so many features is multiplied with. */
export function featureNorm(count: number): number {
  return count < FULL_FEATURES ? 1 / Math.sqrt(count + 1) : Math.sqrt(FULL_FEATURES) / (count + 1);
}

export interface Extractor {
  /** Keys of a text's words, rising, each as often as it stands there. */
  extract(words: readonly string[]): Uint32Array;
  /** Keys by word; a pair is among those of its second word. In no fixed order. */
  byWord(words: readonly string[]): readonly (readonly number[])[];
}

export function featureExtractor(options: FeatureOptions): Extractor {
  const shift = 32 - options.rowBits - CHECK_BITS;
  const known = new Map<string, { readonly hash: number; readonly keys: readonly number[] }>();

  function lookUp(word: string) {
    let found = known.get(word);
    if (found === undefined) {
      const hash = modelHash(word);
      const grams = isMask(word) ? [] : characterHashes(word, options);
      found = { hash, keys: [Math.imul(hash, WORD), ...grams].map((product) => product >>> shift) };
      known.set(word, found);
    }
    return found;
  }
  function byWord(words: readonly string[]): readonly (readonly number[])[] {
    const entries = words.map(lookUp);
    const hashes = entries.map(({ hash }) => hash);
    const typed = Math.imul(questionType(hashes), TYPE);
    return entries.map(({ hash, keys }, index) => {
      if (hash === hashes[index - 1]) return [];
      const join = (distance: number) => rotate(hashes[index - distance] ?? 0) + hash;
      const joined = [
        Math.imul(typed + hash, QUESTION),
        Math.imul(join(1), PAIR),
        Math.imul(join(2), SKIP),
        Math.imul(join(SKIP_MAX), SKIP),
      ];
      return [...keys, ...joined.map((product) => product >>> shift)];
    });
  }
  return { byWord, extract: (words) => Uint32Array.from(byWord(words).flat()).sort() };
}

/** Products of the n-grams of a word with its edges marked. */
function characterHashes(word: string, { charsMin, charsMax }: FeatureOptions): number[] {
  if (charsMax === 0) return [];
  const marked = Uint8Array.of(BEGIN, ...new TextEncoder().encode(word), END);
  const hashes: number[] = [];
  for (let start = 0; start < marked.length; start += 1) {
    for (let length = charsMin; length <= charsMax && start + length <= marked.length; length += 1) {
      hashes.push(gramHash(marked.subarray(start, start + length)));
    }
  }
  return hashes;
}

function gramHash(gram: Uint8Array): number {
  const byte = (index: number) => gram[index] ?? 0;
  const low = byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24);
  const high = byte(4) | (byte(5) << 8) | (gram.length << 16);
  const mixed = Math.imul(low, LOW) ^ Math.imul(high, HIGH);
  return Math.imul(mixed ^ (mixed >>> 15), CHARS);
}
