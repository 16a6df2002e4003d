import type { Metric } from "@sluice/engine";
import { expect, test } from "vitest";
import { exposition } from "./exposition.ts";

const gauge = (name: string, source: string, value: number): Metric => ({
  name,
  help: `A "quoted" \\ help.`,
  type: "gauge",
  samples: [{ labels: { source }, value }],
});

test("families of one name from several parts are one, and odd label values are escaped", () => {
  const text = exposition([gauge("up", "a\n", 1), gauge("other", "x", 0.5), gauge("up", 'b"\\', Infinity)], false);
  expect(text.split("\n")).toEqual([
    '# HELP up A "quoted" \\\\ help.',
    "# TYPE up gauge",
    'up{source="a\\n"} 1',
    'up{source="b\\"\\\\"} +Inf',
    '# HELP other A "quoted" \\\\ help.',
    "# TYPE other gauge",
    'other{source="x"} 0.5',
    "",
  ]);
});

test("OpenMetrics names a counter's family without its ending, escapes quotes in help, and says where it ends", () => {
  const counter: Metric = { name: "seen_total", help: 'A "word".', type: "counter", samples: [{ value: 1e21 }] };
  expect(exposition([counter], true)).toBe('# HELP seen A \\"word\\".\n# TYPE seen counter\nseen_total 1e+21\n# EOF\n');
});

test("a histogram ends with all values, its sum and its count", () => {
  const sample = { labels: { route: "/x" }, buckets: [{ upTo: 0.1, count: 2 }], sum: 5.5, count: 3 };
  const text = exposition([{ name: "took_seconds", help: "Time.", type: "histogram", samples: [sample] }], false);
  expect(text.split("\n").slice(2, -1)).toEqual([
    'took_seconds_bucket{route="/x",le="0.1"} 2',
    'took_seconds_bucket{route="/x",le="+Inf"} 3',
    'took_seconds_sum{route="/x"} 5.5',
    'took_seconds_count{route="/x"} 3',
  ]);
});

test("two parts that give one name two types are our own mistake", () => {
  const counter: Metric = { name: "up", help: "Up.", type: "counter", samples: [] };
  expect(() => exposition([gauge("up", "a", 1), counter], false)).toThrow(/one type/);
});
