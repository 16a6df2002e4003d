/**
 * Score vectors that stand for all others. Thresholds cut 0..1 into intervals; within one interval a vector's verdict
 * depends only on which categories are on top, so the lowest and the highest reachable score of each interval suffice.
 *
 * Without rules every ask comes from one slot and the most severe wins, so one slot at a time is exhaustive. With rules
 * the categories they look at (marked, or in a trigger) are combined in full. Triggers of categories that are not
 * marked differ only in what they ask for, so one at a time of each kind is enough. Thresholds of other categories
 * are independent of all that: an action of a combination is the more severe of both parts.
 */
import { RUNGS, type TierTables, UNREACHABLE } from "../tables.ts";
import type { Reach } from "./reach.ts";

/** Combinations tried at most; beyond, pairs of categories only. */
export const COMBINATIONS_MAX = 300_000;

export interface Probes {
  readonly vectors: readonly Int32Array[];
  /** False when combinations were too many, so that absence of an example proves nothing. */
  readonly isExhaustive: boolean;
}

export function probesOf(tiers: readonly TierTables[], reach: Reach): Probes {
  const { quietBelow } = tiers[0]!;
  const slots = quietBelow.length;
  const cuts = cutsOf(tiers);
  const vectors: Int32Array[] = [new Int32Array(slots)];
  const lowest = (slot: number) => Math.min(...tiers.map((tier) => tier.quietBelow[slot]!));
  const values = Array.from({ length: slots }, (_, slot) => valuesOf(slot, lowest(slot), cuts, reach));
  for (const [slot, options] of values.entries()) {
    for (const value of options) vectors.push(withScore(vectors[0]!, slot, value));
  }
  if (tiers.every(({ rules }) => rules.length === 0)) return { vectors, isExhaustive: true };
  const combined = combinations(tiers, values);
  for (const vector of combined.vectors) vectors.push(vector);
  return { vectors, isExhaustive: combined.isExhaustive };
}

/** The lowest and highest reachable score in each interval from `from` on. */
function valuesOf(slot: number, from: number, cuts: readonly number[], reach: Reach): number[] {
  const values = new Set<number>();
  for (const [index, low] of cuts.entries()) {
    const high = cuts[index + 1] ?? 10_001;
    if (low < from) continue;
    const lowest = reach.lowestIn(slot, low, high);
    const highest = reach.highestIn(slot, low, high);
    if (lowest !== undefined) values.add(lowest);
    if (highest !== undefined) values.add(highest);
  }
  return [...values];
}

/** Every score at which some comparison of some tier changes, ascending. */
function cutsOf(tiers: readonly TierTables[]): number[] {
  const all = tiers.flatMap(({ ladder, marks, triggers, rules }) => [
    ...ladder,
    ...marks,
    ...triggers.map(({ atLeast }) => atLeast),
    ...rules.map(({ atLeast }) => atLeast),
  ]);
  return [...new Set(all)].filter((cut) => cut > 0 && cut < UNREACHABLE).sort((a, b) => a - b);
}

function combinations(tiers: readonly TierTables[], values: readonly number[][]): Probes {
  const count = values.length / 2;
  const categories = Array.from({ length: count }, (_, category) => category);
  const isMarked = (category: number) => tiers.some(({ marks }) => marks[category]! < UNREACHABLE);
  const marked = categories.filter(isMarked);
  // Marks look at the higher of both sides; a side matters only where a prompt's words are protected.
  const sidesMatter = tiers.some(({ ownWords }) => ownWords.some((own) => own === 1));
  const axes: Axis[] = marked.map((category) => [
    ...new Map(
      [category, count + category].flatMap((slot) =>
        values[slot]!.map((value) => [sidesMatter ? `${slot}:${value}` : `${value}`, { slot, value }] as const),
      ),
    ).values(),
  ]);
  axes.push(
    triggerAxis(
      tiers,
      categories.filter((category) => !isMarked(category)),
      values,
    ),
  );
  const size = axes.reduce((product, axis) => product * (axis.length + 1), 1);
  const isExhaustive = size <= COMBINATIONS_MAX;
  return { vectors: isExhaustive ? product(axes, values.length) : pairs(axes, values.length), isExhaustive };
}
type Axis = { readonly slot: number; readonly value: number }[];

/** One firing example for each kind of trigger that no mark goes with. */
function triggerAxis(tiers: readonly TierTables[], categories: readonly number[], values: readonly number[][]): Axis {
  const kinds = new Map<number, Axis[number]>();
  for (const { category, atLeast, rank } of tiers[0]!.triggers) {
    if (!categories.includes(category)) continue;
    for (const slot of [category, values.length / 2 + category]) {
      const value = values[slot]!.find((option) => option >= atLeast);
      const isAlone = tiers.every(({ ladder }) =>
        ladder.subarray(slot * RUNGS, (slot + 1) * RUNGS).every((v) => v === UNREACHABLE),
      );
      const kind = isAlone ? rank : 100 + slot;
      if (value !== undefined && !kinds.has(kind)) kinds.set(kind, { slot, value });
    }
  }
  return [...kinds.values()];
}

function product(axes: readonly Axis[], slots: number): Int32Array[] {
  let vectors: Int32Array[] = [new Int32Array(slots)];
  for (const axis of axes) {
    vectors = vectors.flatMap((vector) => [vector, ...axis.map(({ slot, value }) => withScore(vector, slot, value))]);
  }
  return vectors;
}

function pairs(axes: readonly Axis[], slots: number): Int32Array[] {
  return axes.flatMap((first, index) =>
    axes.slice(index + 1).flatMap((second) => product([first, second], slots).slice(0, COMBINATIONS_MAX)),
  );
}

function withScore(vector: Int32Array, slot: number, value: number): Int32Array {
  const next = vector.slice();
  next[slot] = value;
  return next;
}
