/** Rungs of ladders that never have the last word. Each slot is independent here, so intervals settle it. */
import { SIDES } from "@sluice/core-wasm";
import { ACTIONS, type Action } from "@sluice/engine";
import type { Path, ThresholdSpec } from "../document.ts";
import { ladderOf, rankOf, toUnits } from "../tables.ts";
import { type Report, shownScore } from "./finding.ts";
import type { Subject } from "./subject.ts";

type Problem = {
  code: "threshold-unreachable" | "threshold-shadowed" | "threshold-gap" | "threshold-held-back";
  text: string;
  shown: string;
};

export function checkLadders(subject: Subject, report: Report): void {
  const { policy } = subject.document;
  for (const [category, byTier] of Object.entries(policy.thresholds)) {
    const index = subject.pack.categories.indexOf(category);
    const count = subject.pack.categories.length;
    const scored = SIDES.filter((_, side) => index >= 0 && subject.reach.max(side * count + index) > 0);
    if (scored.length === 0) continue; // told once, by coverage
    for (const [tier, spec] of Object.entries(byTier)) {
      for (const { action, sides, path } of rungsOf(spec)) {
        const looked = sides.filter((side) => scored.includes(SIDES[side]!));
        const problems = looked.map((side) => problemOf(subject, category, index, spec, side, action));
        // A threshold for both sides is dead only when it is dead on each.
        const problem =
          looked.length === 0 ? unscoredSide(category, sides) : problems.every(Boolean) ? problems[0] : undefined;
        if (problem === undefined) continue;
        const severity = problem.code === "threshold-gap" ? "info" : "warning";
        report(problem.code, severity, ["thresholds", category, tier, ...path], problem.text, problem.shown);
      }
    }
  }
}

function* rungsOf(spec: ThresholdSpec): Generator<{ action: Action; sides: readonly number[]; path: Path }> {
  if (typeof spec === "number") return;
  const isSided = "prompt" in spec || "completion" in spec;
  for (const [side, name] of isSided ? [...SIDES.entries()] : ([[0, undefined]] as const)) {
    const ladder = ladderOf(spec, name ?? "prompt") ?? {};
    for (const action of Object.keys(ladder) as Action[]) {
      yield { action, sides: isSided ? [side] : [0, 1], path: name === undefined ? [action] : [name, action] };
    }
  }
}

function unscoredSide(category: string, sides: readonly number[]): Problem {
  const text = `cannot be reached: the pack never scores ${category} on the ${SIDES[sides[0]!]!}`;
  return { code: "threshold-unreachable", text, shown: "the pack has no rule for that side" };
}

function problemOf(
  { document: { policy }, pack, reach }: Subject,
  category: string,
  index: number,
  spec: ThresholdSpec,
  side: number,
  action: Action,
): Problem | undefined {
  const strict = policy.compare === "above" ? 1 : 0;
  const slot = side * pack.categories.length + index;
  const ladder = ladderOf(spec, SIDES[side]!)!;
  const never = side === 0 ? policy.never.find((constraint) => constraint.category === category) : undefined;
  if (never !== undefined && rankOf(action) >= rankOf(never.action)) {
    const text = `asks for ${action}, which never forbids for ${category} on the prompt; it counts as ${ACTIONS[rankOf(never.action) - 1]!}`;
    return { code: "threshold-held-back", text, shown: `never: ${never.action}` };
  }
  const low = toUnits(ladder[action as keyof typeof ladder]!) + strict;
  const max = reach.max(slot);
  if (low > max) {
    const text = `cannot be reached: ${category} on the ${SIDES[side]!} scores ${shownScore(max)} at most`;
    return { code: "threshold-unreachable", text, shown: "by the heaviest rules of the pack" };
  }
  const [above, high] = (Object.entries(ladder) as [Action, number][])
    .filter(([other]) => rankOf(other) > rankOf(action))
    .map(([other, value]) => [other, toUnits(value) + strict] as const)
    .reduce((least, next) => (next[1] < least[1] ? next : least), ["block" as Action, 10_001] as const);
  if (high <= low) {
    const text = `${action} never happens for ${category}: ${above} is asked for from ${shownScore(high - strict)} on`;
    return { code: "threshold-shadowed", text, shown: `at ${shownScore(low)} the action is ${above} already` };
  }
  if (reach.lowestIn(slot, low, high) !== undefined) return undefined;
  const text = `${action} never happens for ${category} with pack ${pack.name}: no score falls from ${shownScore(low)} to below ${shownScore(high)}`;
  return { code: "threshold-gap", text, shown: "all sums of rules and contexts tried" };
}
