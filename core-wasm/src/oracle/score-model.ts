/** What a pack's trained model says of an event, by side and category: docs/guides/detection.md §7. */
import { wordScorer } from "../model/score-words.ts";
import { type FieldName, SIDES, type TrainedModel } from "../types.ts";

export interface ModelResult {
  readonly overall: number;
  /** 1/10,000, by `side * categories + category`. */
  readonly scores: readonly number[];
  readonly rulesLargest: number;
  readonly isCut: boolean;
}

export function modelScorer(
  model: TrainedModel,
  categoryCount: number,
): (texts: ReadonlyMap<FieldName, Uint8Array>, ofRules: readonly number[]) => ModelResult {
  const scoreText = wordScorer(model);
  return (texts, ofRules) => {
    const said = SIDES.map((side) => scoreText((model.sides.includes(side) && texts.get(side)) || new Uint8Array()));
    const scores = said.flatMap(({ byHead }) => {
      const byCategory = new Array<number>(categoryCount).fill(0);
      for (const [head, { category }] of model.heads.entries()) {
        if (category >= 0) byCategory[category] = byHead[head] ?? 0;
      }
      return byCategory;
    });
    return {
      overall: Math.max(...said.map(({ overall }) => overall)),
      scores,
      rulesLargest: Math.max(...ofRules),
      isCut: said.some(({ isCut }) => isCut),
    };
  };
}
