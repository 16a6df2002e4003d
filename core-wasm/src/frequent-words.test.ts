import { expect, test } from "vitest";
import { foldText } from "./fold/index.ts";
import { frequentWords } from "./frequent-words.ts";

test("the words that ship are distinct, and folded as the kernel meets them", () => {
  const words = frequentWords();
  expect(words.length).toBeGreaterThan(1000);
  expect(new Set(words).size).toBe(words.length);
  expect(words.slice(0, 20)).toContain("the");
  const encoder = new TextEncoder();
  const folded = words.map((word) => foldText(encoder.encode(word)).map(({ text }) => text));
  expect(folded).toEqual(words.map((word) => [word]));
});
