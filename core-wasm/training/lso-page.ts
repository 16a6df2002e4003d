/** A leave-source-out report as one HTML page that needs nothing beside itself: the lines of the report, and curves. */
import { type LsoReport, lsoLines } from "./lso-report.ts";
import type { CurvePoint } from "./metrics.ts";

const STYLE = `:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
pre{overflow-x:auto;font-size:.85rem}
.charts{display:flex;flex-wrap:wrap;gap:2rem}
svg{width:100%;max-width:28rem;height:auto;color:#777}
svg text{fill:currentColor;font-size:11px}`;
const COLOURS = { even: "#0072b2", pooled: "#e69f00" } as const;
const SIZE = 360;
const MARGIN = 40;

export function lsoPage(report: LsoReport): string {
  const lines = lsoLines(report).join("\n").replace(/&/g, "&amp;").replace(/</g, "&lt;");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Leave-source-out</title><style>${STYLE}</style></head><body>
<h1>Leave-source-out</h1>
<p>Blue: every source counts alike. Orange: every record counts alike.</p>
<div class="charts">
${chart(report, "share of safe flagged", "recall", ({ falseAlarms, recall }) => [falseAlarms, recall])}
${chart(report, "recall", "precision", ({ recall, precision }) => [recall, precision])}
</div>
<pre>${lines}</pre>
</body></html>
`;
}

type Place = (point: CurvePoint) => readonly [number, number];

function chart({ curves }: LsoReport, across: string, up: string, place: Place): string {
  const x = (value: number) => (MARGIN + value * SIZE).toFixed(1);
  const y = (value: number) => (10 + (1 - value) * SIZE).toFixed(1);
  const marks = [0, 0.25, 0.5, 0.75, 1].map((mark) => {
    return `<path d="M${x(mark)} ${y(0)}V${y(1)}M${x(0)} ${y(mark)}H${x(1)}" stroke="currentColor" opacity=".25"/>
<text x="${x(mark)}" y="${SIZE + 24}" text-anchor="middle">${mark}</text>
<text x="${MARGIN - 6}" y="${y(mark)}" text-anchor="end" dominant-baseline="middle">${mark}</text>`;
  });
  const lines = (["pooled", "even"] as const).map((name) => {
    const steps = curves[name].map(place).map(([a, b]) => `${x(a)} ${y(b)}`);
    return `<path d="M${steps.join("L")}" fill="none" stroke="${COLOURS[name]}" stroke-width="2"/>`;
  });
  return `<svg viewBox="0 0 ${SIZE + MARGIN + 10} ${SIZE + MARGIN + 10}" role="img" aria-label="${up} by ${across}">
${[...marks, ...lines].join("\n")}
<text x="${MARGIN + SIZE / 2}" y="${SIZE + 42}" text-anchor="middle">${across}</text>
<text x="10" y="${SIZE / 2}" text-anchor="middle" transform="rotate(-90 10 ${SIZE / 2})">${up}</text>
</svg>`;
}
