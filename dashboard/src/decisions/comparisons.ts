/** Comparisons in the order in which a person wants them: met first, then by how near they came. */
import type { Comparison } from "@sluice/engine";

export interface OrderedComparisons {
  /** Met, or with a score at all, or a rule: what there is to think about. */
  readonly telling: readonly Comparison[];
  /** Of scores below 0.01. */
  readonly rest: readonly Comparison[];
}

export function comparisonsInOrder(comparisons: readonly Comparison[]): OrderedComparisons {
  const isTelling = ({ met, score, code }: Comparison) => met || score !== null || code === "action-rule";
  const distance = ({ margin }: Comparison) => (margin === null ? Number.POSITIVE_INFINITY : Math.abs(margin));
  const telling = comparisons.filter(isTelling).sort((left, right) => {
    if (left.met !== right.met) return left.met ? -1 : 1;
    const [a, b] = [distance(left), distance(right)];
    return a === b ? 0 : a < b ? -1 : 1;
  });
  return { telling, rest: comparisons.filter((comparison) => !isTelling(comparison)) };
}

export interface Mark {
  /** "" for a threshold that asks for no action. */
  readonly action: string;
  readonly value: number;
}

/** The thresholds of one category and side, lowest first, each action once: the lowest of all tiers that judged. */
export function marksOf(comparisons: readonly Comparison[], category: string, field: string): readonly Mark[] {
  const marks = new Map<string, number>();
  for (const { code, category: named, field: side, action = "", threshold } of comparisons) {
    if (code !== "threshold" || named !== category || side !== field || threshold === null) continue;
    marks.set(action, Math.min(threshold, marks.get(action) ?? 1));
  }
  return [...marks].map(([action, value]) => ({ action, value })).sort((left, right) => left.value - right.value);
}
