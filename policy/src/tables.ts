/**
 * A policy's thresholds for one pack, as integers in 1/10,000 by index, so that deciding compares numbers and nothing
 * else. A slot is `side * categoryCount + category`, as in `DecideInput.scores`. Categories that the pack does not
 * score have no index and are left out: no score can reach them.
 */
import { SIDES } from "@sluice/core-wasm";
import { ACTIONS, type Action } from "@sluice/engine";
import type { Ladder, Policy, ThresholdSpec } from "./document.ts";
import { SCORE_UNIT } from "./schema.ts";

/** A threshold above every score. */
export const UNREACHABLE = 0x7fffffff;
/** Rungs of a ladder: warn, redact, escalate, block. */
export const RUNGS = ACTIONS.length - 1;

export interface CompiledTrigger {
  readonly level: number;
  readonly category: number;
  readonly atLeast: number;
  /** 0 when it only labels. */
  readonly rank: number;
}
export interface CompiledRule {
  readonly name: string;
  readonly asl: boolean | undefined;
  readonly marked: boolean | undefined;
  /** By category: 1 when it may be the top; undefined when any may. */
  readonly top: Uint8Array | undefined;
  /** The highest marked score must be at least this; 0 when the rule has no bound. */
  readonly atLeast: number;
  /** The bound as written, for the reason. */
  readonly bound: number | undefined;
  readonly rank: number;
}
export interface TierTables {
  readonly tier: string;
  readonly categories: readonly string[];
  /** By `slot * RUNGS + rank - 1`: the lowest score that asks for the action. */
  readonly ladder: Int32Array;
  /** As written, by the same index; what a reason shows. */
  readonly ladderShown: Int32Array;
  /** By category. */
  readonly marks: Int32Array;
  /** By slot: below this nothing at all is asked, marked or triggered. */
  readonly quietBelow: Int32Array;
  readonly triggers: readonly CompiledTrigger[];
  readonly rules: readonly CompiledRule[];
  /** By category: the most severe action that the prompt may lead to; RUNGS when not constrained. */
  readonly promptRankMax: Uint8Array;
  /** By category: 1 when the prompt's words are protected by `never`. */
  readonly ownWords: Uint8Array;
  /** 1 when a mark at the threshold itself does not count (`compare: above`). */
  readonly strict: 0 | 1;
}

export function rankOf(action: Action): number {
  return ACTIONS.indexOf(action);
}

export function toUnits(decimal: number): number {
  return Math.round(decimal * SCORE_UNIT);
}

/** What a tier says of a category, its own or inherited. */
export function specOf(
  policy: Policy,
  category: string,
  tier: string,
): { spec: ThresholdSpec; tier: string } | undefined {
  const byTier = policy.thresholds[category];
  if (byTier === undefined) return undefined;
  for (let name: string | undefined = tier; name !== undefined; name = policy.tiers[name]?.inherits) {
    const spec = Object.hasOwn(byTier, name) ? byTier[name] : undefined;
    if (spec !== undefined) return { spec, tier: name };
  }
  return undefined;
}

/** The ladder of one side; undefined when there is none. */
export function ladderOf(spec: ThresholdSpec, side: (typeof SIDES)[number]): Ladder | undefined {
  if (typeof spec === "number") return undefined;
  return "prompt" in spec || "completion" in spec ? spec[side] : (spec as Ladder);
}

export function tierTables(policy: Policy, tier: string, categories: readonly string[]): TierTables {
  const count = categories.length;
  const strict = policy.compare === "above" ? 1 : 0;
  const promptRankMax = new Uint8Array(count).fill(RUNGS);
  const ownWords = new Uint8Array(count);
  for (const { category, action } of policy.never) {
    const index = categories.indexOf(category);
    if (index < 0) continue;
    promptRankMax[index] = rankOf(action) - 1;
    ownWords[index] = 1;
  }
  const ladder = new Int32Array(SIDES.length * count * RUNGS).fill(UNREACHABLE);
  const marks = new Int32Array(count).fill(UNREACHABLE);
  for (const [index, category] of categories.entries()) {
    const spec = specOf(policy, category, tier)?.spec;
    if (spec === undefined) continue;
    if (typeof spec === "number") marks[index] = toUnits(spec) + strict;
    for (const [side, name] of SIDES.entries()) {
      const rankMax = side === 0 ? promptRankMax[index]! : RUNGS;
      for (const [action, value] of Object.entries(ladderOf(spec, name) ?? {}) as [Action, number][]) {
        const slot = (side * count + index) * RUNGS + Math.min(rankOf(action), rankMax) - 1;
        ladder[slot] = Math.min(ladder[slot]!, toUnits(value) + strict);
      }
    }
  }
  const triggers = compileTriggers(policy, categories);
  return {
    tier,
    categories,
    ladder,
    ladderShown: ladder.map((value) => (value === UNREACHABLE ? value : value - strict)),
    marks,
    quietBelow: quietBelow(ladder, marks, triggers),
    triggers,
    rules: compileRules(policy, tier, categories),
    promptRankMax,
    ownWords,
    strict,
  };
}

/** In order of category, then level: the order of the file has no effect. */
function compileTriggers(policy: Policy, categories: readonly string[]): CompiledTrigger[] {
  const triggers = Object.entries(policy.asl).flatMap(([level, { action, triggers }]) =>
    triggers
      .map((trigger) => ({
        level: Number(level),
        category: categories.indexOf(trigger.category),
        atLeast: toUnits(trigger.at_least),
        rank: action === undefined ? 0 : rankOf(action),
      }))
      .filter(({ category }) => category >= 0),
  );
  return triggers.sort((a, b) => a.category - b.category || a.level - b.level);
}

function compileRules(policy: Policy, tier: string, categories: readonly string[]): CompiledRule[] {
  return policy.rules.flatMap(({ name, when, action }) => {
    const chosen = typeof action === "string" ? action : Object.hasOwn(action, tier) ? action[tier] : action.other;
    if (chosen === undefined) return [];
    const { top, above, at_least: atLeast } = when;
    return [
      {
        name,
        asl: when.asl,
        marked: when.marked ?? (top !== undefined || above !== undefined || atLeast !== undefined ? true : undefined),
        top: top && Uint8Array.from(categories, (category) => (top.includes(category) ? 1 : 0)),
        atLeast: above !== undefined ? toUnits(above) + 1 : toUnits(atLeast ?? 0),
        bound: above ?? atLeast,
        rank: rankOf(chosen),
      },
    ];
  });
}

function quietBelow(ladder: Int32Array, marks: Int32Array, triggers: readonly CompiledTrigger[]): Int32Array {
  const count = marks.length;
  return Int32Array.from({ length: SIDES.length * count }, (_, slot) => {
    const category = slot % count;
    const fired = triggers.filter((trigger) => trigger.category === category).map(({ atLeast }) => atLeast);
    return Math.min(marks[category]!, ...fired, ...ladder.subarray(slot * RUNGS, (slot + 1) * RUNGS));
  });
}
