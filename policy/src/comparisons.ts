/**
 * Every comparison behind one decision: each rung, mark, trigger and rule that its scores were held against, met or
 * not.
 * Invariant: what the policy would take as a reason is listed as met, with the reason's own score and threshold.
 * Pure, and off the hot path: made when a person asks why.
 */
import { SIDES } from "@sluice/core-wasm";
import { ACTIONS, type Comparison, type Decision } from "@sluice/engine";
import { judge } from "./judge.ts";
import { RUNGS, type TierTables, toUnits, UNREACHABLE } from "./tables.ts";

export type Compared = Pick<Decision, "tier" | "scores" | "reasons">;

/** @param byTier all tiers of the policy; an unknown tier is compared under each of them. */
export function comparisons(byTier: ReadonlyMap<string, TierTables>, decision: Compared): readonly Comparison[] {
  if (decision.reasons.some(({ code }) => code === "engine-fault")) return []; // the fail mode decided, no score
  return judgingTables(byTier, decision).flatMap((tables) => {
    const scores = scoresOf(tables.categories, decision);
    return [
      ...slotComparisons(tables, scores),
      ...triggerComparisons(tables, scores),
      ...ruleComparisons(tables, scores),
    ];
  });
}

function judgingTables(byTier: ReadonlyMap<string, TierTables>, { tier, reasons }: Compared): readonly TierTables[] {
  const own = byTier.get(tier);
  if (own === undefined) return [...byTier.values()].sort((a, b) => (a.tier < b.tier ? -1 : 1));
  const aged = byTier.get(reasons.find(({ code }) => code === "age-band")?.tier ?? tier);
  return aged === undefined || aged === own ? [own] : [own, aged];
}

/** A score below 0.01 is left out of a decision, unless it is a reason. */
function scoresOf(categories: readonly string[], { scores, reasons }: Compared): Int32Array {
  const units = new Int32Array(SIDES.length * categories.length);
  const put = (side: number, name: string, score: number) => {
    const category = categories.indexOf(name);
    if (category >= 0) units[side * categories.length + category] = toUnits(score);
  };
  for (const { code, field, category, score } of reasons) {
    if (code === "second-opinion") continue; // another judge's score
    if (field !== undefined && category !== undefined && score !== undefined)
      put(SIDES.indexOf(field), category, score);
  }
  for (const [side, name] of SIDES.entries()) {
    for (const [category, score] of Object.entries(scores[name])) put(side, category, score);
  }
  return units;
}

/** @param bound what the score must reach, in 1/10,000; `strict` more than is shown where thresholds compare above. */
function compare(score: number, bound: number, strict: number) {
  const threshold = (bound - strict) / 10_000;
  const shown = score > 0 ? score / 10_000 : null;
  const margin = shown === null ? null : (score - bound + strict) / 10_000;
  return { score: shown, threshold, margin, met: score >= bound };
}

function slotComparisons(tables: TierTables, scores: Int32Array): readonly Comparison[] {
  const { tier, categories, ladder, marks, strict } = tables;
  return SIDES.flatMap((field, side) =>
    categories.flatMap((category, index) => {
      const slot = side * categories.length + index;
      const named = { code: "threshold", tier, field, category } as const;
      const score = scores[slot]!;
      const rungs = Array.from({ length: RUNGS }, (_, rung) => rung).flatMap((rung) => {
        const bound = ladder[slot * RUNGS + rung]!;
        if (bound === UNREACHABLE) return [];
        return [{ ...named, action: ACTIONS[rung + 1]!, ...compare(score, bound, strict) }];
      });
      const mark = marks[index]!;
      return mark === UNREACHABLE ? rungs : [...rungs, { ...named, ...compare(score, mark, strict) }];
    }),
  );
}

/** A trigger looks at the side with the higher score. */
function triggerComparisons({ tier, categories, triggers }: TierTables, scores: Int32Array): readonly Comparison[] {
  return triggers.map(({ category, atLeast, rank }) => {
    const prompt = scores[category]!;
    const completion = scores[categories.length + category]!;
    return {
      code: "asl-trigger",
      tier,
      field: completion > prompt ? "completion" : "prompt",
      category: categories[category]!,
      ...(rank > 0 ? { action: ACTIONS[rank]! } : {}),
      ...compare(Math.max(prompt, completion), atLeast, 0),
    };
  });
}

/** The first rule that holds decides; those behind it were not looked at. */
function ruleComparisons(tables: TierTables, scores: Int32Array): readonly Comparison[] {
  const { outcome } = judge(tables, scores);
  const last = outcome === undefined ? tables.rules.length - 1 : tables.rules.indexOf(outcome.rule);
  return tables.rules.slice(0, last + 1).map((rule) => {
    const top = rule === outcome?.rule && outcome.category >= 0 ? outcome : undefined;
    const score = top === undefined ? null : top.score / 10_000;
    const threshold = rule.bound ?? null;
    return {
      code: "action-rule",
      tier: tables.tier,
      ...(top === undefined ? {} : { field: SIDES[top.side]!, category: tables.categories[top.category]! }),
      score,
      threshold,
      action: ACTIONS[rule.rank]!,
      rule: rule.name,
      margin: score === null || threshold === null ? null : (top!.score - toUnits(threshold)) / 10_000,
      met: rule === outcome?.rule,
    };
  });
}
