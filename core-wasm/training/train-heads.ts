/** Every head learnt from all that may teach, and what leave-source-out says of `risk`, as one weights file. */
import { HEADS, headLessons } from "./heads.ts";
import { learn } from "./learner.ts";
import { rowHolders, sampleWithout } from "./leave-source-out.ts";
import type { Lessons } from "./lessons.ts";
import { keepRows } from "./matrix.ts";
import type { TrainSettings } from "./settings.ts";
import { quantise, type Weights, type WeightsHeader } from "./weights-file.ts";

/** @param onHead told the name of each head before it is learnt */
export function trainHeads(
  { texts, matrix: whole }: Lessons,
  settings: TrainSettings,
  calibration: WeightsHeader["calibration"],
  onHead: (name: string) => void = () => {},
): Weights {
  const { weighting, learning, features } = settings;
  const wholeHolders = rowHolders(whole, texts, weighting);
  const { matrix, oldRows } = keepRows(whole, (row) => wholeHolders[row]! >= weighting.familiesMin);
  const holders = rowHolders(matrix, texts, weighting);
  const models = HEADS.map((name) => {
    onHead(name);
    return {
      name,
      model: learn(matrix, sampleWithout(matrix, headLessons(texts, name), holders, "", weighting), learning),
    };
  });
  return quantise(models, oldRows, { features, calibration });
}
