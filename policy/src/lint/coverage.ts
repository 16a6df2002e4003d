/** Does the pack score what the policy speaks of, and does the policy speak of what the pack scores? */

import { UNREACHABLE } from "../tables.ts";
import type { Report } from "./finding.ts";
import { shownScore } from "./finding.ts";
import type { Subject } from "./subject.ts";

export function checkCoverage(subject: Subject, report: Report): void {
  const { document, pack, reach, tiers } = subject;
  const { policy } = document;
  const count = pack.categories.length;
  const maxOf = (category: string): number => {
    const index = pack.categories.indexOf(category);
    return index < 0 ? 0 : Math.max(reach.max(index), reach.max(count + index));
  };
  for (const category of Object.keys(policy.thresholds)) {
    if (maxOf(category) > 0) continue;
    const message = `pack ${pack.name} never scores ${category}, so none of its thresholds can be reached`;
    report("category-unscored", "warning", ["thresholds", category], message, "the pack has no rule for it");
  }
  for (const category of Object.keys(policy.second_opinion ?? {})) {
    if (maxOf(category) > 0) continue;
    const message = `pack ${pack.name} never scores ${category}, so nobody is asked about it`;
    report("category-unscored", "warning", ["second_opinion", category], message, "the pack has no rule for it");
  }
  for (const [level, { triggers }] of Object.entries(policy.asl)) {
    for (const [index, { category, at_least: atLeast }] of triggers.entries()) {
      const max = maxOf(category);
      if (max >= Math.round(atLeast * 10_000)) continue;
      const path = ["asl", level, "triggers", index];
      const message =
        max === 0
          ? `pack ${pack.name} never scores ${category}, so this trigger cannot fire`
          : `this trigger cannot fire: ${category} reaches ${shownScore(max)} at most`;
      report("trigger-unreachable", "warning", path, message, "by the heaviest rules of the pack");
    }
  }
  for (const [index, category] of pack.categories.entries()) {
    if (maxOf(category) === 0) continue;
    const open = tiers.filter(({ tables }) =>
      [index, count + index].every((slot) => tables.quietBelow[slot] === UNREACHABLE),
    );
    if (open.length === 0) continue;
    const names = open.map(({ tables }) => tables.tier).join(", ");
    const message = `pack ${pack.name} scores ${category}, but no threshold or trigger looks at it (${names})`;
    report("category-unguarded", "warning", ["thresholds"], message, `scores up to ${shownScore(maxOf(category))}`);
  }
}
