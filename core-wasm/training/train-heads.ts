/** Every head learnt from all that may teach, and what leave-source-out says of `risk`, as one weights file. */

import type { Weights, WeightsHeader } from "../src/model/weights-file.ts";
import { HEADS, headLessons, JAILBREAK } from "./heads.ts";
import { learn } from "./learner.ts";
import { learntRows, sampleWithout } from "./leave-source-out.ts";
import type { Lessons } from "./lessons.ts";
import { quantise } from "./quantise.ts";
import type { TrainSettings } from "./settings.ts";
import { isTopic, marginModel } from "./topic-margin.ts";

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
  const { weighting, learning, features, topics } = settings;
  const { matrix, holders } = learntRows(whole, texts, weighting);
  const learnt = (name: string) => {
    onHead(name);
    return learn(matrix, sampleWithout(matrix, headLessons(texts, name), holders, new Set(), weighting), learning);
  };
  const attack = learnt(JAILBREAK);
  const models = HEADS.map((name) => {
    if (name === JAILBREAK) return { name, model: attack };
    const model = learnt(name);
    return { name, model: isTopic(name) ? marginModel(model, attack, topics) : model };
  });
  return quantise(models, matrix.keys, { features, calibration }, scoresOf);
}
