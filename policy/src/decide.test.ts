import { ACTIONS } from "@sluice/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePolicy } from "./compile.ts";
import { parsePolicy } from "./parse.ts";
import { inputOf, type NamedScores } from "./testing.ts";

const CATEGORIES = ["a", "b", "c"];
const compile = (yaml: string) =>
  compilePolicy(parsePolicy(`version: 1\nname: t\nbase_rate: 0.02\n${yaml}`, "t.yaml"), { categories: CATEGORIES });
const compileValue = (value: object) =>
  compile(
    Object.entries(value)
      .map(([key, inner]) => `${key}: ${JSON.stringify(inner)}`)
      .join("\n"),
  );
const input = (tier: string, scores: NamedScores) => inputOf(tier, scores, {}, CATEGORIES);

describe("at and just below a threshold", () => {
  const atLeast = compile("tiers: { t: {} }\nthresholds: { a: { t: { block: 0.15 } } }");
  const above = compile("compare: above\ntiers: { t: {} }\nthresholds: { a: { t: { block: 0.15 } } }");

  test.each([
    ["at the threshold the action is taken", atLeast, 0.15, "block"],
    ["just below it is not", atLeast, 0.1499, "allow"],
    ["where thresholds compare above, at it is not", above, 0.15, "allow"],
    ["and just above it is", above, 0.1501, "block"],
  ] as const)("%s", (_name, policy, score, action) => {
    expect(policy.decide(input("t", { prompt: { a: score } })).action).toBe(action);
  });

  test("the reason shows the threshold as written", () => {
    expect(above.decide(input("t", { prompt: { a: 0.2 } })).reasons).toEqual([
      { code: "threshold", field: "prompt", category: "a", score: 0.2, threshold: 0.15, action: "block" },
    ]);
  });
});

const decimal = fc.integer({ min: 1, max: 10_000 }).map((value) => value / 10_000);
const ladder = fc.record({ warn: decimal, redact: decimal, escalate: decimal, block: decimal }, { requiredKeys: [] });
const spec = fc.oneof(ladder, fc.record({ prompt: ladder, completion: ladder }, { requiredKeys: ["prompt"] }));
const policies = fc.record({
  tiers: fc.constant({ x: {}, y: { inherits: "x" } }),
  age_bands: fc.constantFrom({}, { under_13: "y" }),
  thresholds: fc.dictionary(fc.constantFrom(...CATEGORIES), fc.dictionary(fc.constantFrom("x", "y"), spec)),
  asl: fc.constantFrom({}, { 3: { action: "escalate", triggers: [{ category: "a", at_least: 0.4 }] } }),
  never: fc.constantFrom([], [{ category: "b", field: "prompt", action: "block" }]),
  attachments: fc.record({ unscored: fc.constantFrom("allow", "warn", "block") }),
});
const vector = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 10_000 })), { minLength: 6, maxLength: 6 })
  .map((scores) => Int32Array.from(scores));

test("without rules, no higher score, unknown tier, age or attachment ever makes an action milder", () => {
  fc.assert(
    fc.property(
      policies,
      vector,
      fc.nat(5),
      fc.nat(10_000),
      fc.constantFrom("x", "y", "z"),
      (yaml, low, at, to, tier) => {
        const policy = compileValue(yaml);
        const high = low.slice();
        high[at] = Math.max(high[at]!, to);
        const rank = (scores: Int32Array, more = {}) =>
          ACTIONS.indexOf(policy.decide({ ...input(tier, {}), scores, scored: true, ...more }).action);
        expect(rank(high)).toBeGreaterThanOrEqual(rank(low));
        expect(rank(low, { tier: "nobody's" })).toBeGreaterThanOrEqual(rank(low));
        expect(rank(low, { ageBand: "under_13" })).toBeGreaterThanOrEqual(rank(low));
        expect(rank(low, { attachmentUnscored: true })).toBeGreaterThanOrEqual(rank(low));
      },
    ),
    { numRuns: 500 },
  );
});

test("every verdict above allow gives a reason that asked for it, and nothing milder is listed", () => {
  fc.assert(
    fc.property(policies, vector, fc.constantFrom("x", "y", "z"), (yaml, scores, tier) => {
      const policy = compileValue(yaml);
      const { action, reasons, severity } = policy.decide({ ...input(tier, {}), scores, scored: true });
      const asked = reasons.map((reason) => reason.action).filter((named) => named !== undefined);
      if (action !== "allow") expect(asked).toContain(action);
      expect(severity === "none").toBe(reasons.length === 0);
      for (const { code, action: named } of reasons) {
        if (code === "threshold") expect(ACTIONS.indexOf(named!)).toBeGreaterThanOrEqual(ACTIONS.indexOf(action));
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["closed", "block", "withheld"],
  ["open", "allow", "as_is"],
] as const)("a fault under fail_mode %s is answered with %s", (mode, action, release) => {
  const policy = compile(`fail_mode: ${mode}\ntiers: { t: {} }\nthresholds: {}`);
  expect(policy.fault()).toMatchObject({
    action,
    severity: "high",
    reasons: [{ code: "engine-fault" }],
    released: { prompt: release, completion: release },
  });
});

describe("a constraint under rules", () => {
  const policy = compile(`tiers: { t: {} }
thresholds: { a: { t: 0.3 }, b: { t: 0.3 } }
rules: [{ name: all, when: { marked: true }, action: block }]
never: [{ category: b, field: prompt, action: block }]`);

  test("holds the rule back when protected words alone led to it", () => {
    const verdict = policy.decide(input("t", { prompt: { b: 0.9 } }));
    expect(verdict).toMatchObject({ action: "escalate", released: { prompt: "as_is", completion: "withheld" } });
    expect(verdict.reasons.map(({ code }) => code)).toEqual(["threshold", "action-rule", "first-person"]);
  });

  test("does not when the same category is in the completion, or another category is on top", () => {
    expect(policy.decide(input("t", { prompt: { b: 0.9 }, completion: { b: 0.9 } })).action).toBe("block");
    expect(policy.decide(input("t", { prompt: { b: 0.4, a: 0.9 } })).action).toBe("block");
  });
});

test("a rule that holds when nothing is marked decides even unscored events", () => {
  const policy = compile(`tiers: { t: {} }
thresholds: { a: { t: 0.3 } }
rules: [{ name: look, when: { marked: false }, action: warn }]`);
  expect(policy.decide(input("t", {}))).toMatchObject({
    action: "warn",
    reasons: [{ code: "action-rule", rule: "look", action: "warn" }],
  });
});

test("a trigger with an action asks for it in every tier, and one without only labels", () => {
  const policy = compile(`tiers: { t: {} }
thresholds: {}
asl:
  3: { triggers: [{ category: a, at_least: 0.2 }] }
  4: { action: block, triggers: [{ category: a, at_least: 0.6 }] }`);
  expect(policy.decide(input("t", { prompt: { a: 0.3 } }))).toMatchObject({
    action: "allow",
    asl: { level: 3, triggers: ["a"] },
    reasons: [{ code: "asl-trigger", threshold: 0.2 }],
  });
  expect(policy.decide(input("t", { completion: { a: 0.6 } }))).toMatchObject({
    action: "block",
    asl: { level: 4, triggers: ["a"] },
  });
});

test("categories that the pack does not score are left out without a fault", () => {
  const policy = compile("tiers: { t: {} }\nthresholds: { unheard_of: { t: { block: 0.1 } } }");
  expect(policy.decide(input("t", { prompt: { a: 1 } })).action).toBe("allow");
  expect(policy.thresholds).toEqual({ unheard_of: { t: { block: 0.1 } } });
});
