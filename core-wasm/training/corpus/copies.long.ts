/** Authored texts are nobody's copy: neither of a labelled record nor of another family. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { nearDuplicates } from "../near-duplicates.ts";
import { readRecords } from "../records.ts";
import { tokenize } from "../tokens.ts";
import { authoredCompletions, authoredCorpus } from "./corpus.ts";
import { EVERYDAY_ABROAD } from "./everyday-abroad.ts";

/** Numbers and overlong words are masked, so that tables and keys are all alike: they are nobody's words. */
const DISTINCT_MIN = 4;
const corpus = [...authoredCorpus(1), ...authoredCompletions(1)]
  .map(({ family, text }) => ({ family, words: tokenize(text) }))
  .filter(({ words }) => new Set(words).size >= DISTINCT_MIN);
const words = corpus.map(({ words: ours }) => ours);
/** A short request is written twice by chance; the trainer leaves such texts out. */
const ALIKE_SHARE_MAX = 0.002;
const TIMEOUT_MS = 240_000;

describe("an authored text", () => {
  test(
    "is nearly a text of no other family",
    () => {
      const alike = [...new Set(corpus.map(({ family }) => family))].flatMap((name) => {
        const isOurs = corpus.map(({ family }) => family === name);
        const ours = words.filter((_, index) => isOurs[index]);
        const found = nearDuplicates(
          ours,
          words.filter((_, index) => !isOurs[index]),
        );
        return ours.filter((_, index) => found[index]).map((text) => `${name}: ${text.join(" ")}`);
      });
      expect(alike).toEqual([]);
    },
    TIMEOUT_MS,
  );
  test("is nearly none of the requests that a model is tried on", () => {
    const requests = Object.values(EVERYDAY_ABROAD).flat();
    expect(requests.length).toBeGreaterThanOrEqual(45);
    const found = nearDuplicates(requests.map(tokenize), words);
    expect(requests.filter((_, index) => found[index])).toEqual([]);
  });
  for (const file of ["train.jsonl", "dev.jsonl"]) {
    const path = fileURLToPath(new URL(`../../../../shared/data/${file}`, import.meta.url));
    test.skipIf(!existsSync(path))(
      `is nearly a record of ${file} in at most two of a thousand cases (skipped when ../shared/data is not there)`,
      () => {
        const records = readRecords(path).map(({ text }) => tokenize(text));
        const found = nearDuplicates(words, records).filter(Boolean).length;
        expect(found / corpus.length).toBeLessThanOrEqual(ALIKE_SHARE_MAX);
      },
      TIMEOUT_MS,
    );
  }
});
