/** Matches of one side to a score per category: docs/guides/detection.md §4. Integers in 1/10,000. */
import type { PackInfo } from "../types.ts";

/** What scores are made of; a pack that was read has it, and one that was loaded. */
type Weights = Pick<PackInfo, "categories" | "contexts" | "scoring"> & {
  readonly rules: readonly Pick<PackInfo["rules"][number], "category" | "context" | "weight">[];
};

/** 0.8ᵏ over 65536, for the eight largest weights. */
const SHARES = [65536, 52429, 41943, 33554, 26844, 21475, 17180, 13744] as const;
const SCORE_MAX = 10_000;

function scoreCategory(model: Weights, matched: ReadonlySet<number>, category: number): number {
  const weights = [...matched]
    .flatMap((index) => model.rules[index] ?? [])
    .filter((rule) => rule.category === category)
    .map((rule) => rule.weight)
    .sort((a, b) => b - a);
  const sum = SHARES.reduce((total, share, k) => total + share * (weights[k] ?? 0), 0);
  const raw = Math.min(SCORE_MAX, Math.floor(sum / 65536));
  const reduce = contextsOf(model, matched).reduce(
    (total, context) => total + (model.contexts[context]?.reduce[category] ?? 0),
    0,
  );
  const lowered = Math.max(0, raw - reduce);
  const strongest = weights[0] ?? 0;
  if (strongest === 0 || strongest < model.scoring.strongWeight) return lowered;
  return Math.max(lowered, Math.floor((model.scoring.strongFloor * strongest) / SCORE_MAX));
}

/** Contexts with a match, by index, each once. */
export function contextsOf(model: Weights, matched: ReadonlySet<number>): number[] {
  const contexts = [...matched].map((index) => model.rules[index]?.context ?? -1).filter((context) => context >= 0);
  return [...new Set(contexts)].sort((a, b) => a - b);
}

/** One score per category from the distinct rules that matched on a side. */
export function scoreSide(model: Weights, matched: ReadonlySet<number>): number[] {
  return model.categories.map((_, category) => scoreCategory(model, matched, category));
}
