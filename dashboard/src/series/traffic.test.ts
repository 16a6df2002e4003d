import { expect, test } from "vitest";
import { decisionOf } from "../decisions/decision-sample.ts";
import { CHART_SECONDS, traffic } from "./traffic.ts";

const startMs = Date.parse("2026-01-01T00:00:00.000Z");
const at = (ms: number) => decisionOf({ decided_at: new Date(ms).toISOString(), latency_us: 100 });

test("a decision counts in its own second once that second is over", () => {
  const seen = traffic();
  seen.take(at(startMs + 500), startMs + 500);
  expect(seen.pulse(startMs + 900).perSecond).toBe(0);
  expect(seen.pulse(startMs + 1000).perSecond).toBe(0.2);
  expect(seen.chart(startMs + 1000).counts[0]?.at(-1)).toBe(1);
});

test("a server whose clock is an hour behind or ahead still has its last second at the end of the chart", () => {
  for (const aheadMs of [-3_600_000, 3_600_000]) {
    const seen = traffic();
    seen.take(at(startMs + aheadMs), startMs);
    expect(seen.chart(startMs + 1000).counts[0]?.at(-1)).toBe(1);
  }
});

test("the chart grows from its least to its most seconds", () => {
  const seen = traffic();
  expect(seen.chart(startMs).seconds).toHaveLength(CHART_SECONDS.least);
  seen.take(at(startMs), startMs);
  expect(seen.chart(startMs + 100_000).seconds).toHaveLength(100);
  expect(seen.chart(startMs + 9_000_000).seconds).toHaveLength(CHART_SECONDS.most);
});

test("a decision without a time that can be read is left out", () => {
  const seen = traffic();
  seen.take(decisionOf({ decided_at: "yesterday" }), startMs);
  expect(seen.pulse(startMs + 1000)).toEqual({ perSecond: 0, p50Us: undefined, p90Us: undefined, p99Us: undefined });
});

test("cleared, it begins anew", () => {
  const seen = traffic();
  seen.take(at(startMs), startMs);
  seen.clear();
  expect(seen.pulse(startMs + 1000).p50Us).toBeUndefined();
});
