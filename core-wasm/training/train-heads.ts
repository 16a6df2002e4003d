/** Every head learnt from all that may teach, and what leave-source-out says of `risk`, as one weights file. */

import type { Weights, WeightsHeader } from "../src/model/weights-file.ts";
import { HEADS, headLessons } from "./heads.ts";
import { learn } from "./learner.ts";
import { learntRows, sampleWithout } from "./leave-source-out.ts";
import type { Lessons } from "./lessons.ts";
import { quantise } from "./quantise.ts";
import type { TrainSettings } from "./settings.ts";

export interface Calibration {
  readonly calibration: WeightsHeader["calibration"];
  /** Tables of scores for the heads as they were quantised. */
  readonly scoresOf: (heads: WeightsHeader["heads"]) => WeightsHeader["scores"];
}

/** @param onHead told the name of each head before it is learnt */
export function trainHeads(
  { texts, matrix: whole }: Lessons,
  settings: TrainSettings,
  { calibration, scoresOf }: Calibration,
  onHead: (name: string) => void = () => {},
): Weights {
  const { weighting, learning, features } = settings;
  const { matrix, holders } = learntRows(whole, texts, weighting);
  const models = HEADS.map((name) => {
    onHead(name);
    return {
      name,
      model: learn(matrix, sampleWithout(matrix, headLessons(texts, name), holders, new Set(), weighting), learning),
    };
  });
  return quantise(models, matrix.keys, { features, calibration }, scoresOf);
}
