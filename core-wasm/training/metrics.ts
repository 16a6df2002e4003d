/**
 * Areas, thresholds and rates over weighted scores. With weights 1/n by source, a source counts as much as any other,
 * however many records it has.
 */
export interface Scored {
  readonly score: number;
  readonly isUnsafe: boolean;
  readonly weight: number;
}
export interface Areas {
  readonly auroc: number;
  readonly auprc: number;
}

/** Area under the ROC curve (ties count half) and average precision; NaN when a class is empty. */
export function areas(records: readonly Scored[]): Areas {
  const falling = [...records].sort((a, b) => b.score - a.score);
  const total = (isUnsafe: boolean) =>
    falling.reduce((sum, record) => (record.isUnsafe === isUnsafe ? sum + record.weight : sum), 0);
  const unsafeTotal = total(true);
  const safeTotal = total(false);
  let unsafe = 0;
  let safe = 0;
  let wins = 0;
  let precision = 0;
  for (let from = 0; from < falling.length; ) {
    let to = from;
    let unsafeHere = 0;
    let safeHere = 0;
    for (; to < falling.length && falling[to]?.score === falling[from]?.score; to += 1) {
      const { isUnsafe, weight } = falling[to] as Scored;
      if (isUnsafe) unsafeHere += weight;
      else safeHere += weight;
    }
    wins += safeHere * (unsafe + unsafeHere / 2);
    unsafe += unsafeHere;
    safe += safeHere;
    if (unsafeHere > 0) precision += unsafeHere * (unsafe / (unsafe + safe));
    from = to;
  }
  return { auroc: wins / (unsafeTotal * safeTotal), auprc: precision / unsafeTotal };
}

export interface CurvePoint {
  readonly falseAlarms: number;
  readonly recall: number;
  readonly precision: number;
}
/** Smallest step between two points, in recall or false alarms. */
const CURVE_STEP = 0.01;

/** Shares by falling threshold, thinned; empty when a class is. */
export function curve(records: readonly Scored[]): CurvePoint[] {
  const falling = [...records].sort((a, b) => b.score - a.score);
  const total = (isUnsafe: boolean) =>
    falling.reduce((sum, record) => (record.isUnsafe === isUnsafe ? sum + record.weight : sum), 0);
  const [unsafeTotal, safeTotal] = [total(true), total(false)];
  if (unsafeTotal === 0 || safeTotal === 0) return [];
  const points: CurvePoint[] = [];
  let [unsafe, safe] = [0, 0];
  for (const [index, { score, isUnsafe, weight }] of falling.entries()) {
    if (isUnsafe) unsafe += weight;
    else safe += weight;
    if (falling[index + 1]?.score === score) continue;
    const point = { falseAlarms: safe / safeTotal, recall: unsafe / unsafeTotal, precision: unsafe / (unsafe + safe) };
    const last = points[points.length - 1] ?? { falseAlarms: -1, recall: -1 };
    const isFar = point.falseAlarms - last.falseAlarms >= CURVE_STEP || point.recall - last.recall >= CURVE_STEP;
    if (isFar || index === falling.length - 1) points.push(point);
  }
  return points;
}

/** Lowest threshold at which at most `rate` of the weight of safe records scores at or above it. */
export function thresholdAt(records: readonly Scored[], rate: number): number {
  const safe = records.filter(({ isUnsafe }) => !isUnsafe).sort((a, b) => b.score - a.score);
  const allowed = rate * safe.reduce((sum, { weight }) => sum + weight, 0);
  let above = 0;
  let threshold = Number.POSITIVE_INFINITY;
  for (let at = 0; at < safe.length; ) {
    const { score } = safe[at] as Scored;
    for (; at < safe.length && safe[at]?.score === score; at += 1) above += safe[at]?.weight ?? 0;
    if (above > allowed) return threshold;
    threshold = score;
  }
  return threshold;
}

/** Weighted share of records with a score of at least `threshold`; NaN for none. */
export function shareAbove(records: readonly Scored[], threshold: number): number {
  let above = 0;
  let total = 0;
  for (const { score, weight } of records) {
    total += weight;
    if (score >= threshold) above += weight;
  }
  return above / total;
}

export interface Logistic {
  readonly slope: number;
  readonly intercept: number;
}

/** Slope and intercept that make a score a probability, by Newton's method on the weighted log loss (Platt, 1999). */
export function fitLogistic(records: readonly Scored[]): Logistic {
  let slope = 1;
  let intercept = 0;
  for (let round = 0; round < 30; round += 1) {
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-9, 0, 1e-9];
    for (const { score, isUnsafe, weight } of records) {
      const chance = 1 / (1 + Math.exp(-(slope * score + intercept)));
      const error = weight * (chance - (isUnsafe ? 1 : 0));
      const spread = weight * chance * (1 - chance);
      g0 += error;
      g1 += error * score;
      h00 += spread;
      h01 += spread * score;
      h11 += spread * score * score;
    }
    const determinant = h00 * h11 - h01 * h01;
    intercept -= (h11 * g0 - h01 * g1) / determinant;
    slope -= (h00 * g1 - h01 * g0) / determinant;
  }
  return { slope, intercept };
}

/** Expected calibration error over ten bands of equal weight: mean distance of predicted and seen share of unsafe. */
export function calibrationError(records: readonly Scored[]): number {
  const rising = [...records].sort((a, b) => a.score - b.score);
  const total = rising.reduce((sum, { weight }) => sum + weight, 0);
  const bands = Array.from({ length: 10 }, () => ({ weight: 0, predicted: 0, unsafe: 0 }));
  let before = 0;
  for (const { score, isUnsafe, weight } of rising) {
    const band = bands[Math.min(9, Math.floor((10 * before) / total))] as (typeof bands)[number];
    before += weight;
    band.weight += weight;
    band.predicted += weight * score;
    if (isUnsafe) band.unsafe += weight;
  }
  return bands.reduce((sum, { predicted, unsafe }) => sum + Math.abs(predicted - unsafe), 0) / total;
}
