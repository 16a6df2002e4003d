import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../random.ts";
import { bootstrapRanking } from "./bootstrap.ts";
import { auprc, auroc, countScores } from "./ranking.ts";
import { wilson } from "./wilson.ts";

describe("wilson", () => {
  // By hand: n = 10, p = 0.5, z² = 3.8415 gives centre 0.5 and half 1.96/1.38415 · sqrt(0.025 + 0.0096036) = 0.26341.
  test.each([
    [5, 10, 0.2366, 0.7634],
    [0, 20, 0, 0.1611],
    [20, 20, 0.8389, 1],
    [1, 100, 0.0018, 0.0545],
  ])("gives the known interval for %i of %i", (count, total, low, high) => {
    const { value, interval } = wilson(count, total);
    expect(value).toBe(count / total);
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  test("says nothing about a rate of no records", () => {
    expect(wilson(0, 0)).toEqual({ count: 0, total: 0, value: null, interval: [0, 1] });
  });
});

describe("auroc", () => {
  test.each([
    ["a perfect ranking is 1", [0.9, 0.8], [0.2, 0.1], 1],
    ["a reversed ranking is 0", [0.1], [0.9], 0],
    ["all tied is one half", [0.5, 0.5], [0.5, 0.5, 0.5], 0.5],
    ["3 of 4 pairs won is 0.75", [0.8, 0.4], [0.6, 0.2], 0.75],
    ["a tie counts half: (1 + 1 + 0.5 + 1) / 4", [0.8, 0.4], [0.4, 0.2], 0.875],
  ] as const)("%s", (_name, unsafe, safe, area) => expect(auroc(countScores(unsafe, safe))).toBeCloseTo(area, 12));

  test("is unknown without unsafe or without safe records", () => {
    expect(auroc(countScores([], [0.1]))).toBeNull();
    expect(auroc(countScores([0.1], []))).toBeNull();
  });

  test("equals the share of pairs won, counted one by one", () => {
    const scores = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(scores, scores, (unsafe, safe) => {
        let wins = 0;
        for (const high of unsafe) for (const low of safe) wins += high > low ? 1 : high === low ? 0.5 : 0;
        expect(auroc(countScores(unsafe, safe))).toBeCloseTo(wins / (unsafe.length * safe.length), 12);
      }),
    );
  });
});

describe("auprc", () => {
  // By hand: falling scores u 0.8, s 0.6, u 0.4, s 0.2: ½ · 1/1 + ½ · 2/3.
  test("sums precision where recall is gained", () => {
    expect(auprc(countScores([0.8, 0.4], [0.6, 0.2]))).toBeCloseTo(1 / 2 + 1 / 3, 12);
  });
  // By hand: at 0.8 one unsafe (precision 1); at 0.4 one unsafe and one safe together (precision 2/3).
  test("takes tied records together", () => {
    expect(auprc(countScores([0.8, 0.4], [0.4, 0.2]))).toBeCloseTo(1 / 2 + (1 / 2) * (2 / 3), 12);
  });
  test("of all tied is the share of unsafe records", () => {
    expect(auprc(countScores([1, 1], [1, 1, 1]))).toBeCloseTo(0.4, 12);
  });
});

describe("bootstrap", () => {
  const counts = countScores([0.9, 0.8, 0.7, 0.3], [0.6, 0.4, 0.3, 0.2, 0.1]);
  test("gives the same interval for the same seed, around the value", () => {
    const first = bootstrapRanking(counts, 400, seededRandom(7));
    expect(bootstrapRanking(counts, 400, seededRandom(7))).toEqual(first);
    const { value, interval } = first.auroc;
    expect(interval?.[0]).toBeLessThanOrEqual(value ?? 0);
    expect(interval?.[1]).toBeGreaterThanOrEqual(value ?? 1);
    expect((interval?.[1] ?? 0) - (interval?.[0] ?? 0)).toBeGreaterThan(0.05);
  });
  test("has no width when the classes never overlap", () => {
    expect(bootstrapRanking(countScores([1, 1], [0, 0]), 50, seededRandom(1)).auroc).toEqual({
      value: 1,
      interval: [1, 1],
    });
  });
  test("is silent without both classes", () => {
    expect(bootstrapRanking(countScores([1], []), 50, seededRandom(1)).auprc).toEqual({ value: null, interval: null });
  });
});
