/** Test material: a pack in which every category of the glossary reaches any score, and score vectors by name. */
import { SIDES, type Side } from "@sluice/core-wasm";
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
