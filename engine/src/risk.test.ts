import type { Scan } from "@sluice/core-wasm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { riskReader, riskTable } from "./risk.ts";

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

test("with a trained model the larger of its risk and the rules' counts", () => {
  const points = (top: number) => [
    { score: 0, ratio: 500 },
    { score: 10_000, ratio: top },
  ];
  const features = { rowBits: 8, charsMin: 0, charsMax: 0 };
  const model = { sha256: "", features, sides: [], heads: [], calibration: points(90_000) };
  const pack = { calibration: points(10_000), model };
  const risks = riskReader(pack, 200);
  const scan = (rulesLargest: number, overall: number) =>
    ({ scored: rulesLargest + overall > 0, scores: Int32Array.of(9_999), model: { rulesLargest, overall } }) as Scan;
  const ofRules = riskTable(pack.calibration, 200);
  const ofModel = riskTable(model.calibration, 200);
  expect(risks.of(scan(0, 0))).toBe(risks.quiet);
  expect(risks.of(scan(8_000, 0))).toBe(ofRules[8_000]);
  expect(risks.of(scan(8_000, 10))).toBe(ofRules[8_000]);
  expect(risks.of(scan(100, 8_000))).toBe(ofModel[8_000]);
  expect(riskReader({ calibration: pack.calibration }, 200).of(scan(1, 0))).toBe(ofRules[9_999]);
});
