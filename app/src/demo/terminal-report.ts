/** The demonstration for a person at a terminal: each decision with the comparison that made it, in 80 columns. */
import type { Action } from "@sluice/engine";
import { printable } from "../decision-line.ts";
import type { Paint, Tone } from "../paint.ts";
import { formatTable } from "../table.ts";
import { wrapText } from "../wrap-text.ts";
import { comparisonInWords } from "./comparison.ts";
import { expectationInWords, type Verdict } from "./expectation.ts";
import { baselineOf, compareTiers, groupsOf, type Outcome, totalsOf } from "./outcome.ts";
import type { DemoScenario } from "./scenarios.ts";
import type { DemoSystem, LedgerCheck } from "./system.ts";

export interface ReportOptions {
  readonly columns: number;
  readonly paint: Paint;
}

const ACTION_TONE: Readonly<Record<Action, Tone>> = {
  allow: "good",
  warn: "caution",
  redact: "caution",
  escalate: "caution",
  block: "bad",
};
const VERDICT_TONE: Readonly<Record<Verdict, Tone>> = { "as expected": "quiet", missed: "bad", "false alarm": "bad" };
const COMPARISON_COLUMNS = 34;
const FALSE_ALARMS_SHOWN = 5;

export function opening({ where, policy, pack }: DemoSystem, { columns, paint }: ReportOptions): string[] {
  return [
    paint("strong", "Sluice demonstration"),
    ...wrapText(
      `Runs on ${where}: policy ${policy.name} (${short(policy.hash)}), pack ${pack.name} (${short(pack.hash)}). Every ` +
        "outcome below was computed just now. What was wanted of each text was fixed before; where the rules fall " +
        "short of it, it says so.",
      { columns },
    ),
  ];
}

const short = (hash: string) => hash.slice(0, "sha256:".length + 8);

export function scenarioReport(scenario: DemoScenario, outcomes: readonly Outcome[], options: ReportOptions): string[] {
  const { columns, paint } = options;
  const head = ["", paint("strong", scenario.title), ...wrapText(scenario.about, { columns }), ""];
  const body =
    scenario.name === "baseline"
      ? baselineLines(outcomes, options)
      : [...groupsOf(outcomes)].flatMap(([group, members]) => groupLines(scenario, group, members, options));
  return [...head, ...body, ...summaryLines(scenario, outcomes, options)];
}

function groupLines(
  { name }: DemoScenario,
  group: string,
  members: readonly Outcome[],
  options: ReportOptions,
): string[] {
  const { columns, paint } = options;
  const isQuoted = name === "tiers";
  const [one] = members;
  const label = isQuoted && one !== undefined ? ` [${inWords(one.demoCase.label)}]` : "";
  const heading = wrapText(isQuoted ? `"${group}"${label}` : group, { columns, indent: 2 });
  const lines = members.flatMap((member) => caseLines(member, !isQuoted, options));
  const first = name === "incidents" ? [`    ${firstStep(members)}`] : [];
  return [...heading.map((line) => paint("strong", line)), ...lines, ...first, ""];
}

/** From when on somebody knew: what an escalating conversation is judged by. */
function firstStep(members: readonly Outcome[]): string {
  const first = members.find(({ decision }) => decision.action !== "allow");
  return first === undefined
    ? "nothing was done about any of it"
    : `first acted on at ${first.demoCase.lead} of ${members.length}: ${first.decision.action}`;
}

function caseLines(outcome: Outcome, isQuoted: boolean, { columns, paint }: ReportOptions): string[] {
  const { demoCase, decision, comparison, verdict, expectation } = outcome;
  const { action, asl } = decision;
  const compared = comparisonInWords(comparison, decision) + (asl === null ? "" : `, ASL-${asl.level}`);
  const wanted = verdict === "as expected" ? verdict : `${verdict}: wanted ${expectationInWords(expectation)}`;
  const cells = [
    `    ${demoCase.lead.padEnd(16)}`,
    paint(ACTION_TONE[action], action.padEnd(8)),
    `${compared.padEnd(COMPARISON_COLUMNS)} `,
    paint(VERDICT_TONE[verdict], wanted),
  ];
  const quote = `${printable(demoCase.event.prompt)} [${inWords(demoCase.label)}]`;
  const row = cells.join(" ");
  const plainLength = 31 + Math.max(COMPARISON_COLUMNS, compared.length) + 2 + wanted.length;
  const rows =
    plainLength <= columns
      ? [row]
      : [cells.slice(0, 3).join(" ").trimEnd(), `${" ".repeat(21)}${paint(VERDICT_TONE[verdict], wanted)}`];
  return isQuoted ? [...rows, ...wrapText(quote, { columns, indent: 21 }).map((line) => paint("quiet", line))] : rows;
}

const inWords = (label: string) => (label === "jailbreak_attempts" ? "jailbreak" : label);

function summaryLines(scenario: DemoScenario, outcomes: readonly Outcome[], options: ReportOptions): string[] {
  const { columns, paint } = options;
  const { events, asExpected, missed, falseAlarms, actions, aslTriggers } = totalsOf(outcomes);
  const taken = Object.entries(actions)
    .filter(([, count]) => count > 0)
    .map(([action, count]) => `${action} ${count}`);
  const asl = aslTriggers === 0 ? "" : `; ${aslTriggers} with an ASL trigger`;
  const sentences = [
    `${events} events: ${taken.join(", ")}${asl}.`,
    `${asExpected} as expected, ${missed} missed, ${falseAlarms} false alarms.`,
  ];
  if (scenario.name === "tiers") sentences.push(tierSentence(outcomes));
  const isShort = missed > 0 || falseAlarms > 0;
  return wrapText(sentences.join(" "), { columns, indent: 2 }).map((line) => paint(isShort ? "caution" : "good", line));
}

function tierSentence(outcomes: readonly Outcome[]): string {
  const { texts, differing, inverted } = compareTiers(outcomes);
  const order =
    inverted.length === 0
      ? "a stricter tier was never milder"
      : `a stricter tier was milder on: ${inverted.map((text) => `"${text}"`).join(", ")}`;
  return `The tiers differ on ${differing} of ${texts} texts; ${order}.`;
}

function baselineLines(outcomes: readonly Outcome[], { columns, paint }: ReportOptions): string[] {
  const rows = [...groupsOf(outcomes)].map(([group, members]) => {
    const { events, actions, falseAlarms } = totalsOf(members);
    const { allow, warn, redact, escalate, block } = actions;
    return [group, ...[events, allow, warn, redact, escalate, block, falseAlarms].map(String)];
  });
  const header = ["organisation", "events", "allow", "warn", "redact", "escalate", "block", "false alarms"];
  const { rate, distinctTexts } = baselineOf(outcomes);
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const [low, high] = rate.interval;
  const about =
    `False alarms: ${rate.count} of ${rate.total} (${percent(rate.value ?? 0)}; 95 % interval ${percent(low)} to ` +
    `${percent(high)}). The events are made from templates and hold ${distinctTexts} different texts; for a judgement ` +
    "on your own traffic use `sluice eval` or `sluice score`.";
  const alarms = outcomes.filter(({ verdict }) => verdict === "false alarm");
  const shown = [...new Map(alarms.map((alarm) => [alarm.demoCase.event.prompt, alarm])).values()];
  return [
    ...formatTable(header, rows).map((line) => `  ${line}`),
    "",
    ...wrapText(about, { columns, indent: 2 }),
    ...shown
      .slice(0, FALSE_ALARMS_SHOWN)
      .flatMap(({ demoCase, decision, comparison }) =>
        wrapText(
          `${decision.action} (${comparisonInWords(comparison, decision)}): ${printable(demoCase.event.prompt)}`,
          { columns, indent: 6, lead: "- " },
        ).map((line) => paint("quiet", line)),
      ),
    "",
  ];
}

/** One line a scenario. */
export function overview(
  scenarios: readonly { readonly name: string; readonly outcomes: readonly Outcome[] }[],
  { paint }: ReportOptions,
): string[] {
  const rows = scenarios.map(({ name, outcomes }) => {
    const { events, asExpected, missed, falseAlarms } = totalsOf(outcomes);
    return [name, ...[events, asExpected, missed, falseAlarms].map(String)];
  });
  const table = formatTable(["scenario", "events", "as expected", "missed", "false alarms"], rows);
  return ["", paint("strong", "In all"), ...table.map((line) => `  ${line}`)];
}

export function closing(check: LedgerCheck, { columns, paint }: ReportOptions): string[] {
  const { isOk, text } = checkInWords(check);
  return [
    "",
    paint("strong", "The record"),
    ...wrapText(text, { columns, indent: 2 }).map((line) => paint(isOk ? "good" : "bad", line)),
    "",
    paint("strong", "Next"),
    ...nextSteps(check).flatMap((step) => wrapText(step, { columns, indent: 4, lead: "- " })),
  ];
}

function checkInWords(check: LedgerCheck): { readonly isOk: boolean; readonly text: string } {
  if (check.kind === "looked-up") {
    const isOk = check.found === check.asked;
    const text = `${check.found} of ${check.asked} decisions were found again by their event id.`;
    return {
      isOk,
      text: isOk ? text : `${text} The others are missing: run \`sluice ledger verify\` beside the server.`,
    };
  }
  const { ok, records, chain, fault } = check.report;
  const text = ok
    ? `The ledger verifies: ${records} records in one chain, which ends in ${chain.slice(0, 16)}.`
    : `The ledger is BROKEN at record ${fault?.seq}: ${fault?.what}.`;
  return { isOk: ok, text: check.isKept || !ok ? text : `${text} It was temporary and has been removed.` };
}

function nextSteps(check: LedgerCheck): string[] {
  const own = "what would happen to your own text, and why: sluice check 'your own text' --tier enterprise";
  const policy = "what a policy can and cannot do: sluice policy lint default";
  if (check.kind === "looked-up") return ["these decisions in the browser: open the server's address", own, policy];
  const record = check.isKept
    ? `every record of this run: sluice ledger export --data ${check.directory}`
    : "a run whose ledger is kept, to look into it: sluice demo --data demo-data";
  return [own, record, "such traffic live in the browser: sluice serve --demo", policy];
}

/** For the exit code: 1 only when what was recorded does not verify. */
export const isSound = (check: LedgerCheck): boolean => checkInWords(check).isOk;
