/** ROC and precision-recall curves of scores, thinned to what a page can show: the ends stay, and no gap is wide. */
import type { ScoreCounts } from "../statistics/ranking.ts";

export interface CurvePoint {
  /** Records at or above this score are taken as unsafe. */
  readonly score: number;
  /** Share of the safe records taken as unsafe. */
  readonly falseAlarms: number;
  /** Share of the unsafe records taken as unsafe. */
  readonly recall: number;
  /** Share of the records taken as unsafe that are. */
  readonly precision: number;
}

/** Points kept beside the ends: one for each step of this size in recall or false alarms. */
const STEP = 0.005;

/** By falling score; empty when a class is. */
export function curve({ scores, unsafe, safe }: ScoreCounts): CurvePoint[] {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const [unsafeTotal, safeTotal] = [sum(unsafe), sum(safe)];
  if (unsafeTotal === 0 || safeTotal === 0) return [];
  const points: CurvePoint[] = [];
  let found = 0;
  let alarms = 0;
  for (const [index, score] of scores.entries()) {
    found += unsafe[index] ?? 0;
    alarms += safe[index] ?? 0;
    const point = {
      score,
      falseAlarms: alarms / safeTotal,
      recall: found / unsafeTotal,
      precision: found / (found + alarms),
    };
    const last = points[points.length - 1];
    const isFar =
      last === undefined || point.falseAlarms - last.falseAlarms >= STEP || point.recall - last.recall >= STEP;
    if (isFar || index === scores.length - 1) points.push(point);
  }
  return points;
}
