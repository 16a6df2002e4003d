/** What the trained model said of an event, named for its decision. */
import { type ModelScan, type PackInfo, SIDES } from "@sluice/core-wasm";
import type { ModelEvidence } from "./contracts.ts";
import type { HeardScan } from "./heard-scan.ts";
import { ONE, SCORE_SHOWN_MIN } from "./risk.ts";

/** Words named for one category of one side. */
const WORDS_MAX = 5;

/** Undefined where there is no model, or it said nothing that is shown. Reads the kernel again when `isFlagged`. */
export function modelEvidence(scan: HeardScan, pack: PackInfo, isFlagged: boolean): ModelEvidence | undefined {
  const { model } = scan;
  if (model === undefined || model.overall < SCORE_SHOWN_MIN) return undefined;
  const words = isFlagged ? carryingWords(scan, model, pack.categories) : [];
  return { overall: model.overall / ONE, words, ...(model.isCut ? { cut: true as const } : {}) };
}

function carryingWords({ scores }: HeardScan, model: ModelScan, categories: readonly string[]): ModelEvidence["words"] {
  const ofModel = model.scores;
  return SIDES.flatMap((field, side) =>
    categories.flatMap((category, index) => {
      const slot = side * categories.length + index;
      const score = ofModel[slot] as number;
      if (score < SCORE_SHOWN_MIN || score < (scores[slot] as number)) return [];
      return model.carriedBy(field, index, WORDS_MAX).map((span) => ({ category, field, ...span }));
    }),
  );
}
