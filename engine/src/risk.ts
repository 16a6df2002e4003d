/**
 * Risk: the probability that an event is unsafe, from its largest score (docs/guides/detection.md §5).
 * All 10,001 answers are worked out when a policy is put in force, in exact integers, so an event costs one look-up and
 * every machine gives the same.
 */
import type { PackInfo } from "@sluice/core-wasm";
import { EngineError } from "./errors.ts";

/** Scores and risks run from 0 to this. */
export const ONE = 10_000;

/** Risk in 1/10,000 by score in 1/10,000: 10,001 entries that never fall. */
export type RiskTable = Uint16Array;

/** @throws {EngineError} `config-invalid` when the base rate is not an integer from 0 to 10,000. */
export function riskTable(calibration: PackInfo["calibration"], baseRate: number): RiskTable {
  if (!Number.isInteger(baseRate) || baseRate < 0 || baseRate > ONE) {
    throw new EngineError("config-invalid", `base rate must be an integer from 0 to ${ONE}, got ${baseRate}`);
  }
  const table = new Uint16Array(ONE + 1);
  const base = BigInt(baseRate);
  for (let score = 0; score <= ONE; score++) {
    const weighted = base * BigInt(likelihoodRatio(calibration, score));
    const total = (10_000n - base) * 1000n + weighted;
    table[score] = total === 0n ? 0 : Number((10_000n * weighted) / total);
  }
  return table;
}

/** Likelihood ratio in 1/1,000, linear between the calibration's points, rounded down. */
function likelihoodRatio(calibration: PackInfo["calibration"], score: number): number {
  let below = calibration[0];
  if (below === undefined) throw new EngineError("pack-invalid", "the pack has no calibration points; build it again");
  for (const point of calibration) {
    if (point.score > score) {
      const rise = (score - below.score) * (point.ratio - below.ratio);
      return score < below.score ? below.ratio : below.ratio + Math.floor(rise / (point.score - below.score));
    }
    below = point;
  }
  return below.ratio;
}

/** The largest of an event's scores, both sides. */
export function largestScore(scores: Int32Array): number {
  let largest = 0;
  for (let i = 0; i < scores.length; i++) largest = Math.max(largest, scores[i] as number);
  return Math.min(largest, ONE);
}
