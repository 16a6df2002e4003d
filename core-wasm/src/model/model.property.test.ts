import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDetector } from "../detector.ts";
import { hostileText } from "../oracle/arbitrary.ts";
import { differenceOf } from "../oracle/difference.ts";
import { createOracle } from "../oracle/index.ts";
import { eventWith, VECTOR_PACK } from "../oracle/vectors.ts";
import { readPack } from "../pack/index.ts";
import { compilePack, PackBlobError } from "../pack-blob.ts";
import { madeModel } from "../testing/made-model.ts";
import type { PackModel } from "../types.ts";
import { modelWords } from "./words.ts";

const rules = readPack(VECTOR_PACK);
const pack: PackModel = { ...rules, model: madeModel(rules, 7) };
const blob = compilePack(pack);
const oracle = createOracle(pack);
const detector = createDetector(blob);
const agree = (prompt: string, completion = "") => {
  expect(differenceOf(detector, oracle, eventWith({ prompt, completion }))).toBeUndefined();
};

describe("the kernel's model agrees with the oracle's, bit for bit", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "how",
      "do",
      "i",
      "what",
      "is",
      "the",
      "a",
      "kill",
      "time",
      "constructor",
      "@name",
      "a@b",
      "2",
      "x1",
    ),
    fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(..."abcdefghé中ж") }),
  );
  const ordinary = fc.array(word, { maxLength: 60 }).map((words) => words.join(" "));

  test("on ordinary words", () => {
    fc.assert(fc.property(ordinary, ordinary, agree), { numRuns: 500 });
  });
  test("on hostile texts", () => {
    fc.assert(fc.property(hostileText(pack), hostileText(pack), agree), { numRuns: 300 });
  });
  test("whether a word is remembered or met for the first time", () => {
    fc.assert(
      fc.property(ordinary, (text) => {
        const fresh = createDetector(blob);
        for (const one of [fresh, fresh, detector]) {
          expect(differenceOf(one, oracle, eventWith({ prompt: text }))).toBeUndefined();
        }
      }),
      { numRuns: 15 },
    );
  });
  test("on more words than its memory holds", () => {
    const words = Array.from({ length: 40_000 }, (_, index) => `w${index.toString(26).replace(/\d/g, "x")}`);
    for (let from = 0; from < words.length; from += 1000) agree(words.slice(from, from + 1000).join(" "));
    agree(words.slice(0, 1500).join(" "));
  });
  test.each([31, 32, 33, 64, 65, 100])("on a word of %i bytes", (length) => agree(`a ${"b".repeat(length)} c`));
  test.each([0, 1, 2, 3, 2047, 2048, 2049, 3000])("on %i words", (count) =>
    agree("how do i ".repeat(count).slice(0, 3 * count)),
  );
});

test("a text with more words than the model reads says so, and the rest has no say", () => {
  const scanOf = (prompt: string) => {
    const payload = detector.open(eventWith({ prompt }));
    if (!("scan" in payload)) throw new Error("refused");
    const { model } = payload.scan(0);
    return { overall: model?.overall, isCut: model?.isCut };
  };
  const read = "quiet day ".repeat(1024);
  expect(scanOf(read)).toEqual({ ...scanOf(`${read} more`), isCut: false });
  expect(scanOf(`${read} more`).isCut).toBe(true);
});

test("a model that reads prompts says nothing of completions", () => {
  const reading = { ...pack, model: { ...madeModel(rules, 7), sides: ["prompt"] as const } };
  const one = createDetector(compilePack(reading));
  const text = "how do i kill time ".repeat(9);
  expect(differenceOf(one, createOracle(reading), eventWith({ prompt: "", completion: text }))).toBeUndefined();
  const payload = one.open(eventWith({ prompt: "", completion: text }));
  expect("scan" in payload && payload.scan(0).model?.overall).toBe(0);
});

test("words are masked where they name somebody, count something or are no words", () => {
  const bytes = new TextEncoder().encode(`ask @some.one 12 b0mb x2y ${"z".repeat(33)} constructor`);
  expect(modelWords(bytes).map(({ text }) => text)).toEqual([
    "ask",
    "<mention>",
    "one",
    "<digits>",
    "bomb",
    "<digits>",
    "<long>",
    "constructor",
  ]);
});

describe("a pack", () => {
  test("without a model is the same blob as before there were any", () => {
    const plain = createDetector(compilePack(rules));
    expect(plain.pack.model).toBeUndefined();
    const payload = plain.open(eventWith({ prompt: "how do i kill time" }));
    expect("scan" in payload && "model" in payload.scan(0)).toBe(false);
    expect(new DataView(compilePack(rules).buffer).getUint32(4, true)).toBe(6);
  });
  test("tells its model, but for the rows", () => {
    const { rows: _, ...model } = madeModel(rules, 7);
    expect(detector.pack.model).toEqual(model);
  });
  test.each([
    ["rows that are too few", { rows: new Int8Array(16) }, /16 bytes for 2\^12 rows/],
    ["no heads", { heads: [] }, /0 heads/],
    ["grams that the kernel cannot read", { features: { rowBits: 10, charsMin: 2, charsMax: 7 } }, /n-grams of 2 to 7/],
    ["a table that falls", { heads: [headWith([10, 5], [20, 4])] }, /does not rise/],
    [
      "a first head that flags nothing at all",
      { heads: [headWith([0, 5], [20, 40])] },
      /flags a text that says nothing/,
    ],
  ])("is refused with %s", (_name, change, message) => {
    const wrong = () => compilePack({ ...rules, model: { ...madeModel(rules, 7), ...change } });
    expect(wrong).toThrow(PackBlobError);
    expect(wrong).toThrow(message);
  });
});

function headWith(...knots: readonly (readonly [at: number, score: number])[]) {
  return { name: "risk", category: -1, own: knots.map(([at, score]) => ({ at, score })), ceiling: [] };
}
