/**
 * Leave-source-out cross-validation: each family of sources is scored by a model that never saw it, neither its texts
 * nor its counts; with fewer folds than families, some are held out together. Families that may not teach are scored by
 * the model of all that may. Authored texts teach every fold and are never scored.
 */
import { type LearnOptions, learn, logOdds, type Sample } from "./learner.ts";
import { type Lesson, lessonWeights, type WeightOptions } from "./lesson-weights.ts";
import { keepRows, type Matrix, rowsWithPlace } from "./matrix.ts";

export interface LsoOptions {
  readonly learning: LearnOptions;
  readonly weighting: WeightOptions;
  /** A fold a family when it is not given. */
  readonly foldsMax?: number | undefined;
}

/** Log odds by text, NaN for authored ones. */
export function leaveSourceOut(
  whole: Matrix,
  lessons: readonly Lesson[],
  { learning, weighting, foldsMax }: LsoOptions,
  onFold: (done: number, total: number) => void = () => {},
): Float64Array {
  const scores = new Float64Array(lessons.length).fill(Number.NaN);
  const { matrix, holders } = learntRows(whole, lessons, weighting);
  const teaching = lessons.filter(({ mayTeach, isAuthored }) => mayTeach && !isAuthored);
  const families = [...new Set(teaching.map(({ family }) => family))].sort();
  const count = Math.min(families.length, foldsMax ?? families.length);
  const foldOf = new Map(families.map((family, index) => [family, 1 + (index % count)]));
  const folds = Array.from({ length: 1 + count }, (_, fold) => {
    return new Set(families.filter((family) => foldOf.get(family) === fold));
  });
  for (const [done, heldOut] of folds.entries()) {
    const model = learn(matrix, sampleWithout(matrix, lessons, holders, heldOut, weighting), learning);
    for (const [text, { family, isAuthored }] of lessons.entries()) {
      if (!isAuthored && (foldOf.get(family) ?? 0) === done) scores[text] = logOdds(model, matrix, text);
    }
    onFold(done + 1, folds.length);
  }
  return scores;
}

/** The rows that a model of all lessons may learn, and how many families hold each. */
export function learntRows(whole: Matrix, lessons: readonly Lesson[], weighting: WeightOptions) {
  const hasPlace = rowsWithPlace(whole, rowHolders(whole, lessons, weighting), weighting.familiesMin);
  const matrix = keepRows(whole, (row) => hasPlace[row] === 1);
  return { matrix, holders: rowHolders(matrix, lessons, weighting) };
}

/** By row: how many of the families that may teach hold it; an authored one counts `authoredHolders` times. */
export function rowHolders(
  matrix: Matrix,
  lessons: readonly Lesson[],
  { authoredHolders }: Pick<WeightOptions, "authoredHolders">,
): Uint16Array {
  const holders = new Uint16Array(matrix.rowCount);
  const seenBy = new Int32Array(matrix.rowCount).fill(-1);
  // One family after the other, so that one "last seen by" a row is enough.
  const families = new Map<string, number[]>();
  for (const [text, { family, mayTeach }] of lessons.entries()) {
    if (!mayTeach) continue;
    const texts = families.get(family);
    if (texts === undefined) families.set(family, [text]);
    else texts.push(text);
  }
  for (const [number, texts] of [...families.values()].entries()) {
    const counted = lessons[texts[0] ?? 0]?.isAuthored ? authoredHolders : 1;
    for (const text of texts) {
      for (let at = matrix.start[text]!; at < matrix.start[text + 1]!; at += 1) {
        const row = matrix.rows[at]!;
        if (seenBy[row] !== number) holders[row] = holders[row]! + counted;
        seenBy[row] = number;
      }
    }
  }
  return holders;
}

/** What a model learns from when these families are held out. */
export function sampleWithout(
  matrix: Matrix,
  lessons: readonly Lesson[],
  holders: Uint16Array,
  heldOut: ReadonlySet<string>,
  weighting: WeightOptions,
): Sample {
  const isTaught = ({ family, mayTeach }: Lesson) => mayTeach && !heldOut.has(family);
  const taught = [...lessons.keys()].filter((text) => isTaught(lessons[text] as Lesson));
  const inHeldOut = rowHolders(
    matrix,
    lessons.map((lesson) => ({ ...lesson, mayTeach: lesson.mayTeach && !isTaught(lesson) })),
    weighting,
  );
  const chosen = taught.map((text) => lessons[text] as Lesson);
  return {
    texts: Uint32Array.from(taught),
    labels: Uint8Array.from(chosen, ({ isUnsafe }) => (isUnsafe ? 1 : 0)),
    weights: lessonWeights(chosen, weighting),
    isAllowed: Uint8Array.from(holders, (count, row) => (count - inHeldOut[row]! >= weighting.familiesMin ? 1 : 0)),
  };
}
