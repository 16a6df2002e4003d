import { describe, expect, test } from "vitest";
import { areas, calibrationError, curve, fitLogistic, type Scored, shareAbove, thresholdAt } from "./metrics.ts";

const record = (score: number, isUnsafe: boolean, weight = 1): Scored => ({ score, isUnsafe, weight });

describe("areas", () => {
  // By hand: falling u 0.8, s 0.6, u 0.4, s 0.2: 3 of 4 pairs won; ½ · 1 + ½ · 2/3.
  test("are the known ones for four records", () => {
    const { auroc, auprc } = areas([record(0.4, true), record(0.6, false), record(0.8, true), record(0.2, false)]);
    expect(auroc).toBeCloseTo(0.75, 12);
    expect(auprc).toBeCloseTo(1 / 2 + 1 / 3, 12);
  });
  test("count a tie half, and together", () => {
    const { auroc, auprc } = areas([record(1, true), record(1, false)]);
    expect(auroc).toBeCloseTo(0.5, 12);
    expect(auprc).toBeCloseTo(0.5, 12);
  });
  // By hand: the safe record at 0.6 weighs 3 of 4, so u 0.4 wins a quarter: (1 + 0.25) / 2; ½ · 1 + ½ · 2/5.
  test("follow the weights", () => {
    const { auroc, auprc } = areas([record(0.8, true), record(0.6, false, 3), record(0.4, true), record(0.2, false)]);
    expect(auroc).toBeCloseTo(0.625, 12);
    expect(auprc).toBeCloseTo(0.7, 12);
  });
});

describe("a curve", () => {
  // By hand: falling u 0.8, s 0.6, u 0.4, s 0.2.
  test("has the known points", () => {
    const records = [record(0.4, true), record(0.6, false), record(0.8, true), record(0.2, false)];
    expect(curve(records)).toEqual([
      { falseAlarms: 0, recall: 0.5, precision: 1 },
      { falseAlarms: 0.5, recall: 0.5, precision: 0.5 },
      { falseAlarms: 0.5, recall: 1, precision: 2 / 3 },
      { falseAlarms: 1, recall: 1, precision: 0.5 },
    ]);
    expect(curve([record(1, true)])).toEqual([]);
  });
});

describe("a threshold", () => {
  const safe = [0.9, 0.7, 0.7, 0.1].map((score) => record(score, false));
  test.each([
    [0.25, 0.9],
    [0.5, 0.9], // the tie at 0.7 would make it 0.75
    [0.75, 0.7],
    [0.1, Number.POSITIVE_INFINITY],
  ])("for %d false alarms is %d", (rate, threshold) => expect(thresholdAt(safe, rate)).toBe(threshold));
  test("gives the share at or above it", () => expect(shareAbove(safe, 0.7)).toBe(0.75));
});

describe("calibration", () => {
  const chance = (score: number) => 1 / (1 + Math.exp(-(2 * score - 1)));
  const records = Array.from({ length: 81 }, (_, step) => -4 + step / 10).flatMap((score) => [
    record(score, true, chance(score)),
    record(score, false, 1 - chance(score)),
  ]);
  test("finds the slope and intercept that made the labels", () => {
    const { slope, intercept } = fitLogistic(records);
    expect(slope).toBeCloseTo(2, 3);
    expect(intercept).toBeCloseTo(-1, 3);
  });
  test("has no error when chances are right, and the distance when they are not", () => {
    expect(calibrationError(records.map((one) => ({ ...one, score: chance(one.score) })))).toBeLessThan(0.01);
    const sure = Array.from({ length: 40 }, (_, index) => record(0.9, index % 2 === 0));
    expect(calibrationError(sure)).toBeCloseTo(0.9 - 0.5, 12);
  });
});
