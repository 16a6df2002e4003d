import type { Comparison } from "@sluice/engine";
import { expect, test } from "vitest";
import { comparisonsInOrder, marksOf } from "./comparisons.ts";

const one = (different: Partial<Comparison>): Comparison => ({
  ...{ code: "threshold", tier: "general", field: "prompt", category: "cbrn", met: false },
  ...{ score: null, threshold: 0.5, margin: null },
  ...different,
});

test("what was met comes first, then what came near, and scores that are none stand apart", () => {
  const far = one({ score: 0.1, margin: -0.4 });
  const near = one({ score: 0.45, margin: -0.05 });
  const met = one({ score: 0.9, margin: 0.4, met: true });
  const none = one({});
  const rule = one({ code: "action-rule", rule: "r", threshold: null });
  expect(comparisonsInOrder([none, far, rule, near, met])).toEqual({ telling: [met, near, far, rule], rest: [none] });
});

test("marks are the thresholds of that category and side, lowest first, the strictest tier's of each action", () => {
  const comparisons = [
    one({ action: "block", threshold: 0.8 }),
    one({ action: "warn", threshold: 0.2 }),
    one({ action: "block", threshold: 0.6, tier: "minor" }),
    one({ action: "warn", threshold: 0.1, field: "completion" }),
    one({ action: "warn", threshold: 0.1, category: "hate" }),
    one({ code: "asl-trigger", threshold: 0.1 }),
  ];
  expect(marksOf(comparisons, "cbrn", "prompt")).toEqual([
    { action: "warn", value: 0.2 },
    { action: "block", value: 0.6 },
  ]);
});
