/** Faults that need two places of the document to see: names that are not declared, keys without effect, floors. */
import type { Ladder, Path, Policy, ThresholdSpec } from "./document.ts";
import { didYouMean } from "./suggest.ts";
import { rankOf } from "./tables.ts";

export interface ReferenceFault {
  readonly path: Path;
  readonly message: string;
}

export function checkReferences(policy: Policy): ReferenceFault[] {
  return [
    ...checkTierNames(policy),
    ...checkThresholds(policy),
    ...checkRules(policy),
    ...checkMessages(policy),
    ...checkAsl(policy),
    ...checkOpinions(policy),
  ];
}

/** Text that is scored here goes to no other judge, whatever a policy says. */
export const NEVER_JUDGED_ELSEWHERE = "child_safety";

function undeclared(name: string, policy: Policy): string | undefined {
  const known = Object.keys(policy.tiers);
  return known.includes(name) ? undefined : `tier "${name}" is not declared under tiers; ${didYouMean(name, known)}`;
}

function* checkTierNames(policy: Policy): Generator<ReferenceFault> {
  for (const [name, tier] of Object.entries(policy.tiers)) {
    if (tier.inherits === undefined) continue;
    const path = ["tiers", name, "inherits"];
    const message = undeclared(tier.inherits, policy);
    if (message !== undefined) yield { path, message };
    else if (inheritsItself(name, policy)) yield { path, message: `tier "${name}" inherits from itself in a circle` };
  }
  for (const [band, tier] of Object.entries(policy.age_bands)) {
    const message = undeclared(tier, policy);
    if (message !== undefined) yield { path: ["age_bands", band], message };
  }
}

function inheritsItself(start: string, policy: Policy): boolean {
  const seen = new Set<string>();
  for (let name: string | undefined = start; name !== undefined; name = policy.tiers[name]?.inherits) {
    if (seen.has(name)) return true;
    seen.add(name);
  }
  return false;
}

/** Every number in a threshold, with the keys that lead to it. */
export function* numbersOf(spec: ThresholdSpec): Generator<{ readonly path: Path; readonly value: number }> {
  if (typeof spec === "number") {
    yield { path: [], value: spec };
    return;
  }
  for (const [key, value] of Object.entries(spec) as [string, number | Ladder][]) {
    for (const inner of numbersOf(value)) yield { path: [key, ...inner.path], value: inner.value };
  }
}

function* checkThresholds(policy: Policy): Generator<ReferenceFault> {
  for (const [category, tiers] of Object.entries(policy.thresholds)) {
    const floor = Object.hasOwn(policy.floors, category) ? policy.floors[category] : policy.floors.other;
    for (const [tier, spec] of Object.entries(tiers)) {
      const path = ["thresholds", category, tier];
      const message = undeclared(tier, policy);
      if (message !== undefined) yield { path, message };
      if (typeof spec === "number" && policy.rules.length === 0) {
        yield {
          path,
          message: `a number alone only marks the category for rules, and this policy has none; write {block: ${spec}} or another action`,
        };
      }
      for (const { path: inner, value } of numbersOf(spec)) {
        if (floor === undefined || value >= floor) continue;
        yield {
          path: [...path, ...inner],
          message: `${value} is below the floor of ${floor} for ${category}; raise it`,
        };
      }
    }
  }
}

function* checkRules(policy: Policy): Generator<ReferenceFault> {
  const names = new Set<string>();
  for (const [index, rule] of policy.rules.entries()) {
    const path = ["rules", index];
    if (names.has(rule.name))
      yield { path: [...path, "name"], message: `the name "${rule.name}" is used twice; rename one` };
    names.add(rule.name);
    if (rule.when.above !== undefined && rule.when.at_least !== undefined) {
      yield { path: [...path, "when", "at_least"], message: "give either above or at_least, not both" };
    }
    const known = Object.keys(policy.thresholds);
    for (const [at, category] of (rule.when.top ?? []).entries()) {
      if (known.includes(category)) continue;
      const message = `category "${category}" has no thresholds and so is never marked; ${didYouMean(category, known)}`;
      yield { path: [...path, "when", "top", at], message };
    }
    if (typeof rule.action === "string") continue;
    for (const tier of Object.keys(rule.action)) {
      const message = tier === "other" ? undefined : undeclared(tier, policy);
      if (message !== undefined) yield { path: [...path, "action", tier], message };
    }
  }
}

function* checkMessages(policy: Policy): Generator<ReferenceFault> {
  const known = Object.keys(policy.messages);
  const seen = new Set<string>();
  for (const [index, never] of policy.never.entries()) {
    if (seen.has(never.category)) {
      yield { path: ["never", index, "category"], message: `${never.category} is constrained twice; keep one` };
    }
    seen.add(never.category);
    if (never.message === undefined || known.includes(never.message)) continue;
    const message = `there is no message "${never.message}"; ${didYouMean(never.message, known)}`;
    yield { path: ["never", index, "message"], message };
  }
}

function* checkAsl(policy: Policy): Generator<ReferenceFault> {
  for (const [level, { triggers }] of Object.entries(policy.asl)) {
    const seen = new Set<string>();
    for (const [index, { category }] of triggers.entries()) {
      const path = ["asl", level, "triggers", index, "category"];
      if (seen.has(category)) yield { path, message: `${category} has two triggers at this level; keep the lower one` };
      seen.add(category);
    }
  }
}

function* checkOpinions(policy: Policy): Generator<ReferenceFault> {
  for (const [category, tiers] of Object.entries(policy.second_opinion ?? {})) {
    const path = ["second_opinion", category];
    if (category === NEVER_JUDGED_ELSEWHERE) {
      yield { path, message: `${category} is never given to a second judge; remove it` };
      continue;
    }
    const held = policy.never.find((never) => never.category === category);
    for (const [tier, { from, below, raise, lower }] of Object.entries(tiers)) {
      const at = [...path, tier];
      const message = undeclared(tier, policy);
      if (message !== undefined) yield { path: at, message };
      if (from >= below) {
        yield {
          path: [...at, "below"],
          message: `must be above from (${from}), or no score lies between; found ${below}`,
        };
      }
      if (raise === undefined && lower === undefined) {
        yield { path: at, message: "needs raise, lower or both, or the answer could change nothing" };
      }
      if (raise !== undefined && lower !== undefined && lower.below > raise.at_least) {
        yield {
          path: [...at, "lower", "below"],
          message: `${lower.below} is above raise.at_least (${raise.at_least}): a score between would do both; lower it`,
        };
      }
      if (raise !== undefined && held !== undefined && rankOf(raise.to) >= rankOf(held.action)) {
        yield {
          path: [...at, "raise", "to"],
          message: `never says that ${category} on a prompt does not lead to ${held.action}; choose a milder action`,
        };
      }
    }
  }
}
