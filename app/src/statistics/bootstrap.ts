/**
 * Percentile bootstrap (Efron, Annals of Statistics 7, 1979), stratified: unsafe and safe records are resampled apart,
 * so that no resample loses a class. Seeded: the same records give the same interval.
 */
import type { Random } from "../random.ts";
import { auprc, auroc, type ScoreCounts } from "./ranking.ts";

export interface Estimate {
  /** Null when one of the classes is empty. */
  readonly value: number | null;
  /** 95 % interval; null with the value. */
  readonly interval: readonly [low: number, high: number] | null;
}
export interface RankingEstimate {
  readonly auroc: Estimate;
  readonly auprc: Estimate;
}

const NONE: Estimate = { value: null, interval: null };

/** @param resamples at least 1; 500 gives interval ends that are steady to about two digits. */
export function bootstrapRanking(counts: ScoreCounts, resamples: number, random: Random): RankingEstimate {
  const areaRoc = auroc(counts);
  const areaPrecision = auprc(counts);
  if (areaRoc === null || areaPrecision === null) return { auroc: NONE, auprc: NONE };
  const unsafeIndex = expand(counts.unsafe);
  const safeIndex = expand(counts.safe);
  const rocs: number[] = [];
  const precisions: number[] = [];
  for (let round = 0; round < resamples; round += 1) {
    const sample = {
      unsafe: resample(unsafeIndex, counts.scores.length, random),
      safe: resample(safeIndex, counts.scores.length, random),
    };
    rocs.push(auroc(sample) ?? 0);
    precisions.push(auprc(sample) ?? 0);
  }
  return {
    auroc: { value: areaRoc, interval: percentiles(rocs) },
    auprc: { value: areaPrecision, interval: percentiles(precisions) },
  };
}

/** Counts [2, 0, 1] become indexes [0, 0, 2]. */
function expand(counts: readonly number[]): Uint32Array {
  const indexes = new Uint32Array(counts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (const [index, count] of counts.entries()) {
    indexes.fill(index, at, at + count);
    at += count;
  }
  return indexes;
}

function resample(indexes: Uint32Array, distinct: number, random: Random): number[] {
  const counts = new Array<number>(distinct).fill(0);
  for (let draw = 0; draw < indexes.length; draw += 1) {
    const index = indexes[random.below(indexes.length)] ?? 0;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

/** The 2.5th and 97.5th, by nearest rank. */
function percentiles(values: number[]): readonly [number, number] {
  const sorted = values.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return [at(0.025), at(0.975)];
}
