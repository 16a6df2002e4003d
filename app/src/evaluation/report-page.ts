/**
 * An evaluation as one HTML page that needs nothing beside itself: no script, no font, no address. Tables carry every
 * figure; the curves are drawn as SVG.
 */
import type { Estimate } from "../statistics/bootstrap.ts";
import type { Rate } from "../statistics/wilson.ts";
import type { CurvePoint } from "./curves.ts";
import type { GroupReport } from "./evaluation.ts";
import type { EvaluationReport, NamedCurve } from "./evaluation-report.ts";
import type { ObfuscationReport } from "./obfuscation-loss.ts";
import type { ThresholdReport } from "./threshold-rates.ts";

const STYLE = `:root{color-scheme:light dark;--ink:#1d2430;--paper:#fff;--faint:#6b7482;--line:#d8dde5;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ef;--paper:#14181f;--faint:#9aa4b2;--line:#333b47;--bad:#ff8a80}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);
max-width:72rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.2rem}
p,dd{color:var(--faint)}code{font-size:.85em;overflow-wrap:anywhere}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.85rem}
th,td{padding:.25rem .7rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child,td:first-child{text-align:left}td small{color:var(--faint)}.bad{color:var(--bad);font-weight:600}
.charts{display:flex;flex-wrap:wrap;gap:2rem}svg{width:100%;max-width:30rem;height:auto}
svg text{fill:var(--faint);font-size:11px}svg .grid{stroke:var(--line)}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1rem;font-size:.85rem}
.legend i{display:inline-block;width:1rem;height:3px;margin-right:.4rem;vertical-align:middle}`;
/** Told apart by eyes that confuse red and green too (Okabe and Ito, 2008); the first is for all records. */
const COLOURS = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#cc79a7",
  "#d55e00",
  "#56b4e9",
  "#8a7f00",
  "#7b4fc9",
  "#888888",
] as const;

const SIZE = 400;
const MARGIN = 40;

export function reportPage(report: EvaluationReport): string {
  const of = (group: GroupReport["group"]) => report.groups.filter((one) => one.group === group);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Evaluation</title><style>${STYLE}</style></head><body>
<h1>Evaluation of ${report.records.toLocaleString("en")} labelled records</h1>
<p>Tier ${escaped(report.tier)}, policy <code>${escaped(report.policy)}</code>,
pack <code>${escaped(report.pack)}</code>.
${report.unlabelled} records without a label and ${report.faults.length} faulty ones were left out.
Small figures are 95 % intervals.</p>
<h2>All records</h2>${groupTable(of("all"))}
<h2>Curves</h2>${curves(report.curves)}
<h2>By category</h2>${groupTable(of("category"))}
<h2>By source</h2>${groupTable(of("source"))}
<p>* ranked against the safe records of all groups: the group has none of its own.</p>
<h2>False alarms by source</h2>${thresholdTable(report.thresholds)}
<h2>Rewritten text</h2>${obfuscationTable(report.obfuscation)}
</body></html>
`;
}

function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => names[character] ?? character);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: string) => row.map((cell) => `<${tag}>${cell}</${tag}>`).join("");
  const body = rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("\n");
  return `<div class="scroll"><table><thead><tr>${cells(header, "th")}</tr></thead><tbody>\n${body}</tbody></table></div>`;
}

function percent({ value, interval: [low, high] }: Rate): string {
  if (value === null) return "–";
  return `${(100 * value).toFixed(1)} <small>${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}</small>`;
}

function area({ value, interval }: Estimate): string {
  if (value === null || interval === null) return "–";
  return `${value.toFixed(3)} <small>${interval[0].toFixed(3)}–${interval[1].toFixed(3)}</small>`;
}

function groupTable(groups: readonly GroupReport[]): string {
  return table(
    ["group", "unsafe", "safe", "recall %", "false alarms %", "AUROC", "AUPRC"],
    groups.map((group) => [
      escaped(group.name),
      String(group.unsafe),
      String(group.safe),
      percent(group.recall),
      percent(group.falseAlarms),
      area(group.auroc) + (group.against === "all" && group.auroc.value !== null ? " *" : ""),
      area(group.auprc),
    ]),
  );
}

function thresholdTable(thresholds: readonly ThresholdReport[]): string {
  const [own] = thresholds;
  if (own === undefined) return "<p>No source has 100 safe records or more.</p>";
  const share = (value: number) => `${(100 * value).toFixed(1)} %`;
  const rows = own.sources.map(({ source }, index) => [
    escaped(source),
    String(own.sources[index]?.falseAlarms.total ?? 0),
    ...thresholds.map(({ sources }) => {
      const rate = sources[index]?.falseAlarms;
      return rate === undefined ? "–" : percent(rate);
    }),
  ]);
  const row = (name: string, cell: (threshold: ThresholdReport) => string) => [name, "", ...thresholds.map(cell)];
  return table(
    ["source", "safe", ...thresholds.map(({ wanted }) => (wanted === null ? "policy" : `wanted ${share(wanted)}`))],
    [
      ...rows,
      row("mean over sources", ({ obtained }) => (100 * obtained).toFixed(2)),
      row("recall of all unsafe", ({ recall }) => percent(recall)),
      row("flagged from risk", ({ risk, wanted }) => (wanted === null ? "" : (risk?.toFixed(4) ?? "none"))),
    ],
  );
}

function obfuscationTable(reports: readonly ObfuscationReport[]): string {
  return table(
    ["kind", "records", "AUROC", "lost", "at most", "recall %", "false alarms %"],
    reports.map(({ kind, records, auroc, loss, lossMax, recall, falseAlarms }) => {
      const isOver = loss !== null && lossMax !== null && loss > lossMax;
      const lost = loss === null || kind === "none" ? "–" : loss.toFixed(3);
      return [
        kind,
        String(records),
        area(auroc),
        isOver ? `<span class="bad">${lost}</span>` : lost,
        lossMax?.toFixed(2) ?? "–",
        percent(recall),
        percent(falseAlarms),
      ];
    }),
  );
}

function curves(named: readonly NamedCurve[]): string {
  const legend = named.map(
    ({ name }, index) => `<span><i style="background:${colour(index)}"></i>${escaped(name)}</span>`,
  );
  const roc = chart(
    named,
    "share of safe records flagged",
    "recall",
    ({ falseAlarms, recall }) => [falseAlarms, recall],
    true,
  );
  const precision = chart(named, "recall", "precision", (point) => [point.recall, point.precision], false);
  return `<div class="legend">${legend.join("")}</div><div class="charts">${roc}${precision}</div>`;
}

const colour = (index: number) => COLOURS[index % COLOURS.length] ?? COLOURS[0];

function chart(
  named: readonly NamedCurve[],
  across: string,
  up: string,
  place: (point: CurvePoint) => readonly [number, number],
  fromOrigin: boolean,
): string {
  const x = (value: number) => (MARGIN + value * SIZE).toFixed(1);
  const y = (value: number) => (MARGIN / 2 + (1 - value) * SIZE).toFixed(1);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (mark) => `<path class="grid" d="M${x(mark)} ${y(0)}V${y(1)}M${x(0)} ${y(mark)}H${x(1)}" fill="none"/>
<text x="${x(mark)}" y="${Number(y(0)) + 14}" text-anchor="middle">${mark}</text>
<text x="${MARGIN - 6}" y="${Number(y(mark)) + 4}" text-anchor="end">${mark}</text>`,
  );
  const lines = named.map(({ points }, index) => {
    const steps = points.map((point) => place(point)).map(([a, b]) => `${x(a)} ${y(b)}`);
    const path = (fromOrigin ? [`${x(0)} ${y(0)}`, ...steps] : steps).join("L");
    return `<path d="M${path}" fill="none" stroke="${colour(index)}" stroke-width="${index === 0 ? 3 : 1.5}"/>`;
  });
  const [width, height] = [SIZE + MARGIN + 10, SIZE + MARGIN + 20];
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(`${up} by ${across}`)}">
${grid.join("\n")}
${lines.reverse().join("\n")}
<text x="${MARGIN + SIZE / 2}" y="${height - 6}" text-anchor="middle">${escaped(across)}</text>
<text x="12" y="${MARGIN / 2 + SIZE / 2}" text-anchor="middle" transform="rotate(-90 12 ${MARGIN / 2 + SIZE / 2})">${escaped(up)}</text>
</svg>`;
}
