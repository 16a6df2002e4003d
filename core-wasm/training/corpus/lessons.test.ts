/** What the corpus teaches by itself: a model learnt from it alone, without any labelled record. */
import { describe, expect, test } from "vitest";
import { featureNorm } from "../../src/model/features.ts";
import { learn, logOdds } from "../learner.ts";
import { learntRows, sampleWithout } from "../leave-source-out.ts";
import { lessonsOf } from "../lessons.ts";
import { seededRandom } from "../random.ts";
import { DEFAULTS } from "../settings.ts";
import { tokenize } from "../tokens.ts";
import { EVERYDAY_ABROAD } from "./everyday-abroad.ts";

const { texts, matrix: whole, extractor } = lessonsOf([], DEFAULTS, true);
const { weighting, learning } = DEFAULTS;
const { matrix, holders } = learntRows(whole, texts, weighting);
const model = learn(matrix, sampleWithout(matrix, texts, holders, new Set(), weighting), learning);
const rowOf = new Map([...matrix.keys].map((key, row) => [key, row]));

function score(text: string): number {
  const features = extractor.extract(tokenize(text));
  const sum = features.reduce((total, key) => total + (model.weights[rowOf.get(key) ?? -1] ?? 0), 0);
  return model.bias + sum * featureNorm(features.length);
}
function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
const UNSAFE_MEDIAN = median(texts.flatMap(({ isUnsafe }, text) => (isUnsafe ? [logOdds(model, matrix, text)] : [])));

describe("the corpus alone teaches", () => {
  test("which of its own texts are unsafe", () => {
    const right = texts.filter(({ isUnsafe }, text) => logOdds(model, matrix, text) > 0 === isUnsafe).length;
    expect(right / texts.length).toBeGreaterThan(0.9);
  });
  test.each(Object.entries(EVERYDAY_ABROAD))("that everyday %s is no harm", (_, requests) => {
    expect(requests.reduce((sum, request) => sum + score(request), 0) / requests.length).toBeLessThan(0);
  });
  test("that neither a language's everyday requests nor random letters come near what is unsafe", () => {
    const { below } = seededRandom(9);
    const letters = () => String.fromCharCode(97 + below(26));
    const word = () => Array.from({ length: 2 + below(9) }, letters).join("");
    const noise = Array.from({ length: 20 }, (_, count) => Array.from({ length: 8 * count + 1 }, word).join(" "));
    const scores = [...Object.values(EVERYDAY_ABROAD).flat(), ...noise].map(score);
    expect(Math.max(...scores)).toBeLessThan(UNSAFE_MEDIAN);
  });
});
