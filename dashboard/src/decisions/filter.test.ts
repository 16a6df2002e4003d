import fc from "fast-check";
import { expect, test } from "vitest";
import { ACTIONS } from "./actions.ts";
import { decisionOf } from "./decision-sample.ts";
import { matchesFilter, NO_FILTER, readFilter, writeFilter } from "./filter.ts";

const decision = decisionOf({
  action: "block",
  event_id: "Event-42",
  scores: { prompt: {}, completion: { cbrn: 0.4 } },
});

test.each([
  ["no filter takes all", {}, true],
  ["an action that is among the chosen", { actions: ["escalate", "block"] }, true],
  ["an action that is not", { actions: ["allow"] }, false],
  ["the organisation", { organisation: "acme" }, true],
  ["a part of the organisation is not it", { organisation: "acm" }, false],
  ["a category scored on one side", { category: "cbrn" }, true],
  ["a category without a score", { category: "hate" }, false],
  ["the tier", { tier: "general" }, true],
  ["another tier", { tier: "minor" }, false],
  ["another surface", { surface: "web" }, false],
  ["a score that some category reaches", { scoreMin: 0.4 }, true],
  ["a score that none reaches", { scoreMin: 0.41 }, false],
  ["a score that another category reached", { category: "hate", scoreMin: 0.1 }, false],
  ["a part of an id in any case", { id: "eVENT-4" }, true],
  ["a part of no id", { id: "zzz" }, false],
] as const)("%s", (_name, different, expected) =>
  expect(matchesFilter({ ...NO_FILTER, ...different }, decision)).toBe(expected),
);

test("written into an address and read again, a filter is the same", () => {
  const filter = fc.record({
    actions: fc.subarray([...ACTIONS]),
    organisation: fc.string({ unit: "grapheme" }),
    tier: fc.string(),
    surface: fc.string(),
    category: fc.string(),
    scoreMin: fc.integer({ min: 0, max: 10_000 }).map((units) => units / 10_000),
    id: fc.string(),
  });
  fc.assert(
    fc.property(filter, (one) => {
      expect(readFilter(writeFilter(one))).toEqual(one);
    }),
  );
});

test("parameters that are no part of the filter stay, and its empty ones go", () =>
  expect(writeFilter({ ...NO_FILTER, actions: ["warn", "block"] }, "?event=e-1&org=old")).toBe(
    "event=e-1&action=warn,block",
  ));

test("an action that does not exist is left out", () =>
  expect(readFilter("?action=explode,block").actions).toEqual(["block"]));

test("a score that is none is left out", () => {
  for (const word of ["-1", "2", "high", ""]) expect(readFilter(`?min=${word}`).scoreMin).toBe(0);
});
