import fc from "fast-check";
import { expect, test } from "vitest";
import { createHistogram } from "./histogram.ts";
import { createLatencies } from "./latency.ts";

test("a histogram counts each value under every bound that is not below it", () => {
  const bounds = [1, 10, 100];
  fc.assert(
    fc.property(fc.array(fc.nat(200)), (values) => {
      const histogram = createHistogram(bounds);
      for (const value of values) histogram.observe(value);
      const { buckets, sum, count } = histogram.sample();
      expect(count).toBe(values.length);
      expect(sum).toBe(values.reduce((total, value) => total + value, 0));
      expect(buckets).toEqual(bounds.map((upTo) => ({ upTo, count: values.filter((value) => value <= upTo).length })));
    }),
  );
});

test("latencies give the same histogram whenever it is asked for, and lose none between", () => {
  const latencies = createLatencies();
  for (const us of [3, 5, 7, 7, 30, 20_000, 2_000_000]) latencies.accept(us);
  latencies.summary();
  latencies.accept(7);
  for (let asked = 0; asked < 2; asked += 1) {
    const { buckets, sum, count } = latencies.histogram();
    expect(count).toBe(8);
    expect(sum).toBeCloseTo(2.020_059, 9);
    const upTo = (seconds: number) => buckets.find((bucket) => bucket.upTo === seconds)?.count;
    expect([upTo(5e-6), upTo(1e-5), upTo(2.5e-2), upTo(1)]).toEqual([2, 5, 7, 7]);
  }
});
