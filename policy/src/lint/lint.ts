/**
 * Finds where a policy does not do what it says. Nothing is guessed: each finding has an example, or rests on having
 * gone through every distinct combination of the scores that the pack can give (probes.ts, reach.ts).
 */
import type { PackInfo } from "@sluice/core-wasm";
import type { PolicyDocument } from "../document.ts";
import { checkActions, checkAdditions, checkMonotone } from "./actions.ts";
import { checkCoverage } from "./coverage.ts";
import { type LintFinding, reporter } from "./finding.ts";
import { checkLadders } from "./ladders.ts";
import { checkRules } from "./rules.ts";
import { subjectOf } from "./subject.ts";
import { checkTiers } from "./tiers.ts";

/** @returns findings in the order of the file; none for a policy in which everything written can happen. */
export function lintPolicy(document: PolicyDocument, pack: PackInfo): LintFinding[] {
  const findings: LintFinding[] = [];
  const report = reporter(document, findings);
  const subject = subjectOf(document, pack);
  for (const check of [
    checkCoverage,
    checkLadders,
    checkRules,
    checkActions,
    checkMonotone,
    checkAdditions,
    checkTiers,
  ]) {
    check(subject, report);
  }
  return findings.sort((a, b) => a.line - b.line || a.column - b.column);
}
