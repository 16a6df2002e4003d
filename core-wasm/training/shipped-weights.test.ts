import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decodeWeights } from "../src/model/weights-file.ts";
import type { ScoreVectors } from "./score-vectors.ts";
import { weightsScorer } from "./scorer.ts";

const path = (name: string) => new URL(`../models/${name}`, import.meta.url);
const BYTES_MAX = 8_000_000;

test.skipIf(!existsSync(path("prompt.weights")))(
  "the shipped weights are small, whole, and score their vectors",
  () => {
    const bytes = readFileSync(path("prompt.weights"));
    expect(bytes.length).toBeLessThan(BYTES_MAX);
    const weights = decodeWeights(bytes);
    const { sha256, heads, vectors } = JSON.parse(readFileSync(path("prompt.vectors.json"), "utf8")) as ScoreVectors;
    expect(sha256).toBe(weights.header.sha256);
    expect(heads).toEqual(weights.header.heads.map(({ name }) => name));
    const score = weightsScorer(weights);
    for (const { text, featureCount, sums } of vectors) {
      expect(score(text), text).toMatchObject({ featureCount, sums: Int32Array.from(sums) });
    }
  },
);
