import { readFileSync } from "node:fs";
import { ACTIONS } from "@sluice/engine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePolicy } from "./compile.ts";
import { loadPreset, PRESETS, presetPath } from "./presets.ts";
import { CATEGORIES, inputOf, type NamedScores } from "./testing.ts";

const pack = { categories: CATEGORIES };
const policies = Object.fromEntries(PRESETS.map((name) => [name, compilePolicy(loadPreset(name), pack)]));

interface Case {
  readonly name: string;
  readonly tier: string;
  readonly scores: NamedScores;
  readonly age?: "under_13" | "13_17" | "adult";
  readonly attachment?: true;
  readonly verdict: unknown;
}
const vectors = (name: string): Case[] =>
  JSON.parse(readFileSync(new URL(`../../vectors/policy/${name}.json`, import.meta.url), "utf8")).cases;

describe.each(PRESETS)("preset %s", (preset) => {
  test.each(vectors(preset))("$name", ({ tier, scores, age, attachment, verdict }) => {
    const input = inputOf(tier, scores, { ageBand: age ?? "unknown", attachmentUnscored: attachment ?? false });
    expect(policies[preset]!.decide(input)).toMatchObject(verdict as object);
  });

  test("answers a frozen verdict and allocates none when nothing is scored", () => {
    const input = inputOf("general", {});
    expect(policies[preset]!.decide(input)).toBe(
      policies[preset]!.decide(inputOf("general", { prompt: { cbrn: 0.01 } })),
    );
    expect(Object.isFrozen(policies[preset]!.decide(input).released)).toBe(true);
  });

  test("the vector names are unique", () => {
    const names = vectors(preset).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test("its file is where the path says", () => {
    expect(readFileSync(presetPath(preset), "utf8")).toContain(`name: ${preset}`);
  });
});

const score = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 10_000 }),
  fc.integer({ min: 1, max: 200 }).map((step) => step * 50),
  fc.integer({ min: 1, max: 200 }).map((step) => step * 50 - 1),
);
const vector = fc.array(score, { minLength: 30, maxLength: 30 }).map((values) => Int32Array.from(values));
const sparse = fc
  .array(fc.tuple(fc.nat(29), score), { maxLength: 4 })
  .map((entries) => Int32Array.from({ length: 30 }, (_, slot) => entries.find(([at]) => at === slot)?.[1] ?? 0));
const scores = fc.oneof(vector, sparse);
const rank = (policy: (typeof policies)[string], tier: string, values: Int32Array, ageBand: "13_17" | "unknown") =>
  ACTIONS.indexOf(policy.decide({ ...inputOf(tier, {}), scores: values, scored: true, ageBand }).action);

describe("preset default", () => {
  const policy = policies.default!;
  const tiers = ["general", "enterprise", "research_sandbox", "minor", "of nobody"];
  const restriction = ["as_is", "redacted", "withheld"];

  test("never gives a higher score a milder action, nor releases more for it", () => {
    fc.assert(
      fc.property(
        scores,
        fc.nat(29),
        fc.integer({ min: 0, max: 10_000 }),
        fc.constantFrom(...tiers),
        (low, at, to, tier) => {
          const high = low.slice();
          high[at] = Math.max(high[at]!, to);
          const [before, after] = [low, high].map((values) =>
            policy.decide({ ...inputOf(tier, {}), scores: values, scored: true }),
          );
          expect(ACTIONS.indexOf(after!.action)).toBeGreaterThanOrEqual(ACTIONS.indexOf(before!.action));
          for (const side of ["prompt", "completion"] as const) {
            // A person's own words are the exception: they may free the prompt of a block that the completion caused.
            if (side === "prompt" && at === CATEGORIES.indexOf("self_harm")) continue;
            const [less, more] = [before!, after!].map(({ released }) => restriction.indexOf(released[side]));
            expect(more).toBeGreaterThanOrEqual(less!);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("never blocks for self-harm on the prompt alone, and releases those words", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.constantFrom(...tiers), (own, tier) => {
        const verdict = policy.decide(inputOf(tier, { prompt: { self_harm: own / 10_000 } }));
        expect(verdict.action).not.toBe("block");
        expect(verdict.released.prompt).toBe("as_is");
      }),
    );
  });

  test("is at least as strict with a minor as without the age", () => {
    fc.assert(
      fc.property(scores, fc.constantFrom(...tiers), (values, tier) => {
        expect(rank(policy, tier, values, "13_17")).toBeGreaterThanOrEqual(rank(policy, tier, values, "unknown"));
        expect(rank(policy, tier, values, "13_17")).toBeGreaterThanOrEqual(rank(policy, "minor", values, "unknown"));
      }),
    );
  });
});

test.each(PRESETS)("preset %s decides an unknown tier at least as strictly as every tier it knows", (preset) => {
  const policy = policies[preset]!;
  fc.assert(
    fc.property(scores, (values) => {
      const known = Object.keys(loadedTiers[preset]!).map((tier) => rank(policy, tier, values, "unknown"));
      expect(rank(policy, "of nobody", values, "unknown")).toBe(Math.max(...known));
    }),
  );
});
const loadedTiers: Record<string, object> = Object.fromEntries(
  PRESETS.map((name) => [name, loadPreset(name).policy.tiers]),
);

test("the support message exists in every locale promised and names a directory, not a number", () => {
  const { messages } = loadPreset("default").policy;
  for (const locale of ["en", "es", "fr", "de", "pt", "it", "nl", "ja", "zh", "ar", "hi"]) {
    expect(messages.support![locale], locale).toContain("findahelpline.com");
    expect(messages.support![locale], locale).not.toMatch(/\p{Nd}/u);
  }
  expect(policies.default!.message("support", "pt-BR")).toBe(messages.support!.pt);
  expect(policies.default!.message("support", "zh_Hant_TW")).toBe(messages.support!.zh);
  expect(policies.default!.message("support", "xx")).toBe(messages.support!.en);
  expect(policies.default!.message("no-such-message", "en")).toBeUndefined();
});
