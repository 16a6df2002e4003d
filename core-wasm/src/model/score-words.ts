/**
 * A text's words to the scores of a trained model, in whole numbers: the slow and sure form of assembly/model.ts.
 *
 * A head's sum is that of its weights over all features that the table knows. It is normed to 2^8 · sum · norm of all
 * features (`featureNorm`), rounded down by integers; tables of knots make scores of that.
 */
import { type Knots, LIMITS, type TrainedModel } from "../types.ts";
import type { Span } from "./carried-words.ts";
import { CHECK_BITS, FULL_FEATURES, featureExtractor, ROW_BYTES } from "./features.ts";
import { MODEL_WORDS_MAX, modelWords } from "./words.ts";

export interface WordScores {
  /** Of the first head, 1/10,000. */
  readonly overall: number;
  /** 1/10,000 by head; 0 for the first. */
  readonly byHead: readonly number[];
  /** There were more words than are read. */
  readonly isCut: boolean;
}

export interface Sums {
  readonly features: number;
  /** By head. */
  readonly sums: Int32Array;
}

/** Sums the weights of a text's features by head. */
export function wordSums(
  { features: options, rows }: Pick<TrainedModel, "features" | "rows">,
  extractor = featureExtractor(options),
): (words: readonly string[]) => Sums {
  return (words) => {
    const found = extractor.extract(words);
    const sums = new Int32Array(LIMITS.headsMax);
    for (const key of found) {
      const row = (key >>> CHECK_BITS) * ROW_BYTES;
      if (((rows[row + LIMITS.headsMax] ?? 0) & CHECK_MASK) !== (key & CHECK_MASK)) continue;
      for (let head = 0; head < sums.length; head += 1) {
        sums[head] = (sums[head] ?? 0) + (rows[row + head] ?? 0);
      }
    }
    return { features: found.length, sums };
  };
}

const CHECK_MASK = 2 ** CHECK_BITS - 1;
/** What a sum of 1 of one feature whose norm is 1 would be normed to. */
export const NORMED_ONE = 2 ** 8;

/** Exact: both numbers below are whole and under 2^53, and their roots and quotients far enough from the next whole. */
export function normedSum(sum: number, features: number): number {
  const root = Math.floor(Math.sqrt((features + 1) * 2 ** 32));
  const norm = features < FULL_FEATURES ? 2 ** 40 / root : (2 ** 24 * Math.sqrt(FULL_FEATURES)) / (features + 1);
  return Math.floor((sum * Math.floor(norm)) / 2 ** 16);
}

export function scoreByKnots(knots: Knots, at: number): number {
  let before: Knots[number] | undefined;
  for (const knot of knots) {
    if (at < knot.at) {
      if (before === undefined) return 0;
      return before.score + Math.floor(((at - before.at) * (knot.score - before.score)) / (knot.at - before.at));
    }
    before = knot;
  }
  return before?.score ?? 0;
}

/** @returns a scorer of texts that are valid UTF-8, but for the words in these spans of it */
export function wordScorer(model: TrainedModel): (text: Uint8Array, unread?: readonly Span[]) => WordScores {
  const sumsOf = wordSums(model);
  return (text, unread = []) => {
    const words = modelWords(text, MODEL_WORDS_MAX + 1, unread);
    const { sums, features } = sumsOf(words.slice(0, MODEL_WORDS_MAX).map((word) => word.text));
    const normed = (head: number) => normedSum(sums[head] ?? 0, features);
    const overall = scoreByKnots(model.heads[0]?.own ?? [], normed(0));
    const byHead = model.heads.map(({ category, own, ceiling }, head) => {
      if (overall === 0 || category < 0) return 0;
      return Math.min(scoreByKnots(own, normed(head)), scoreByKnots(ceiling, normed(0)));
    });
    return { overall, byHead, isCut: words.length > MODEL_WORDS_MAX };
  };
}
