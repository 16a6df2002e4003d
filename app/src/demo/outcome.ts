/** What became of each case, and what a whole scenario comes to. Everything is counted from decisions. */
import { ACTIONS, type Action, type Decision, type PolicyPart } from "@sluice/engine";
import { type Rate, wilson } from "../statistics/wilson.ts";
import { type Comparison, decidingComparison } from "./comparison.ts";
import { type Expectation, expected, type Verdict, verdictOn } from "./expectation.ts";
import type { DemoCase, DemoScenario } from "./scenarios.ts";
import { TIERS } from "./texts.ts";

export interface Outcome {
  readonly demoCase: DemoCase;
  readonly decision: Decision;
  readonly comparison: Comparison | undefined;
  readonly expectation: Expectation;
  readonly verdict: Verdict;
}

export function outcomesOf(
  { cases }: DemoScenario,
  decisions: readonly Decision[],
  thresholds: PolicyPart["thresholds"],
): readonly Outcome[] {
  return cases.flatMap((demoCase, at) => {
    const decision = decisions[at];
    if (decision === undefined) return [];
    const expectation = expected(demoCase.label, demoCase.event.tier);
    const verdict = verdictOn(decision.action, expectation);
    return [{ demoCase, decision, comparison: decidingComparison(decision, thresholds), expectation, verdict }];
  });
}

export interface Totals {
  readonly events: number;
  readonly actions: Readonly<Record<Action, number>>;
  readonly asExpected: number;
  readonly missed: number;
  readonly falseAlarms: number;
  readonly aslTriggers: number;
}

export function totalsOf(outcomes: readonly Outcome[]): Totals {
  const withVerdict = (wanted: Verdict) => outcomes.filter(({ verdict }) => verdict === wanted).length;
  const actions = Object.fromEntries(
    ACTIONS.map((action) => [action, outcomes.filter(({ decision }) => decision.action === action).length]),
  ) as Record<Action, number>;
  return {
    events: outcomes.length,
    actions,
    asExpected: withVerdict("as expected"),
    missed: withVerdict("missed"),
    falseAlarms: withVerdict("false alarm"),
    aslTriggers: outcomes.filter(({ decision }) => decision.asl !== null).length,
  };
}

export function groupsOf(outcomes: readonly Outcome[]): ReadonlyMap<string, readonly Outcome[]> {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const { group } = outcome.demoCase;
    const members = groups.get(group) ?? [];
    members.push(outcome);
    groups.set(group, members);
  }
  return groups;
}

export interface TierComparison {
  readonly texts: number;
  /** Texts on which at least two tiers took different actions. */
  readonly differing: number;
  /** Texts on which a stricter tier was milder than a freer one: there should be none. */
  readonly inverted: readonly string[];
}

export function compareTiers(outcomes: readonly Outcome[]): TierComparison {
  const groups = [...groupsOf(outcomes)];
  const severities = (members: readonly Outcome[]) =>
    TIERS.map((tier) => members.find(({ demoCase }) => demoCase.event.tier === tier)).map((one) =>
      one === undefined ? 0 : ACTIONS.indexOf(one.decision.action),
    );
  const isInverted = (members: readonly Outcome[]) =>
    severities(members).some((severity, at, all) => severity < (all[at + 1] ?? 0));
  return {
    texts: groups.length,
    differing: groups.filter(([, members]) => new Set(severities(members)).size > 1).length,
    inverted: groups.filter(([, members]) => isInverted(members)).map(([group]) => group),
  };
}

export interface Baseline {
  readonly rate: Rate;
  /** Events are made from templates: so many different texts they hold. */
  readonly distinctTexts: number;
}

export function baselineOf(outcomes: readonly Outcome[]): Baseline {
  const texts = outcomes.map(({ demoCase }) => `${demoCase.event.prompt}\n${demoCase.event.completion}`);
  return { rate: wilson(totalsOf(outcomes).falseAlarms, outcomes.length), distinctTexts: new Set(texts).size };
}
