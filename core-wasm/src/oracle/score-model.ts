/** What a pack's trained model says of an event, by side and category: docs/guides/detection.md §7. */
import { wordScorer } from "../model/score-words.ts";
import { SIDES, type TrainedModel } from "../types.ts";
import type { ScoredText } from "./segments.ts";

export interface ModelResult {
  readonly overall: number;
  /** 1/10,000, by `side * categories + category`. */
  readonly scores: readonly number[];
  readonly rulesScores: readonly number[];
  readonly rulesLargest: number;
  readonly isCut: boolean;
}

/** @returns takes what is scored of each side: its text and its segments; the largest of each score counts */
export function modelScorer(
  model: TrainedModel,
  categoryCount: number,
): (texts: readonly (readonly ScoredText[])[], ofRules: readonly number[]) => ModelResult {
  const scoreText = wordScorer(model);
  return (texts, ofRules) => {
    const said = SIDES.map((side, index) =>
      ((model.sides.includes(side) && texts[index]) || []).map(({ text, runs }) => scoreText(text, runs)),
    );
    const scores = said.flatMap((ofTexts) => {
      const byCategory = new Array<number>(categoryCount).fill(0);
      for (const [head, { category }] of model.heads.entries()) {
        if (category >= 0) byCategory[category] = Math.max(0, ...ofTexts.map(({ byHead }) => byHead[head] ?? 0));
      }
      return byCategory;
    });
    const all = said.flat();
    return {
      overall: Math.max(0, ...all.map(({ overall }) => overall)),
      scores,
      rulesScores: ofRules,
      rulesLargest: Math.max(...ofRules),
      isCut: all.some(({ isCut }) => isCut),
    };
  };
}
