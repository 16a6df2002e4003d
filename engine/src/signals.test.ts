import { expect, test } from "vitest";
import type { DecisionMatch } from "./contracts.ts";
import { signalsOf } from "./signals.ts";
import { decision } from "./testing/decision.ts";

const match = (rule: string, changes: Partial<DecisionMatch> = {}): DecisionMatch => ({
  category: "cbrn",
  rule,
  field: "prompt",
  start: 0,
  end: 9,
  ...changes,
});
const signals = (changes: Parameters<typeof decision>[0]) => signalsOf(decision({ action: "block", ...changes }));

test("tags name the pattern of a rule, each once and two a category, in the order of the matches", () => {
  const matches = [
    match("cbrn.nerve_agent.002"),
    match("cbrn.nerve_agent.001"),
    match("hate.slur.001", { category: "hate" }),
    match("cbrn.precursor.001"),
    match("cbrn.wish.001"),
    match("my own rule", { category: "privacy" }),
  ];
  expect(signals({ matches }).tags).toEqual(["cbrn:nerve_agent", "cbrn:precursor", "hate:slur", "privacy:my own rule"]);
});

test("a category that only the model found is tagged so, and a trigger as cgcp does", () => {
  const words = [
    { category: "cbrn", field: "prompt", start: 0, end: 4 },
    { category: "hate", field: "prompt", start: 0, end: 4 },
  ] as const;
  const { tags } = signals({
    matches: [match("cbrn.wish.001")],
    model: { overall: 0.9, words },
    asl: { level: 3, triggers: ["cbrn"] },
  });
  expect(tags).toEqual(["cbrn:wish", "hate:model", "asl_3_cbrn_trigger"]);
});

test("evasion names each way of hiding once a span, and at most 32 of them", () => {
  const place = { field: "prompt", start: 0, end: 9 };
  const run = { category: "cbrn", field: "completion", start: 3, end: 30, decoded: "base64" } as const;
  const { evasion } = signals({
    matches: [match("a", { disguise: ["spaced", "leet"] }), match("b", { disguise: ["leet"] }), match("c")],
    model: { overall: 0.9, words: [run] },
  });
  expect(evasion).toEqual([
    { signal: "spaced", ...place },
    { signal: "leet", ...place },
    { signal: "base64", field: "completion", start: 3, end: 30 },
  ]);
  const matches = Array.from({ length: 100 }, (_, start) => match("a", { start, disguise: ["leet"] }));
  expect(signals({ matches }).evasion).toHaveLength(32);
});

test("what is allowed has none", () => {
  const matches = [match("cbrn.wish.001", { decoded: "hex" })];
  expect(signalsOf(decision({ matches }))).toEqual({ tags: [], evasion: [] });
});
