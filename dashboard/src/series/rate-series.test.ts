import fc from "fast-check";
import { expect, test } from "vitest";
import { ACTIONS } from "../decisions/actions.ts";
import { rateSeries } from "./rate-series.ts";

test("a second that came round again starts from nothing", () => {
  const series = rateSeries(10);
  series.add(5, "block");
  series.add(15, "block");
  expect(series.columns(15, 10)[4]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test("an event older than the ring is left out", () => {
  const series = rateSeries(10);
  series.add(15, "allow");
  series.add(5, "allow");
  expect(series.mean(15, 10)).toBe(0.1);
});

test("cleared, it holds nothing", () => {
  const series = rateSeries(10);
  series.add(5, "allow");
  series.clear();
  expect(series.mean(5, 5)).toBe(0);
});

test("columns and mean agree with counting by hand, in any order within the ring", () => {
  const event = fc.tuple(fc.integer({ min: 100, max: 119 }), fc.constantFrom(...ACTIONS));
  fc.assert(
    fc.property(fc.array(event, { maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (events, seconds) => {
      const series = rateSeries(20);
      for (const [second, action] of events) series.add(second, action);
      const inside = events.filter(([second]) => second > 119 - seconds);
      expect(series.mean(119, seconds)).toBeCloseTo(inside.length / seconds);
      const sums = series.columns(119, seconds).map((column) => column.reduce((sum, count) => sum + count, 0));
      expect(sums).toEqual(ACTIONS.map((wanted) => inside.filter(([, action]) => action === wanted).length));
    }),
  );
});
