import fc from "fast-check";
import { expect, test } from "vitest";
import { riskTable } from "./risk.ts";

const calibration = fc.uniqueArray(fc.integer({ min: 1, max: 9_999 }), { maxLength: 6 }).chain((scores) => {
  const sorted = [0, ...scores.sort((a, b) => a - b), 10_000];
  const ratios = fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), {
    minLength: sorted.length,
    maxLength: sorted.length,
  });
  return ratios.map((list) => {
    const rising = list.sort((a, b) => a - b);
    return sorted.map((score, at) => ({ score, ratio: rising[at] as number }));
  });
});

test("risk never falls as the score rises and stays within 0 and 10,000", () => {
  fc.assert(
    fc.property(calibration, fc.integer({ min: 0, max: 10_000 }), (points, baseRate) => {
      const table = riskTable(points, baseRate);
      expect(table).toHaveLength(10_001);
      let before = 0;
      for (const risk of table) {
        if (risk < before || risk > 10_000) throw new Error(`${before} then ${risk}`);
        before = risk;
      }
    }),
    { numRuns: 20 },
  );
});

test("it is Bayes' rule in integers, rounded down", () => {
  const points = [
    { score: 0, ratio: 100 },
    { score: 10_000, ratio: 100_100 },
  ];
  const table = riskTable(points, 100);
  expect(table[0]).toBe(10); // 100·100 / (9900·1000 + 100·100) = 0.00101
  expect(table[5000]).toBe(3360); // ratio 50.1: 5010000 / 14910000
  expect(riskTable(points, 0)[10_000]).toBe(0);
  expect(riskTable(points, 10_000)[10_000]).toBe(10_000);
});

test("a base rate out of range is refused", () => {
  expect(() => riskTable([{ score: 0, ratio: 1 }], 10_001)).toThrow(
    expect.objectContaining({ code: "config-invalid" }),
  );
});
