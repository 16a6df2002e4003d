import { expect, test } from "vitest";
import { decisionOf } from "../decisions/decision-sample.ts";
import { RISK_MAP, riskMap, SPAN } from "./risk-map.ts";

const scored = (tier: string, prompt: Record<string, number>, completion: Record<string, number> = {}, more = {}) =>
  decisionOf({ tier, scores: { prompt, completion }, ...more });

test("a decision counts once a category, with the higher of its two sides", () => {
  const map = riskMap();
  map.add(scored("general", { cbrn: 0.2 }, { cbrn: 0.4, hate: 0.1 }, { action: "block" }), 0, 1);
  map.add(scored("general", { cbrn: 0.2 }), 0, 1);
  map.add(decisionOf({ tier: "minor" }), 0, 1);
  const view = map.view(0);
  expect(view.categories).toEqual(["cbrn", "hate"]);
  expect(view).toMatchObject({ tiers: ["general", "minor"], tierCounts: [2, 1] });
  const [cbrn] = view.cells;
  expect(cbrn).toMatchObject({ category: "cbrn", tier: "general", count: 2, severe: 1 });
  expect(cbrn?.mean).toBeCloseTo(0.3);
});

test("a sampled decision counts for those that it stands for, and keeps its mean", () => {
  const map = riskMap();
  map.add(scored("general", { cbrn: 0.5 }), 0, 4);
  expect(map.view(0).cells).toEqual([{ category: "cbrn", tier: "general", count: 4, mean: 0.5, severe: 0 }]);
});

test("after the span nothing is left", () => {
  const map = riskMap();
  map.add(scored("general", { cbrn: 0.5 }), 0, 1);
  expect(map.view(SPAN.buckets * SPAN.bucketMs).cells).toEqual([]);
});

test("more tiers and categories than the bounds are counted as other", () => {
  const map = riskMap();
  for (let index = 0; index < 100; index += 1) map.add(scored(`t${index}`, { [`c${index}`]: 0.5 }), 0, 1);
  const view = map.view(0);
  expect(view.tiers).toHaveLength(RISK_MAP.tiersMax + 1);
  expect(view.categories).toHaveLength(RISK_MAP.categoriesMax + 1);
  expect(view.tierCounts.reduce((sum, count) => sum + count, 0)).toBe(100);
});
