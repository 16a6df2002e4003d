/** Test material: a pack in which every category of the glossary reaches any score, and score vectors by name. */
import { type PackInfo, SIDES, type Side } from "@sluice/core-wasm";
import type { DecideInput } from "@sluice/engine";

export const CATEGORIES = [
  "cbrn",
  "self_harm",
  "jailbreak",
  "exploitation",
  "child_safety",
  "violence",
  "hate",
  "sexual",
  "privacy",
  "autonomous_replication",
  "cyber_offense",
  "deception",
  "autonomous_research",
  "scientific_automation",
  "social_engineering",
] as const;

/** Decimals by side and category; also as `{"prompt.cbrn": 0.2}` in the vectors. */
export type NamedScores = Partial<Record<Side, Readonly<Record<string, number>>>>;

export function inputOf(
  tier: string,
  named: NamedScores,
  more: Partial<DecideInput> = {},
  categories: readonly string[] = CATEGORIES,
): DecideInput {
  const scores = new Int32Array(SIDES.length * categories.length);
  for (const [side, name] of SIDES.entries()) {
    for (const [category, score] of Object.entries(named[name] ?? {})) {
      scores[side * categories.length + categories.indexOf(category)] = Math.round(score * 10_000);
    }
  }
  return {
    tier,
    scores,
    scored: scores.some((score) => score > 0),
    hasCompletion: named.completion !== undefined,
    ageBand: "unknown",
    attachmentUnscored: false,
    ...more,
  };
}

/** A pack with the given rule weights and context reductions (1/10,000) in each category, on both sides. */
export function packOf(
  categories: readonly string[],
  weights: (category: string) => readonly number[],
  reductions: (category: string) => readonly number[] = () => [],
): PackInfo {
  const contextCount = Math.max(0, ...categories.map((category) => reductions(category).length));
  const contexts = Array.from({ length: contextCount }, (_, index) => ({
    name: `context_${index}`,
    reduce: categories.map((category) => reductions(category)[index] ?? 0),
  }));
  const rules = categories.flatMap((category, index) =>
    weights(category).map((weight, number) => ({
      id: `${category}.test.${String(number + 1).padStart(3, "0")}`,
      category: index,
      context: -1,
      weight,
      sides: SIDES,
      phraseCount: 1,
    })),
  );
  const contextRules = contexts.map(({ name }, context) => ({
    id: `context.${name}.001`,
    category: -1,
    context,
    weight: 0,
    sides: SIDES,
    phraseCount: 1,
  }));
  return {
    name: "test",
    version: "1",
    hash: `sha256:${"0".repeat(64)}`,
    categories,
    contexts,
    rules: [...rules, ...contextRules],
    scoring: { strongWeight: 10_000, strongFloor: 0 },
    calibration: [
      { score: 0, ratio: 1 },
      { score: 10_000, ratio: 1_000 },
    ],
    phraseCount: rules.length + contextRules.length,
  };
}

/** Every category reaches every twentieth of 0..1 and more in between. */
export const densePack = packOf(CATEGORIES, () => Array.from({ length: 20 }, (_, step) => (step + 1) * 500));
