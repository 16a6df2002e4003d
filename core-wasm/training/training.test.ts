import { describe, expect, test } from "vitest";
import { CHECK_BITS, featureExtractor, featureNorm } from "../src/model/features.ts";
import { questionType } from "../src/model/question-type.ts";
import { decodeWeights, encodeWeights } from "../src/model/weights-file.ts";
import { MASKS, modelHash } from "../src/model/words.ts";
import { EVERYDAY_REQUESTS } from "../src/testing/everyday-requests.ts";
import { authoredCorpus } from "./corpus/corpus.ts";
import { headLessons, type Labelled } from "./heads.ts";
import { type LinearModel, learn, logOdds } from "./learner.ts";
import { leaveSourceOut } from "./leave-source-out.ts";
import { type Lesson, lessonWeights } from "./lesson-weights.ts";
import { heldLines } from "./lso-lines.ts";
import { lsoPage } from "./lso-page.ts";
import { type LsoReport, lsoLines, lsoReport } from "./lso-report.ts";
import { keepRows, matrixOf, rowsWithPlace } from "./matrix.ts";
import { nearDuplicates } from "./near-duplicates.ts";
import { quantise } from "./quantise.ts";
import { seededRandom } from "./random.ts";
import { familyOf, isShippable } from "./records.ts";
import { weightsScorer } from "./scorer.ts";
import { changedSettings, DEFAULTS } from "./settings.ts";
import { tokenize } from "./tokens.ts";

/** Rows 0 and 1 mark the classes in every source, row 2 + s its source, row 6 is one source's alone. */
function toyTexts() {
  const texts: Uint32Array[] = [];
  const lessons: Lesson[] = [];
  for (let source = 0; source < 4; source += 1) {
    for (let copy = 0; copy < 40; copy += 1) {
      const isUnsafe = copy % 2 === 0;
      texts.push(keysOf([isUnsafe ? 1 : 0, 2 + source, ...(source === 3 && isUnsafe ? [6] : [])]));
      lessons.push({ isUnsafe, source: `s${source}`, family: `s${source}`, mayTeach: source < 3, isAuthored: false });
    }
  }
  return { matrix: matrixOf(texts), lessons };
}
/** Keys of features that each have a place of their own. */
const keysOf = (rows: readonly number[]) => Uint32Array.from(rows, (row) => row << CHECK_BITS);
const { matrix, lessons } = toyTexts();
const weighting = { ...DEFAULTS.weighting, familiesMin: 2 };

describe("tokens", () => {
  test("are folded words with names, digits and overlong words masked", () => {
    expect(tokenize("Ask @someone for f r e e 50 t1ckets")).toEqual([
      "ask",
      MASKS.mention,
      "for",
      "free",
      MASKS.digits,
      "tickets",
    ]);
    expect(tokenize("a".repeat(99))).toEqual([MASKS.long]);
  });
});

describe("features", () => {
  const extractor = featureExtractor({ ...DEFAULTS.features, rowBits: 16 });
  test("are rising, below 2^rowBits, and the same each time", () => {
    const rows = extractor.extract(["bake", "the", "bread", "bake", "bread"]);
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
    expect(new Set(rows).size).toBeLessThan(rows.length); // two words come twice
    expect(Math.max(...rows)).toBeLessThan(2 ** (16 + CHECK_BITS));
    expect(
      featureExtractor({ ...DEFAULTS.features, rowBits: 16 }).extract(["bake", "the", "bread", "bake", "bread"]),
    ).toEqual(rows);
  });
  test("of a word right behind itself are none", () => {
    expect(extractor.byWord(["no", "no", "no"])[1]).toEqual([]);
    expect(extractor.extract(["no", "no", "no"])).toEqual(extractor.extract(["no"]));
  });
  test("are worth less the more there are, and no more than their mean in long texts", () => {
    expect(featureNorm(3)).toBe(1 / 2);
    expect(featureNorm(4095)).toBe(1 / 64);
    expect(featureNorm(4 * 4096 - 1)).toBe(1 / 256);
  });
  test("tell word order and the type of question", () => {
    const only = featureExtractor({ ...DEFAULTS.features, charsMax: 0 });
    expect(only.extract(["dog", "bites", "man"])).not.toEqual(only.extract(["man", "bites", "dog"]));
    const typeOf = (text: string) => questionType(text.split(" ").map(modelHash));
    expect(typeOf("how do i swim")).not.toBe(typeOf("how many swim"));
    expect(typeOf("swim")).toBe(0);
  });
});

describe("records", () => {
  test.each([
    ["MIT", true],
    ["CC-BY-4.0", true],
    ["CC-BY-NC-4.0", false],
    ["CC-BY-SA-4.0", false],
    ["unstated (research release)", false],
  ])("under %s teach shipped weights: %s", (license, may) => expect(isShippable({ license })).toBe(may));
  test("of questions and of their answers are one family", () => {
    expect(familyOf("medquad-answers")).toBe(familyOf("medquad"));
    expect(familyOf("arc")).toBe("arc");
  });
});

describe("near duplicates", () => {
  const words = (text: string) => text.split(" ");
  test.each([
    ["how can i bake a cake", "how can i bake a cake", true],
    ["how can i bake a big cake for six guests", "how can i bake a big cake for six people", true],
    ["how can i bake a cake", "how can i bake a loaf of bread", false],
    ["hi", "hi", true],
    ["hi", "ho", false],
  ])("of %s and %s: %s", (authored, record, isAlike) => {
    expect(nearDuplicates([words(authored)], [words(record)])).toEqual([isAlike]);
  });
});

describe("held-out texts", () => {
  const everyday = Object.values(EVERYDAY_REQUESTS).flat();
  test("are no near duplicates of anything in the authored corpus", () => {
    const corpus = authoredCorpus(DEFAULTS.learning.seed).map(({ text }) => tokenize(text));
    const isAlike = nearDuplicates(everyday.map(tokenize), corpus);
    expect(everyday.filter((_, index) => isAlike[index])).toEqual([]);
  });
  test("are five to a language, in more than fifteen", () => {
    expect(Object.values(EVERYDAY_REQUESTS).every(({ length }) => length === 5)).toBe(true);
    expect(Object.keys(EVERYDAY_REQUESTS).length).toBeGreaterThan(15);
    expect(new Set(everyday).size).toBe(everyday.length);
  });
});

describe("weights of lessons", () => {
  test("give each class its share, each source by its power, and authored text its part", () => {
    const lesson = (source: string, isUnsafe: boolean, isAuthored = false): Lesson => {
      return { source, family: source, isUnsafe, isAuthored, mayTeach: true };
    };
    const some = [
      ...Array(9).fill(lesson("large", false)),
      lesson("small", false),
      lesson("u", true),
      lesson("a", true, true),
    ];
    const weights = lessonWeights(some, {
      sourcePower: 0,
      authoredShare: 0.25,
      unsafeShare: 0.4,
      familiesMin: 1,
      authoredHolders: 1,
    });
    const share = weights.map((weight) => weight / some.length);
    expect(share[9]).toBeCloseTo(0.3, 6);
    expect(share[0]).toBeCloseTo(0.3 / 9, 6);
    expect(share[10]).toBeCloseTo(0.3, 6);
    expect(share[11]).toBeCloseTo(0.1, 6);
  });
});

describe("learning", () => {
  const learnAll = (seed: number): LinearModel =>
    learn(
      matrix,
      {
        texts: Uint32Array.from(lessons.keys()),
        labels: Uint8Array.from(lessons, ({ isUnsafe }) => (isUnsafe ? 1 : 0)),
        weights: new Float32Array(lessons.length).fill(1),
        isAllowed: new Uint8Array(matrix.rowCount).fill(1),
      },
      { ...DEFAULTS.learning, epochs: 20, seed },
    );
  test("is the same to the bit by seed, and another by another", () => {
    expect(learnAll(1)).toEqual(learnAll(1));
    expect(learnAll(1).weights).not.toEqual(learnAll(2).weights);
  });
  test("tells the classes apart, and leaves alone what says nothing", () => {
    const model = learnAll(1);
    expect(lessons.every(({ isUnsafe }, text) => logOdds(model, matrix, text) > 0 === isUnsafe)).toBe(true);
    expect(Math.abs(model.weights[2] ?? 0)).toBeLessThan(0.01);
  });
});

describe("rows that are kept", () => {
  test("are renumbered by use, and norms still count all", () => {
    const kept = keepRows(matrix, (row) => row < 2);
    expect([...kept.keys]).toEqual([...keysOf([0, 1])]);
    expect(kept.rows).toHaveLength(lessons.length);
    expect(kept.norm).toEqual(matrix.norm);
  });
});

describe("rows that a table can hold", () => {
  test("have a place each: of those that share one, the row of most families, then of most texts", () => {
    const texts = [[256, 257, 512], [257, 258, 512], [258], [768]].map((keys) => Uint32Array.from(keys));
    const crowded = matrixOf(texts);
    expect([...crowded.keys]).toEqual([256, 257, 258, 512, 768]);
    expect([...rowsWithPlace(crowded, Uint16Array.of(2, 2, 2, 2, 1), 2)]).toEqual([0, 1, 0, 1, 0]);
    expect([...rowsWithPlace(crowded, Uint16Array.of(2, 2, 3, 2, 1), 2)]).toEqual([0, 0, 1, 1, 0]);
  });
});

describe("leave-source-out", () => {
  const scores = leaveSourceOut(matrix, lessons, { learning: { ...DEFAULTS.learning, epochs: 20 }, weighting });
  test("holds several families out together when told to have fewer folds", () => {
    const folds: number[] = [];
    const options = { learning: { ...DEFAULTS.learning, epochs: 20 }, weighting: { ...weighting, familiesMin: 1 } };
    const few = leaveSourceOut(matrix, lessons, { ...options, foldsMax: 2 }, (_, total) => folds.push(total));
    expect(folds).toEqual([3, 3, 3]);
    expect(few.every(Number.isFinite)).toBe(true);
  });
  test("scores every text, those that may not teach too", () => expect(scores.every(Number.isFinite)).toBe(true));
  test("learns nothing from a row that the held-out source alone holds", () => {
    const only = lessons.map((lesson) => ({ ...lesson, mayTeach: true }));
    const twin = matrixOf(
      lessons.map((_, text) =>
        keysOf([...matrix.rows.slice(matrix.start[text], matrix.start[text + 1])].filter((row) => row !== 6)),
      ),
    );
    const learning = { ...DEFAULTS.learning, epochs: 5 };
    const difference = (text: number) => {
      const [withRow, without] = [matrix, twin].map(
        (one) => leaveSourceOut({ ...one, norm: matrix.norm }, only, { learning, weighting })[text],
      );
      return (withRow ?? 0) - (without ?? 1);
    };
    expect(difference(120)).toBe(0);
  });
  test("reports areas, nested false alarms and each source", () => {
    const report = lsoReport(
      lessons.map(({ source, isUnsafe }, text) => ({ source, isUnsafe, score: scores[text] ?? 0, weight: 1 })),
      seededRandom(1),
    );
    expect(report).toMatchObject({ records: 160, sources: 4 });
    expect(report.even.auroc).toBeCloseTo(1, 12);
    expect(report.bySource).toHaveLength(4);
    expect(lsoPage(report)).not.toMatch(/<script|<link|https?:/);
    expect(lsoLines(report).join("\n")).toContain("AUROC 1.0000");
    const held = (changed: Partial<LsoReport>) => heldLines({ ...report, ...changed }).map(({ isHeld }) => isHeld);
    const nested = [2, 3, 5].map((percent) => ({ wanted: percent / 100, obtained: percent / 90, recall: 1 }));
    const well = { nested, calibrationError: 0.05, everydayFalseAlarms: 0.005, bySource: [] };
    expect(held(well)).toEqual(Array(7).fill(true));
    expect(held({ ...well, calibrationError: 0.051 }).filter((isHeld) => !isHeld)).toHaveLength(1);
    const source = { source: "s0", safe: 100, unsafe: 0, falseAlarms: 0.081, recall: null };
    expect(held({ ...well, bySource: [source] }).filter((isHeld) => !isHeld)).toHaveLength(1);
    expect(held({ ...well, bySource: [{ ...source, source: "hatecheck" }] })).toEqual(Array(8).fill(true));
  });
});

describe("heads", () => {
  const lesson = (category: string, isAuthored = false): Labelled => {
    const isUnsafe = category !== "none";
    return { category, isUnsafe, isAuthored, source: "s", family: "s", mayTeach: true };
  };
  test.each([
    ["hate", lesson("hate"), "unsafe"],
    ["hate", lesson("violence"), "safe"],
    ["hate", lesson("other"), "silent"],
    ["hate", lesson("jailbreak"), "silent"],
    ["hate", lesson("jailbreak", true), "safe"],
    ["jailbreak", lesson("jailbreak"), "unsafe"],
    ["privacy", lesson("exploitation"), "silent"],
    ["privacy", lesson("exploitation", true), "safe"],
    ["exploitation", lesson("privacy", true), "silent"],
    ["risk", lesson("other"), "unsafe"],
  ] as const)("%s learns from %o that it is %s", (head, one, what) => {
    const [seen] = headLessons([one], head);
    expect(seen?.mayTeach ? (seen.isUnsafe ? "unsafe" : "safe") : "silent").toBe(what);
  });
});

describe("a weights file", () => {
  const features = { ...DEFAULTS.features, rowBits: 16 };
  const extractor = featureExtractor(features);
  const rows = extractor.extract(tokenize("bad words"));
  const model: LinearModel = { bias: -1, weights: Float32Array.from(rows, (_, index) => index - 3) };
  const calibration = { slope: 1, intercept: 0, thresholds: [] };
  const NO_SCORES = { sides: ["prompt"] as const, heads: [], calibration: [] };
  const weights = quantise([{ name: "risk", model }], rows, { features, calibration }, () => NO_SCORES);

  test("is read back as it was written, and the same each time", () => {
    const bytes = encodeWeights(weights);
    expect(decodeWeights(bytes)).toEqual(weights);
    expect(encodeWeights(weights)).toEqual(bytes);
  });
  test("is refused when a byte of it is another", () => {
    const bytes = Uint8Array.from(encodeWeights(weights));
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    expect(() => decodeWeights(bytes)).toThrow(/damaged/);
    expect(() => decodeWeights(bytes.subarray(0, -1))).toThrow(/cut off/);
    expect(() => decodeWeights(new Uint8Array(20))).toThrow(/no weights/);
  });
  test("scores a text as the model did, within the steps of int8", () => {
    const { logOdds: odds, featureCount } = weightsScorer(weights)("bad words");
    const exact = -1 + model.weights.reduce((sum, weight) => sum + weight, 0) / Math.sqrt(featureCount + 1);
    expect(featureCount).toBe(rows.length);
    expect(Math.abs((odds[0] ?? 0) - exact)).toBeLessThan(
      (weights.header.heads[0]?.scale ?? 0) * Math.sqrt(rows.length),
    );
    expect(weightsScorer(weights)("")).toMatchObject({ featureCount: 0, logOdds: Float64Array.of(-1) });
  });
});

describe("settings", () => {
  test("change by name", () => expect(changedSettings(["learning.epochs=7"]).learning.epochs).toBe(7));
  test.each(["learning.nothing=1", "learning.epochs=true", "x=1"])("refuse %s", (change) => {
    expect(() => changedSettings([change])).toThrow(/the settings are/);
  });
});
