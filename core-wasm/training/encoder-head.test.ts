import { describe, expect, test } from "vitest";
import { denseLogOdds, learnDense } from "./dense-head.ts";
import { ENCODER_DEFAULTS, type Encode, headSource, trainEncoderHead } from "./encoder-head.ts";
import { mix } from "./mix.ts";
import type { LabelledText } from "./records.ts";

/** Words hashed to sixteen places, of unit length: enough of a meaning for words that differ. */
const encode: Encode = async (texts) =>
  texts.map((text) => {
    const vector = new Float32Array(16);
    for (const word of text.split(" ")) {
      const place = [...word].reduce((state, letter) => mix(state, letter.charCodeAt(0)), 1) & 15;
      vector[place] = (vector[place] as number) + 1;
    }
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });

function recordsOf(source: string, license: string, isFlipped = false): LabelledText[] {
  return Array.from({ length: 40 }, (_, index) => ({
    ...{ id: `${source}-${index}`, role: "prompt" as const, category: "none", context: "", source, license },
    isUnsafe: (index % 2 === 0) !== isFlipped,
    text: `${index % 2 === 0 ? "storm thunder" : "meadow sunshine"} ${source} ${index}`,
  }));
}
const settings = { ...ENCODER_DEFAULTS, recordsPerAuthoredFamily: 0 };
const train = (records: readonly LabelledText[]) => trainEncoderHead(records, settings, encode, () => {});

describe("the head of the sentence encoder", () => {
  const clean = ["north", "south", "east"].flatMap((source) => recordsOf(source, "MIT"));

  test("is judged on sources that it did not learn from", async () => {
    const { report, learnt } = await train(clean);
    expect(learnt).toBe(120);
    expect(report.sources).toBe(3);
    expect(report.even.auroc).toBeGreaterThan(0.95);
    const odd = await train([...clean, ...recordsOf("west", "MIT", true)]);
    expect(odd.report.bySource.find(({ source }) => source === "west")?.recall).toBeLessThan(0.1);
  });

  test("learns nothing from a record whose licence does not allow it", async () => {
    const first = await train(clean);
    for (const license of ["CC-BY-NC-4.0", "CC-BY-SA-4.0", "unstated"]) {
      const { weights, learnt } = await train([...clean, ...recordsOf("west", license, true)]);
      expect([weights, learnt]).toEqual([first.weights, 120]);
    }
  });

  test("comes out the same to the bit, as a file of one constant", async () => {
    const [one, two] = [headSource(await train(clean)), headSource(await train(clean))];
    expect(one).toBe(two);
    expect(one).toMatch(/^\/\*\* .* \*\/\nexport const ENCODER_HEAD = \{\n/);
  });
});

test("both classes weigh the same, however many there are of each", () => {
  const vectors = [[1, 0], ...Array.from({ length: 9 }, () => [0, 1])].map((values) => Float32Array.from(values));
  const isUnsafe = vectors.map((_, index) => index === 0);
  const head = learnDense({ vectors, isUnsafe, weights: vectors.map(() => 1) }, { ...ENCODER_DEFAULTS, ridge: 0.01 });
  const [unsafe, safe] = [denseLogOdds(head, vectors[0]!), denseLogOdds(head, vectors[1]!)];
  expect(unsafe).toBeGreaterThan(0.5);
  expect(unsafe + safe).toBeCloseTo(0, 1);
});
