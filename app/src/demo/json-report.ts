/** The demonstration for programs: one NDJSON line an outcome, a summary a scenario, and the check of the record. */
import { baselineOf, compareTiers, type Outcome, totalsOf } from "./outcome.ts";
import type { DemoScenario } from "./scenarios.ts";
import type { DemoSystem, LedgerCheck } from "./system.ts";

export const systemRecord = ({ where, policy, pack }: DemoSystem) => ({ type: "system", where, policy, pack });

export function outcomeRecord({ name }: DemoScenario, outcome: Outcome) {
  const { demoCase, decision, comparison, expectation, verdict } = outcome;
  const { event_id, org_id, tier, action, severity, risk, scores, asl, reasons } = decision;
  return {
    type: "outcome",
    scenario: name,
    group: demoCase.group,
    lead: demoCase.lead,
    label: demoCase.label,
    ...{ event_id, org_id, tier, action, severity, risk, scores, asl, reasons },
    comparison: comparison ?? null,
    wanted: expectation,
    verdict,
  };
}

export function summaryRecord({ name }: DemoScenario, outcomes: readonly Outcome[]) {
  return {
    type: "summary",
    scenario: name,
    ...totalsOf(outcomes),
    ...(name === "tiers" ? { tiers: compareTiers(outcomes) } : {}),
    ...(name === "baseline" ? baselineOf(outcomes) : {}),
  };
}

export const ledgerRecord = (check: LedgerCheck) => ({ type: "ledger", ...check });
