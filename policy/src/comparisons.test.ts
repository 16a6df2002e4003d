import type { Comparison, Decision, PolicyPart } from "@sluice/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePolicy } from "./compile.ts";
import { parsePolicy } from "./parse.ts";
import { loadPreset, PRESETS } from "./presets.ts";
import { CATEGORIES, inputOf, type NamedScores } from "./testing.ts";

const compile = (yaml: string, categories: readonly string[] = ["a", "b"]) =>
  compilePolicy(parsePolicy(`version: 1\nname: t\nbase_rate: 0.02\n${yaml}`, "t.yaml"), { categories });

/** What the ledger keeps of a decision by this policy: scores below 0.01 are left out. */
function decided(
  policy: PolicyPart,
  tier: string,
  named: NamedScores,
  more: Parameters<typeof inputOf>[2] = {},
  categories: readonly string[] = ["a", "b"],
): Pick<Decision, "tier" | "scores" | "reasons"> {
  const kept = (side: "prompt" | "completion") =>
    Object.fromEntries(Object.entries(named[side] ?? {}).filter(([, score]) => score >= 0.01));
  const { reasons } = policy.decide(inputOf(tier, named, more, categories));
  return { tier, scores: { prompt: kept("prompt"), completion: kept("completion") }, reasons };
}

test("each rung of both sides is listed with score, threshold, margin and whether it was met", () => {
  const policy = compile("tiers: { t: {} }\nthresholds: { a: { t: { warn: 0.1, block: 0.5 } } }");
  expect(policy.comparisons?.(decided(policy, "t", { prompt: { a: 0.31 } }))).toEqual([
    { code: "threshold", tier: "t", field: "prompt", category: "a", action: "warn", ...of(0.31, 0.1, 0.21, true) },
    { code: "threshold", tier: "t", field: "prompt", category: "a", action: "block", ...of(0.31, 0.5, -0.19, false) },
    { code: "threshold", tier: "t", field: "completion", category: "a", action: "warn", ...of(null, 0.1, null, false) },
    {
      code: "threshold",
      tier: "t",
      field: "completion",
      category: "a",
      action: "block",
      ...of(null, 0.5, null, false),
    },
  ]);
});

function of(score: number | null, threshold: number | null, margin: number | null, met: boolean) {
  return { score, threshold, margin, met };
}

test("where thresholds compare above, a score at the threshold has margin 0 and is not met", () => {
  const policy = compile("compare: above\ntiers: { t: {} }\nthresholds: { a: { t: { prompt: { block: 0.5 } } } }");
  expect(policy.comparisons?.(decided(policy, "t", { prompt: { a: 0.5 } }))).toMatchObject([of(0.5, 0.5, 0, false)]);
});

test("a trigger is compared with the higher of both sides, and without an action it only labels", () => {
  const policy = compile(
    "tiers: { t: {} }\nthresholds: {}\nasl: { 3: { triggers: [{ category: a, at_least: 0.4 }] } }",
  );
  const [trigger] = policy.comparisons?.(decided(policy, "t", { prompt: { a: 0.2 }, completion: { a: 0.45 } })) ?? [];
  expect(trigger).toEqual({
    code: "asl-trigger",
    tier: "t",
    field: "completion",
    category: "a",
    ...of(0.45, 0.4, 0.05, true),
  });
});

test("rules are listed up to the first that holds", () => {
  const policy = compile(`tiers: { t: {} }
thresholds: { a: { t: 0.3 } }
rules:
  - { name: high, when: { above: 0.9 }, action: block }
  - { name: marked, when: { marked: true }, action: escalate }
  - { name: rest, when: { marked: false }, action: allow }`);
  const rules = policy.comparisons?.(decided(policy, "t", { prompt: { a: 0.4 } })).filter(isRule);
  expect(rules).toMatchObject([
    { rule: "high", threshold: 0.9, score: null, met: false },
    { rule: "marked", category: "a", score: 0.4, threshold: null, action: "escalate", met: true },
  ]);
});

const isRule = ({ code }: Comparison) => code === "action-rule";

describe("the tiers that are compared", () => {
  const policy = compile(`tiers: { t: {}, young: {} }
age_bands: { under_13: young }
thresholds: { a: { t: { prompt: { block: 0.8 } }, young: { prompt: { block: 0.2 } } } }`);
  const tiersOf = (decision: Parameters<NonNullable<PolicyPart["comparisons"]>>[0]) =>
    policy.comparisons?.(decision).map(({ tier }) => tier);

  test("are the event's own alone", () => {
    expect(tiersOf(decided(policy, "t", { prompt: { a: 0.3 } }))).toEqual(["t"]);
  });
  test("are that of the age band too, when it decided", () => {
    expect(tiersOf(decided(policy, "t", { prompt: { a: 0.3 } }, { ageBand: "under_13" }))).toEqual(["t", "young"]);
  });
  test("are all when the tier is unknown", () => {
    expect(tiersOf(decided(policy, "nobody's", { prompt: { a: 0.3 } }))).toEqual(["t", "young"]);
  });
});

test("a decision by fail mode compared nothing", () => {
  const policy = compile("tiers: { t: {} }\nthresholds: { a: { t: { block: 0.5 } } }");
  const decision = { tier: "t", scores: { prompt: {}, completion: {} }, reasons: policy.fault().reasons };
  expect(policy.comparisons?.(decision)).toEqual([]);
});

const scoresOf = fc.dictionary(
  fc.constantFrom(...CATEGORIES),
  fc.integer({ min: 0, max: 10_000 }).map((units) => units / 10_000),
);

test.each(PRESETS)("under preset %s each threshold and trigger of the reasons is met", (name) => {
  const policy = compilePolicy(loadPreset(name), { categories: CATEGORIES });
  const tiers = fc.constantFrom("general", "enterprise", "research_sandbox", "minor", "nobody's");
  fc.assert(
    fc.property(scoresOf, scoresOf, tiers, (prompt, completion, tier) => {
      const decision = decided(policy, tier, { prompt, completion }, {}, CATEGORIES);
      const listed = policy.comparisons?.(decision) ?? [];
      for (const { code, field, category, score, threshold } of decision.reasons) {
        if (code !== "threshold" && code !== "asl-trigger") continue;
        expect(listed).toContainEqual(expect.objectContaining({ code, field, category, score, threshold, met: true }));
      }
      for (const { score, threshold, met, code } of listed) {
        if (code !== "action-rule" && met) expect(score).toBeGreaterThanOrEqual(threshold ?? 0);
      }
    }),
    { numRuns: 100 },
  );
});
