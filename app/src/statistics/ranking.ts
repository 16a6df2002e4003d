/**
 * How well a score ranks unsafe above safe: area under the ROC curve and average precision. Works on counts by distinct
 * score, so ties are handled exactly and a resample costs only as much as there are distinct scores.
 */
export interface ScoreCounts {
  /** Distinct scores, falling. */
  readonly scores: readonly number[];
  /** Unsafe and safe records at each score. */
  readonly unsafe: readonly number[];
  readonly safe: readonly number[];
}

export function countScores(unsafe: readonly number[], safe: readonly number[]): ScoreCounts {
  const scores = [...new Set([...unsafe, ...safe])].sort((a, b) => b - a);
  const place = new Map(scores.map((score, index) => [score, index]));
  const count = (values: readonly number[]) => {
    const counts = new Array<number>(scores.length).fill(0);
    for (const value of values) {
      const index = place.get(value) ?? 0;
      counts[index] = (counts[index] ?? 0) + 1;
    }
    return counts;
  };
  return { scores, unsafe: count(unsafe), safe: count(safe) };
}

/**
 * Probability that a random unsafe record scores above a random safe one, a tie counting half (Hanley and McNeil,
 * Radiology 143, 1982). Null when one of the classes is empty.
 */
export function auroc({ unsafe, safe }: Pick<ScoreCounts, "unsafe" | "safe">): number | null {
  let unsafeAbove = 0;
  let safeTotal = 0;
  let wins = 0;
  for (const [index, unsafeHere] of unsafe.entries()) {
    const safeHere = safe[index] ?? 0;
    wins += safeHere * (unsafeAbove + unsafeHere / 2);
    unsafeAbove += unsafeHere;
    safeTotal += safeHere;
  }
  return unsafeAbove === 0 || safeTotal === 0 ? null : wins / (unsafeAbove * safeTotal);
}

/**
 * Average precision: the sum over distinct scores, falling, of the recall gained there times the precision there. No
 * interpolation. Null when one of the classes is empty.
 */
export function auprc({ unsafe, safe }: Pick<ScoreCounts, "unsafe" | "safe">): number | null {
  const unsafeTotal = unsafe.reduce((sum, count) => sum + count, 0);
  const safeTotal = safe.reduce((sum, count) => sum + count, 0);
  if (unsafeTotal === 0 || safeTotal === 0) return null;
  let found = 0;
  let flagged = 0;
  let area = 0;
  for (const [index, unsafeHere] of unsafe.entries()) {
    found += unsafeHere;
    flagged += unsafeHere + (safe[index] ?? 0);
    if (unsafeHere > 0) area += (unsafeHere / unsafeTotal) * (found / flagged);
  }
  return area;
}
