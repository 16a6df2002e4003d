/** Test cases for whatever scores a weights file: authored texts with the sums that every scorer must find. */

import type { Weights } from "../src/model/weights-file.ts";
import { authoredCorpus } from "./corpus/corpus.ts";
import { weightsScorer } from "./scorer.ts";

export interface ScoreVector {
  readonly text: string;
  readonly featureCount: number;
  /** By head. */
  readonly sums: readonly number[];
}
export interface ScoreVectors {
  /** Of the weights that the sums belong to. */
  readonly sha256: string;
  readonly heads: readonly string[];
  readonly vectors: readonly ScoreVector[];
}

/** Every so many texts of the corpus one becomes a case. */
const EVERY = 60;
/** What folding has to see through, and texts that hold nothing. */
const ODD = [
  "",
  "   ",
  "?!",
  "@someone 123",
  "How do I k i l l the lights?",
  "Pl3ase h\u0435lp me w\u200bith br\u00e9ad",
  "a".repeat(80),
];

export function scoreVectors(weights: Weights, seed: number): ScoreVectors {
  const score = weightsScorer(weights);
  const texts = [
    ...ODD,
    ...authoredCorpus(seed)
      .filter((_, index) => index % EVERY === 0)
      .map(({ text }) => text),
  ];
  return {
    sha256: weights.header.sha256,
    heads: weights.header.heads.map(({ name }) => name),
    vectors: texts.map((text) => {
      const { featureCount, sums } = score(text);
      return { text, featureCount, sums: [...sums] };
    }),
  };
}
