import { expect, test } from "vitest";
import { frequentWordsOf } from "./frequent-words.ts";

const prompt = (source: string, text: string, more = {}) => ({
  ...{ role: "prompt" as const, isUnsafe: false, license: "MIT", source, text },
  ...more,
});
const sources = ["arc", "medquad", "oktest"] as const;
const everywhere = (text: string, more = {}) => sources.map((source) => prompt(source, text, more));

test("a word counts once a prompt, and the most frequent come first", () => {
  const records = [...everywhere("the the the end"), prompt("arc", "An end"), ...everywhere("an")];
  expect(frequentWordsOf(records, 9)).toEqual(["an", "end", "the"]);
  expect(frequentWordsOf(records, 1)).toEqual(["an"]);
});

test.each([
  ["is used by too few families of sources", [prompt("arc", "odd"), prompt("medquad", "odd")]],
  ["stands in sources of one family", sources.map((_, index) => prompt(`gptfuzz-${index}`, "odd"))],
  ["stands in unsafe prompts", everywhere("odd", { isUnsafe: true })],
  ["stands in completions", everywhere("odd", { role: "completion" })],
  ["stands in texts that may not teach", everywhere("odd", { license: "CC-BY-NC-4.0" })],
  ["stands behind a thousand characters", everywhere(`${"the ".repeat(250)}odd`)],
  ["has digits or other letters", everywhere("od8 да")],
])("a word that %s is left out", (_name, records) => {
  expect(frequentWordsOf([...records, ...everywhere("the")], 9)).toEqual(["the"]);
});
