/** The weights that come along, joined to the default rules, in the kernel. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createDetector } from "../detector.ts";
import { differenceOf } from "../oracle/difference.ts";
import { createOracle } from "../oracle/index.ts";
import { eventWith } from "../oracle/vectors.ts";
import { readPack } from "../pack/index.ts";
import { compilePack } from "../pack-blob.ts";
import { LIMITS, type PackModel } from "../types.ts";
import { wordSums } from "./score-words.ts";
import { decodeWeights, trainedModel } from "./weights-file.ts";
import { modelWords } from "./words.ts";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const weightsPath = path("models/prompt.weights");
const RULES = path("packs/default");
/** Lowest `block` of preset `default` over all tiers, where the model's word alone must not reach. */
const BLOCKS: Readonly<Record<string, number>> = { cbrn: 5500, child_safety: 5500, self_harm: 10_000 };
const BLOCK = 6000;

interface Vectors {
  readonly heads: readonly string[];
  readonly vectors: readonly {
    readonly text: string;
    readonly featureCount: number;
    readonly sums: readonly number[];
  }[];
}

describe.skipIf(!existsSync(weightsPath))("the weights that come along", () => {
  const rules = readPack(RULES);
  const model = trainedModel(decodeWeights(readFileSync(weightsPath)), rules.categories);
  const pack: PackModel = { ...rules, model };
  const detector = createDetector(compilePack(pack));
  const { heads, vectors } = JSON.parse(readFileSync(path("models/prompt.vectors.json"), "utf8")) as Vectors;
  const scanOf = (prompt: string) => {
    const payload = detector.open(eventWith({ prompt }));
    const scan = "scan" in payload ? payload.scan(0) : undefined;
    if (scan?.model === undefined) throw new Error("refused, or no model");
    return scan.model;
  };

  test("sum their vectors as the trainer did", () => {
    const sumsOf = wordSums(model);
    const lanes = model.heads.map(({ name }) => heads.indexOf(name));
    for (const { text, featureCount, sums } of vectors) {
      const found = sumsOf(modelWords(Buffer.from(text)).map((word) => word.text));
      expect(found.features, text).toBe(featureCount);
      expect([...found.sums].slice(0, lanes.length), text).toEqual(lanes.map((lane) => sums[lane]));
    }
  });
  test("score alike in the kernel and in the oracle", () => {
    const oracle = createOracle(pack);
    for (const { text } of vectors) {
      expect(differenceOf(detector, oracle, eventWith({ prompt: text, completion: text }))).toBeUndefined();
    }
  });
  test("say nothing of most safe texts, and something of others", () => {
    const spoken = vectors.filter(({ text }) => scanOf(text).overall > 0).length;
    expect(spoken).toBeGreaterThan(vectors.length / 20);
    expect(spoken).toBeLessThan(vectors.length / 2 + 10);
  });
  test("never reach a block of preset default", () => {
    for (const { name, category, ceiling } of model.heads) {
      if (category >= 0) expect(ceiling.at(-1)?.score, name).toBeLessThan(BLOCKS[name] ?? BLOCK);
    }
  });
  test("name words without which the score is lower", () => {
    const flagged = vectors.filter(({ text }) => scanOf(text).overall >= 3000);
    expect(flagged.length).toBeGreaterThan(3);
    for (const { text } of flagged) {
      const before = scanOf(text).overall;
      const spans = scanOf(text).carriedBy("prompt", -1, 5);
      expect(spans.length).toBeGreaterThan(0);
      let rest = Buffer.from(text);
      for (const { start, end } of [...spans].reverse()) {
        rest = Buffer.concat([rest.subarray(0, start), rest.subarray(end)]);
      }
      expect(scanOf(rest.toString()).overall, text).toBeLessThan(before);
    }
  });
  test("fill at most the lanes that a row has", () => expect(model.heads.length).toBeLessThanOrEqual(LIMITS.headsMax));
});
