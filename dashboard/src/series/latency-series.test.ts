import fc from "fast-check";
import { expect, test } from "vitest";
import { latencySeries } from "./latency-series.ts";

test("seconds without a decision have no percentile", () => {
  const series = latencySeries(10);
  series.add(5, 100);
  expect(series.percentiles([0.5], 4, 4)[0]).toBeUndefined();
  expect(series.percentiles([0.5], 15, 10)[0]).toBeUndefined();
});

test("a second that came round again forgets the old latencies", () => {
  const series = latencySeries(10);
  series.add(5, 1000);
  series.add(15, 10);
  expect(series.percentiles([0.99], 15, 10)[0]).toBeLessThan(11);
});

test("a percentile is at most 4 % away from the true one", () => {
  const latency = fc.integer({ min: 1, max: 20_000_000 });
  fc.assert(
    fc.property(fc.array(latency, { minLength: 1, maxLength: 100 }), fc.constantFrom(0.5, 0.9, 0.99), (all, share) => {
      const series = latencySeries(60);
      all.forEach((latencyUs, index) => {
        series.add(1000 + (index % 60), latencyUs);
      });
      const sorted = [...all].sort((left, right) => left - right);
      const expected = sorted[Math.ceil(share * all.length) - 1] ?? 0;
      const got = series.percentiles([0.5, 0.9, 0.99], 1059, 60)[[0.5, 0.9, 0.99].indexOf(share)] ?? 0;
      expect(Math.abs(got - expected) / expected).toBeLessThan(0.04);
    }),
  );
});

test("what lies outside the range counts as its nearest bound", () => {
  const series = latencySeries(10);
  series.add(1, 0);
  expect(series.percentiles([0.5], 1, 1)[0]).toBe(1);
  series.add(2, 1e12);
  expect(series.percentiles([0.5], 2, 1)[0]).toBeGreaterThan(28_000_000);
});

test("a decision that stands for many counts as many", () => {
  const series = latencySeries(10);
  series.add(1, 10, 99);
  series.add(1, 1000);
  expect(series.percentiles([0.5, 0.99], 1, 1).every((value) => (value ?? 0) < 11)).toBe(true);
});
