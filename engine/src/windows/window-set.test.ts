import { expect, test } from "vitest";
import { decision } from "../testing/decision.ts";
import { createWindowSet, type WindowOutput } from "./window-set.ts";

const options = { disorderMs: 5_000, aheadMaxMs: 300_000, idleAfterMs: 10_000, allowedLatenessMs: 60_000 };
const HOUR = 3_600_000;
const at = (eventTimeMs: number, changes = {}) => ({ eventTimeMs, facts: decision(changes) });
const starts = (outputs: readonly WindowOutput[]) =>
  outputs.flatMap(({ results }) =>
    results.map(({ sizeMs, startMs, revision, events }) => [sizeMs, startMs, revision, events]),
  );

test("decisions are counted by action, tier, organisation and category in each size", () => {
  const set = createWindowSet(options);
  const blocked = {
    action: "block",
    tier: "minor",
    asl: { level: 3, triggers: [] },
    scores: { prompt: { cbrn: 0.3 }, completion: { cbrn: 0.2, hate: 0.01 } },
  };
  set.push({ kind: "batch", events: [at(1), at(2, blocked)], nowMs: HOUR });
  const results = set.finish().flatMap((output) => output.results);
  expect(results.map(({ sizeMs }) => sizeMs)).toEqual([10_000, 60_000, HOUR]);
  for (const result of results) {
    expect(result).toMatchObject({
      startMs: 0,
      events: 2,
      aslTriggers: 1,
      actions: { allow: 1, warn: 0, redact: 0, escalate: 0, block: 1 },
      byTier: { general: 1, minor: 1 },
      byOrganisation: { "org-1": 2 },
      byCategory: { cbrn: 1, hate: 1 },
    });
  }
});

test("a fired window is not changed by what comes later; a correction has the next revision", () => {
  const set = createWindowSet(options);
  set.push({ kind: "batch", events: [at(1)], nowMs: HOUR });
  const fired = set.push({ kind: "batch", events: [at(15_000)], nowMs: HOUR });
  expect(starts(fired)).toEqual([[10_000, 0, 0, 1]]);
  expect(starts(set.push({ kind: "batch", events: [at(2), at(3)], nowMs: HOUR }))).toEqual([[10_000, 0, 1, 3]]);
  expect(starts(fired)).toEqual([[10_000, 0, 0, 1]]);
});

test("late events and events too far ahead are counted, and enter no short window", () => {
  const set = createWindowSet(options);
  set.push({ kind: "batch", events: [at(HOUR)], nowMs: HOUR });
  const [output] = set.push({ kind: "batch", events: [at(1), at(2), at(2 * HOUR)], nowMs: HOUR });
  expect(output?.missed).toBe(3);
});

test("time alone fires the windows of a quiet hour", () => {
  const set = createWindowSet(options);
  set.push({ kind: "batch", events: [at(1)], nowMs: HOUR });
  expect(set.push({ kind: "tick", nowMs: HOUR + 9_000 })).toEqual([]);
  expect(starts(set.push({ kind: "tick", nowMs: HOUR + 15_000 }))).toEqual([[10_000, 0, 0, 1]]);
});

test("state goes through JSON and back", () => {
  const first = createWindowSet(options);
  first.push({ kind: "batch", events: [at(1), at(15_000)], nowMs: HOUR });
  const second = createWindowSet(options, JSON.parse(JSON.stringify(first.state())));
  expect(second.state()).toEqual(first.state());
  expect(second.finish()).toEqual(first.finish());
});
