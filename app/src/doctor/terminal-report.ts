/** What doctor found, for a person at a terminal: a line a check, and under a fault what is wrong and what to do. */
import { printable } from "../decision-line.ts";
import type { Paint, Tone } from "../paint.ts";
import { wrapText } from "../wrap-text.ts";
import type { CheckResult, CheckState } from "./check.ts";
import type { DoctorOptions } from "./doctor.ts";
import { DOCTOR } from "./doctor-event.ts";

export interface ReportOptions {
  readonly columns: number;
  readonly paint: Paint;
}

const TONE: Readonly<Record<CheckState, Tone>> = { pass: "good", warn: "caution", fail: "bad", skip: "quiet" };
const NAME_COLUMNS = 22;
const INDENT = 2 + 4 + 1 + NAME_COLUMNS + 1;

/** What is looked at, so that a wrong default shows before its findings do. */
export function openingLines(options: DoctorOptions, { columns, paint }: ReportOptions): string[] {
  const { server, dataDir, policy, pack, nats, isWriting } = options;
  const looked = [
    `server ${server.origin}`,
    `data ${dataDir}`,
    `policy ${policy}`,
    `pack ${pack ?? "that comes along"}`,
    `NATS ${nats === undefined ? "none" : "named"}`,
    isWriting ? `records events of ${DOCTOR}` : "records nothing",
  ];
  return [paint("strong", "Sluice doctor"), ...wrapText(looked.join("; "), { columns })];
}

export function resultLines(result: CheckResult, isFirstOfGroup: boolean, { columns, paint }: ReportOptions): string[] {
  const { check, group, state, detail, advice, does } = result;
  const below = (text: string) => wrapText(printable(text), { columns, indent: INDENT });
  const [first = "", ...others] = detail.split("\n").flatMap(below);
  const isFound = state === "warn" || state === "fail";
  const lines = [
    `  ${paint(TONE[state], state.padEnd(4))} ${check.padEnd(NAME_COLUMNS)} ${first.trimStart()}`,
    ...others,
    ...(isFound ? below(`(${does})`).map((line) => paint("quiet", line)) : []),
    ...(advice === undefined ? [] : below(`To do: ${advice}`).map((line) => paint("strong", line))),
  ];
  return isFirstOfGroup ? ["", paint("strong", group), ...lines] : lines;
}

export function summaryLines(results: readonly CheckResult[], { columns, paint }: ReportOptions): string[] {
  const count = (wanted: CheckState) => results.filter(({ state }) => state === wanted).length;
  const failed = results.filter(({ state }) => state === "fail").map(({ check }) => check);
  const counts = `${count("pass")} passed, ${count("warn")} warnings, ${failed.length} failed, ${count("skip")} skipped`;
  const verdict = failed.length > 0 ? `At fault: ${failed.join(", ")}. Begin with the first.` : "Nothing is at fault.";
  const tone = failed.length > 0 ? "bad" : count("warn") > 0 ? "caution" : "good";
  return ["", ...wrapText(`${counts}. ${verdict}`, { columns }).map((line) => paint(tone, line))];
}
