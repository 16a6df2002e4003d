import { expect, test } from "vitest";
import { wrapText } from "./wrap-text.ts";

test("a text is broken at blanks, and a word that fits no line stays whole", () => {
  expect(wrapText("one two three four five six", { columns: 20 })).toEqual(["one two three four", "five six"]);
  expect(wrapText(`a ${"x".repeat(40)} b`, { columns: 20 })).toEqual(["a", "x".repeat(40), "b"]);
});

test("the indent counts, and the first line may carry a lead", () => {
  expect(wrapText("a fault and what to do about it", { columns: 30, indent: 4, lead: "* " })).toEqual([
    "  * a fault and what to do",
    "    about it",
  ]);
});

test("a very wide terminal gets lines that can be read", () => {
  const lines = wrapText("word ".repeat(100).trim(), { columns: 400 });
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(110);
});
