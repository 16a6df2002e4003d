/** Leave-source-out of one head after the other, on the same lessons. */
import { headLessons, JAILBREAK } from "./heads.ts";
import { leaveSourceOut } from "./leave-source-out.ts";
import type { Lessons } from "./lessons.ts";
import { type LsoReport, lsoReport } from "./lso-report.ts";
import { seededRandom } from "./random.ts";
import type { TrainSettings } from "./settings.ts";
import { isTopic, marginScores } from "./topic-margin.ts";

export interface CrossValidation {
  /** Log odds by text, NaN for authored ones. */
  readonly scores: Float64Array;
  readonly report: LsoReport;
}

/** @param onFold told before each head is learnt, and after each of its folds */
export function crossValidator(
  { texts, matrix }: Lessons,
  settings: TrainSettings,
  onFold: (line: string) => void,
): (head: string, foldsMax?: number) => CrossValidation {
  const known = new Map<string, Float64Array>();

  function learntScores(head: string, foldsMax: number | undefined): Float64Array {
    const name = `${head}/${foldsMax}`;
    const scores =
      known.get(name) ??
      leaveSourceOut(matrix, headLessons(texts, head), { ...settings, foldsMax }, (done, total) => {
        onFold(`${head}: fold ${done} of ${total}`);
      });
    known.set(name, scores);
    return scores;
  }

  return (head, foldsMax) => {
    const learnt = learntScores(head, foldsMax);
    const scores = isTopic(head) ? marginScores(learnt, learntScores(JAILBREAK, foldsMax), settings.topics) : learnt;
    const judged = headLessons(texts, head).flatMap(({ source, isUnsafe, isAuthored, mayTeach }, index) => {
      // A record that is silent about this head has no label to be judged by.
      const isSilent = texts[index]?.mayTeach === true && !mayTeach;
      return isAuthored || isSilent ? [] : [{ source, isUnsafe, score: scores[index] ?? Number.NaN, weight: 1 }];
    });
    return { scores, report: lsoReport(judged, seededRandom(settings.learning.seed)) };
  };
}
