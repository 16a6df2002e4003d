/**
 * Words to hashed features: words, neighbours, skip pairs, question type with word, and character n-grams inside words.
 * A feature is a row number below 2^rowBits; two that fall on one row share it. Each counts as often as it stands in
 * the text: a kernel need not remember which it has met.
 */
import { mix } from "./mix.ts";
import { questionType } from "./question-type.ts";
import { wordHasher } from "./tokens.ts";

export interface FeatureOptions {
  /** Rows are 2^rowBits. */
  readonly rowBits: number;
  readonly bigrams: boolean;
  /** Pairs of words up to this far apart, in order; 1 is none but neighbours. */
  readonly skipMax: number;
  readonly questionWords: boolean;
  /** Shortest and longest character n-gram; 0 for none. */
  readonly charsMin: number;
  readonly charsMax: number;
}

/** Number of a feature's kind, mixed into its hash. */
export const KINDS = { word: 1, bigram: 2, skip: 3, question: 4, chars: 5, context: 6 } as const;

export interface Extractor {
  /** Rows of a text, rising, each as often as it stands there. */
  extract(words: readonly string[]): Uint32Array;
}

export function featureExtractor(options: FeatureOptions): Extractor {
  const shift = 32 - options.rowBits;
  const hashOf = wordHasher();
  const charRows = new Map<string, readonly number[]>();
  const row = (kind: number, hash: number) => mix(hash, kind) >>> shift;

  function rowsOfCharacters(word: string): readonly number[] {
    let rows = charRows.get(word);
    if (rows === undefined) {
      rows = word.startsWith("<") ? [] : characterHashes(word, options).map((hash) => row(KINDS.chars, hash));
      charRows.set(word, rows);
    }
    return rows;
  }
  return {
    extract(words) {
      const found: number[] = [];
      const hashes = words.map(hashOf);
      const type = questionType(words);
      for (const [index, hash] of hashes.entries()) {
        found.push(row(KINDS.word, hash));
        if (options.questionWords) found.push(row(KINDS.question, mix(hash, type)));
        if (options.bigrams) found.push(row(KINDS.bigram, mix(hashes[index - 1] ?? 0, hash)));
        for (let distance = 2; distance <= options.skipMax && distance <= index; distance += 1) {
          found.push(row(KINDS.skip, mix(hashes[index - distance] ?? 0, hash)));
        }
        found.push(...rowsOfCharacters(words[index] ?? ""));
      }
      return Uint32Array.from(found).sort();
    },
  };
}

/** Hashes of the n-grams of a word with its edges marked. */
function characterHashes(word: string, { charsMin, charsMax }: FeatureOptions): number[] {
  if (charsMax === 0) return [];
  const marked = `^${word}$`;
  const hashes: number[] = [];
  for (let start = 0; start < marked.length; start += 1) {
    let hash = 0;
    for (let length = 1; length <= charsMax && start + length <= marked.length; length += 1) {
      hash = mix(hash, marked.charCodeAt(start + length - 1));
      if (length >= charsMin) hashes.push(hash);
    }
  }
  return hashes;
}
