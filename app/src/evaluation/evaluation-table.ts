/** An evaluation as a table for a terminal: percent with 95 % intervals; `–` where a group has no such records. */
import type { Estimate } from "../statistics/bootstrap.ts";
import type { Rate } from "../statistics/wilson.ts";
import { formatTable } from "../table.ts";
import type { GroupReport } from "./evaluation.ts";

export function evaluationTable(reports: readonly GroupReport[]): string[] {
  const header = ["group", "unsafe", "safe", "recall %", "false alarms %", "AUROC", "AUPRC"];
  const section = (group: GroupReport["group"]) =>
    reports
      .filter((report) => report.group === group)
      .map((report) => [
        report.name,
        String(report.unsafe),
        String(report.safe),
        percent(report.recall),
        percent(report.falseAlarms),
        area(report.auroc) + (report.auroc.value !== null && report.against === "all" ? " *" : ""),
        area(report.auprc),
      ]);
  const lines = formatTable(header, [
    ...section("all"),
    [],
    ["by source"],
    ...section("source"),
    [],
    ["by category"],
    ...section("category"),
  ]);
  return [
    ...lines,
    "",
    "[ ] 95 % interval: Wilson for rates, bootstrap for areas.  * ranked against the safe records of all groups.",
  ];
}

function percent({ value, interval: [low, high] }: Rate): string {
  const shown = (share: number) => (100 * share).toFixed(1);
  return value === null ? "–" : `${shown(value)} [${shown(low)}, ${shown(high)}]`;
}

function area({ value, interval }: Estimate): string {
  return value === null || interval === null
    ? "–"
    : `${value.toFixed(3)} [${interval[0].toFixed(3)}, ${interval[1].toFixed(3)}]`;
}
