/**
 * Risk: the probability that an event is unsafe, from its largest score (docs/guides/detection.md §5), and from what a
 * trained model says of it as a whole: the larger of both.
 * All 10,001 answers are worked out when a policy is put in force, in exact integers, so an event costs one look-up and
 * every machine gives the same.
 */
import type { PackInfo } from "@sluice/core-wasm";
import { EngineError } from "./errors.ts";
import type { HeardScan } from "./heard-scan.ts";

/** Scores and risks run from 0 to this. */
export const ONE = 10_000;
/** Scores below this (0.01) are left out of a decision. */
export const SCORE_SHOWN_MIN = 100;

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

/** Risks in 1/10,000 under one policy. */
export interface RiskReader {
  of(scan: Pick<HeardScan, "scored" | "scores" | "model">): number;
  /** Of an event in which nothing was found. */
  readonly quiet: number;
}

/** @throws {EngineError} as `riskTable` */
export function riskReader(pack: Pick<PackInfo, "calibration" | "model">, baseRate: number): RiskReader {
  const ofRules = riskTable(pack.calibration, baseRate);
  const ofModel = pack.model && riskTable(pack.model.calibration, baseRate);
  const quiet = Math.max(at(ofRules, 0), ofModel === undefined ? 0 : at(ofModel, 0));
  return {
    quiet,
    of({ scored, scores, model }) {
      if (!scored) return quiet;
      if (ofModel === undefined || model === undefined) return at(ofRules, largestScore(scores));
      return Math.max(at(ofRules, model.rulesLargest), at(ofModel, model.overall));
    },
  };
}

const at = (table: RiskTable, score: number) => table[Math.min(score, ONE)] as number;

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
