/** Actions that never come out, and actions that get milder as a score rises. */
import { ACTIONS } from "@sluice/engine";
import type { Path } from "../document.ts";
import { type Judgement, judge } from "../judge.ts";
import { RUNGS, specOf, UNREACHABLE } from "../tables.ts";
import { type Report, shownScore } from "./finding.ts";
import { type Subject, shownExample, shownSearch, type TierRun } from "./subject.ts";

export function checkActions(subject: Subject, report: Report): void {
  const { tiers } = subject;
  for (const [rank, action] of ACTIONS.entries()) {
    const happens = ({ judgements }: TierRun) => judgements.some((judgement) => judgement.rank === rank);
    if (!tiers.some(happens)) {
      const message = `${action} can never happen at any tier`;
      report("action-unreachable", "warning", ["tiers"], message, shownSearch(tiers));
      continue;
    }
    for (const tier of tiers) {
      if (happens(tier) || !asksFor(tier, rank)) continue;
      const message = `${action} can never happen at ${tier.tables.tier}, though the policy asks for it there`;
      report("action-unreachable", "warning", ["tiers", tier.tables.tier], message, shownSearch([tier]));
    }
  }
}

function asksFor({ tables }: TierRun, rank: number): boolean {
  const onLadder = tables.ladder.some((value, rung) => value !== UNREACHABLE && rung % RUNGS === rank - 1);
  return rank > 0 && (onLadder || [...tables.rules, ...tables.triggers].some((entry) => entry.rank === rank));
}

/** Only rules can do this: without them the most severe ask wins. Each category alone, from 0 to its highest score. */
export function checkMonotone(subject: Subject, report: Report): void {
  const { document, pack, tiers } = subject;
  if (document.policy.rules.length === 0) return;
  for (const { tables, probes, judgements } of tiers) {
    for (const [category, name] of pack.categories.entries()) {
      const steps = probes.vectors
        .map((vector, at) => ({ vector, judgement: judgements[at]! }))
        .filter(
          ({ vector }) => vector[category]! > 0 && vector.every((score, slot) => score === 0 || slot === category),
        )
        .sort((a, b) => a.vector[category]! - b.vector[category]!);
      const at = steps.findIndex(
        ({ judgement }, index) => index > 0 && judgement.rank < steps[index - 1]!.judgement.rank,
      );
      if (at < 0) continue;
      const below = steps[at - 1]!;
      const above = steps[at]!;
      const path: Path = ["thresholds", name, specOf(document.policy, name, tables.tier)?.tier ?? tables.tier];
      const message = `a higher ${name} score gets a milder action at ${tables.tier}: ${ACTIONS[below.judgement.rank]!} only ${band(steps, at, category)}, then ${ACTIONS[above.judgement.rank]!}`;
      const shown = `${shownExample(below.vector, below.judgement)}; ${shownExample(above.vector, above.judgement)}`;
      report("milder-above", "warning", path, message, shown);
    }
  }
}

/** A second risky category that makes the action milder: one example for each tier, the one that loses most. */
export function checkAdditions({ document, tiers }: Subject, report: Report): void {
  if (document.policy.rules.length === 0) return;
  for (const { tables, probes, judgements } of tiers) {
    let worst: { lost: number; alone: Step; both: Step } | undefined;
    for (const [at, vector] of probes.vectors.entries()) {
      const slots = [...vector.keys()].filter((slot) => vector[slot]! > 0);
      if (slots.length !== 2) continue;
      for (const added of slots) {
        const without = vector.with(added, 0);
        const alone = { vector: without, judgement: judge(tables, without) };
        const lost = alone.judgement.rank - judgements[at]!.rank;
        if (lost > (worst?.lost ?? 0)) worst = { lost, alone, both: { vector, judgement: judgements[at]! } };
      }
    }
    if (worst === undefined) continue;
    const { alone, both } = worst;
    const message = `a second category can make the action milder at ${tables.tier}: ${ACTIONS[alone.judgement.rank]!} becomes ${ACTIONS[both.judgement.rank]!}`;
    const shown = `${shownExample(alone.vector, alone.judgement)}; ${shownExample(both.vector, both.judgement)}`;
    report("milder-with-more", "warning", ["rules"], message, shown);
  }
}

type Step = { readonly vector: Int32Array; readonly judgement: Judgement };

/** The stretch of scores that ends before the step `at`, all with the same action. */
function band(steps: readonly Step[], at: number, category: number): string {
  const last = steps[at - 1]!;
  let first = at - 1;
  while (first > 0 && steps[first - 1]!.judgement.rank === last.judgement.rank) first -= 1;
  const from = steps[first]!.vector[category]!;
  return `from ${shownScore(from)} to ${shownScore(last.vector[category]!)}`;
}
