/** Rules and marks without effect, found by running the policy on every distinct combination of scores. */
import { ACTIONS } from "@sluice/engine";
import { judge } from "../judge.ts";
import { type TierTables, UNREACHABLE } from "../tables.ts";
import { type Report, shownScore } from "./finding.ts";
import { type Subject, shownExample, shownSearch, type TierRun } from "./subject.ts";

export function checkRules(subject: Subject, report: Report): void {
  const { policy } = subject.document;
  if (policy.rules.length === 0) return;
  checkRulesDecide(subject, report);
  checkCategoryActions(subject, report);
  checkMarks(subject, report);
  const partial = subject.tiers.filter(({ probes }) => !probes.isExhaustive);
  if (partial.length === 0) return;
  const message =
    "the rules combine too many categories to try every combination; what is not found may still be there";
  report("not-exhaustive", "info", ["rules"], message, shownSearch(partial));
}

function checkRulesDecide({ document, tiers }: Subject, report: Report): void {
  for (const [index, rule] of document.policy.rules.entries()) {
    const decides = tiers.some(({ judgements }) => judgements.some(({ outcome }) => outcome?.rule.name === rule.name));
    if (decides) continue;
    const message = `rule ${rule.name} never decides in any tier: an earlier rule always does, or its condition cannot hold`;
    report("rule-unreachable", "warning", ["rules", index], message, shownSearch(tiers));
  }
}

/** For each category and action that some rule promises it: is there a tier and a score where it comes to that? */
function checkCategoryActions(subject: Subject, report: Report): void {
  const { document, pack, tiers } = subject;
  for (const [category, name] of pack.categories.entries()) {
    const promised = new Map<number, { rule: string; tier: TierRun }>();
    for (const tier of tiers) {
      if (tier.tables.marks[category] === UNREACHABLE) continue;
      for (const rule of tier.tables.rules) {
        const covers = rule.asl !== true && rule.rank > 0 && (rule.top === undefined || rule.top[category] === 1);
        if (covers && !promised.has(rule.rank)) promised.set(rule.rank, { rule: rule.name, tier });
      }
    }
    for (const [rank, { rule, tier }] of promised) {
      const happens = tiers.some(({ judgements }) =>
        judgements.some(({ outcome }) => outcome?.category === category && outcome.rank === rank),
      );
      if (happens) continue;
      const path = ["rules", document.policy.rules.findIndex((candidate) => candidate.name === rule)];
      const message = `${ACTIONS[rank]!} can never happen for ${name} in any tier, though rule ${rule} asks for it`;
      const example = whyNot(tier, category, rule);
      report("category-action-unreachable", "warning", path, message, `${shownSearch(tiers)}${example}`);
    }
  }
}

/** The first score of the category at which the rule's own condition holds, and what is decided there instead. */
function whyNot({ tables, probes, judgements }: TierRun, category: number, ruleName: string): string {
  const rule = tables.rules.find(({ name }) => name === ruleName)!;
  const bound = Math.max(rule.atLeast, tables.marks[category]!);
  const at = probes.vectors.findIndex(
    (vector) => vector[category]! >= bound && vector.every((score, slot) => score === 0 || slot === category),
  );
  return at < 0 ? "" : `; at ${tables.tier}: ${shownExample(probes.vectors[at]!, judgements[at]!)}`;
}

/** A mark is without effect when leaving it out changes no action. */
function checkMarks({ document, pack, tiers }: Subject, report: Report): void {
  for (const [name, byTier] of Object.entries(document.policy.thresholds)) {
    const category = pack.categories.indexOf(name);
    for (const { tables, probes, judgements } of tiers) {
      if (category < 0 || typeof byTier[tables.tier] !== "number" || tables.marks[category] === UNREACHABLE) continue;
      const without: TierTables = { ...tables, marks: tables.marks.with(category, UNREACHABLE) };
      const isDead = probes.vectors.every((vector, at) => judge(without, vector).rank === judgements[at]!.rank);
      if (!isDead) continue;
      const fires = tables.triggers.find((trigger) => trigger.category === category);
      const because = fires === undefined ? "" : `; the ASL trigger at ${shownScore(fires.atLeast)} decides`;
      const message = `changes no action at ${tables.tier}${because}`;
      const shown = `left out: same action for ${probes.vectors.length} distinct score combinations`;
      report("mark-without-effect", "warning", ["thresholds", name, tables.tier], message, shown);
    }
  }
}
