import fc from "fast-check";
import { expect, test } from "vitest";
import { packOf } from "../testing.ts";
import { reachOf } from "./reach.ts";

/** The scoring rule of docs/guides/detection.md §4, written out anew. */
function scoreOf(weights: readonly number[], reductions: readonly number[], strongWeight: number, strongFloor: number) {
  const factors = [65536, 52429, 41943, 33554, 26844, 21475, 17180, 13744];
  const heaviest = [...weights].sort((a, b) => b - a).slice(0, 8);
  const sum = heaviest.reduce((total, weight, index) => total + weight * factors[index]!, 0);
  const raw = Math.min(10_000, Math.floor(sum / 65_536));
  const lowered = Math.max(0, raw - reductions.reduce((total, value) => total + value, 0));
  const strongest = heaviest[0] ?? 0;
  const floor = strongest >= strongWeight ? Math.floor((strongest * strongFloor) / 10_000) : 0;
  return Math.max(lowered, Math.min(floor, raw));
}

test("every score that some rules and contexts give is among the reachable ones, and none lies above the highest", () => {
  const weight = fc.integer({ min: 100, max: 10_000 });
  const pick = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(weight, { minLength: 1, maxLength: 9 }),
      fc.array(weight, { maxLength: 3 }),
      pick,
      (rules, contexts, chosen) => {
        const strong = { strongWeight: 8_000, strongFloor: 6_000 };
        const reach = reachOf({
          ...packOf(
            ["a"],
            () => rules,
            () => contexts,
          ),
          scoring: strong,
        });
        const matched = rules.filter((_, index) => chosen[index]);
        const lowering = contexts.filter((_, index) => chosen[9 + index]);
        const score = scoreOf(matched, lowering, strong.strongWeight, strong.strongFloor);
        expect(reach.lowestIn(0, score, score + 1)).toBe(score);
        expect(score).toBeLessThanOrEqual(reach.max(0));
      },
    ),
  );
});

test("a single rule gives its weight or nothing", () => {
  const reach = reachOf(packOf(["a"], () => [6_000]));
  expect([reach.lowestIn(0, 1, 10_001), reach.highestIn(0, 0, 6_000), reach.max(0)]).toEqual([6_000, 0, 6_000]);
});

test("a category without rules reaches nothing", () => {
  const reach = reachOf(packOf(["a", "b"], (category) => (category === "a" ? [5_000] : [])));
  expect([0, 1, 2, 3].map((slot) => reach.max(slot))).toEqual([5_000, 0, 5_000, 0]);
});

test("a trained model gives every score up to the lower of its two tables, on the sides that it reads", () => {
  const table = (score: number) => [
    { at: 1, score: 0 },
    { at: 2, score },
  ];
  const head = { name: "a", category: 0, own: table(7_000), ceiling: table(5_000) };
  const model = { sha256: "", sides: ["prompt" as const], calibration: [], heads: [head] };
  const features = { rowBits: 8, charsMin: 0, charsMax: 0 };
  const joined = { ...packOf(["a"], () => [6_000]), model: { ...model, features } };
  const reach = reachOf(joined);
  expect([reach.lowestIn(0, 1, 10_001), reach.highestIn(0, 0, 6_000), reach.max(0)]).toEqual([1, 5_000, 6_000]);
  expect(reach.lowestIn(1, 1, 10_001)).toBe(6_000);
  expect(reachOf(joined, "rules").lowestIn(0, 1, 10_001)).toBe(6_000); // of a policy that does not hear it
});
