/**
 * The scores a pack can give, per slot (`side * categoryCount + category`), found by running the scoring rule of
 * docs/guides/detection.md over every multiset of rule weights and every set of contexts, and from the highest score
 * of a trained model's heads. It takes for granted that
 * any rules and contexts may match together, so it may hold scores that no text earns, but never misses one: what is
 * called unreachable here is unreachable.
 */
import { type PackInfo, SIDES } from "@sluice/core-wasm";
import type { Policy } from "../document.ts";

const SCORE_MAX = 10_000;
/** 0.8^k over 65,536, k from 0 to 7, as the kernel has them. */
const DIMINISH = [65_536, 52_429, 41_943, 33_554, 26_844, 21_475, 17_180, 13_744] as const;
/** Steps spent on one slot before it is taken as able to give every score up to its highest. */
const STEPS_MAX = 400_000;

export class Reach {
  /** Lowest reachable score at or above each score; SCORE_MAX + 1 when there is none. By slot. */
  readonly #next: readonly Uint16Array[];
  readonly #max: readonly number[];

  constructor(slots: readonly Uint8Array[]) {
    this.#max = slots.map((slot) => slot.lastIndexOf(1));
    this.#next = slots.map((slot) => {
      const next = new Uint16Array(SCORE_MAX + 2).fill(SCORE_MAX + 1);
      for (let score = SCORE_MAX; score >= 0; score--) next[score] = slot[score] === 1 ? score : next[score + 1]!;
      return next;
    });
  }

  /** 0 when the pack never scores the slot. */
  max(slot: number): number {
    return this.#max[slot]!;
  }

  /** The lowest reachable score in [low, high), or undefined. */
  lowestIn(slot: number, low: number, high: number): number | undefined {
    const found = this.#next[slot]![Math.min(low, SCORE_MAX + 1)]!;
    return found < high && found <= SCORE_MAX ? found : undefined;
  }

  /** The highest reachable score in [low, high), or undefined. */
  highestIn(slot: number, low: number, high: number): number | undefined {
    for (let score = Math.min(high - 1, SCORE_MAX); score >= low; score--) {
      if (this.#next[slot]![score] === score) return score;
    }
    return undefined;
  }
}

/** @param hears of the policy: whether the trained model has a say */
export function reachOf(loaded: PackInfo, hears?: Policy["hears"]): Reach {
  const { model, ...rules } = loaded;
  const pack = hears === "rules" || model === undefined ? rules : loaded;
  const count = pack.categories.length;
  return new Reach(Array.from({ length: SIDES.length * count }, (_, slot) => reachableScores(pack, slot)));
}

function reachableScores(pack: PackInfo, slot: number): Uint8Array {
  const scores = scoresOfRules(pack, slot);
  // A trained model gives any score up to its highest, and the larger of both counts.
  return scores.fill(1, 0, highestOfModel(pack, slot) + 1);
}

/** The highest score that the trained model's head can give in the slot; 0 without one. */
function highestOfModel({ model, categories }: PackInfo, slot: number): number {
  const side = SIDES[slot < categories.length ? 0 : 1]!;
  const head = model?.heads.find(({ category }) => category === slot % categories.length);
  if (head === undefined || model?.sides.includes(side) !== true) return 0;
  return Math.min(head.own.at(-1)?.score ?? 0, head.ceiling.at(-1)?.score ?? 0);
}

function scoresOfRules(pack: PackInfo, slot: number): Uint8Array {
  const count = pack.categories.length;
  const side = SIDES[slot < count ? 0 : 1]!;
  const category = slot % count;
  const weights = pack.rules
    .filter((rule) => rule.category === category && rule.context < 0 && rule.sides.includes(side))
    .map(({ weight }) => weight)
    .sort((a, b) => b - a);
  const scores = new Uint8Array(SCORE_MAX + 1);
  scores[0] = 1;
  if (weights.length === 0) return scores;
  const reductions = reductionSums(pack, category, side);
  let steps = 0;
  for (const strongest of new Set(weights)) {
    const floor =
      strongest >= pack.scoring.strongWeight ? Math.floor((strongest * pack.scoring.strongFloor) / SCORE_MAX) : 0;
    const sums = sumsUnder(weights, strongest, STEPS_MAX - steps);
    steps += sums.steps + sums.raw.size * reductions.length;
    if (steps > STEPS_MAX) return everyScoreUpTo(highest(weights));
    for (const raw of sums.raw) {
      // The floor never lifts a score above what it was without contexts.
      for (const reduction of reductions) scores[Math.max(raw - reduction, Math.min(floor, raw), 0)] = 1;
    }
  }
  return scores;
}

/** Raw sums of all choices of at most eight rules whose strongest weight is given. */
function sumsUnder(
  weights: readonly number[],
  strongest: number,
  stepsMax: number,
): { raw: Set<number>; steps: number } {
  const start = weights.indexOf(strongest);
  const raw = new Set<number>();
  let steps = 0;
  // Weights fall, so a choice is a subsequence; of equal weights the first unused one stands for all.
  const extend = (index: number, depth: number, sum: number): void => {
    steps += 1;
    raw.add(Math.min(SCORE_MAX, Math.floor(sum / 65_536)));
    if (depth === DIMINISH.length || sum >= SCORE_MAX * 65_536 || steps > stepsMax) return;
    for (let next = index + 1; next < weights.length; next++) {
      if (next > index + 1 && weights[next] === weights[next - 1]) continue;
      extend(next, depth + 1, sum + weights[next]! * DIMINISH[depth]!);
    }
  };
  extend(start, 1, strongest * DIMINISH[0]);
  return { raw, steps };
}

/** By how much contexts that look at this side can lower the category: every sum of a subset. */
function reductionSums(pack: PackInfo, category: number, side: (typeof SIDES)[number]): number[] {
  let sums = new Set([0]);
  for (const [index, context] of pack.contexts.entries()) {
    const isSeen = pack.rules.some((rule) => rule.context === index && rule.sides.includes(side));
    const reduce = context.reduce[category] ?? 0;
    if (!isSeen || reduce === 0) continue;
    sums = new Set([...sums].flatMap((sum) => [sum, Math.min(SCORE_MAX, sum + reduce)]));
  }
  return [...sums];
}

function highest(weights: readonly number[]): number {
  const sum = weights.slice(0, DIMINISH.length).reduce((total, weight, index) => total + weight * DIMINISH[index]!, 0);
  return Math.min(SCORE_MAX, Math.floor(sum / 65_536));
}

function everyScoreUpTo(max: number): Uint8Array {
  return new Uint8Array(SCORE_MAX + 1).fill(1, 0, max + 1);
}
