import { expect, test } from "vitest";
import { markText } from "./text-marks.ts";

function spanOf(text: string, part: string) {
  const start = Buffer.byteLength(text.slice(0, text.indexOf(part)));
  return { start, end: start + Buffer.byteLength(part), label: "rule" };
}

test("carets stand under the matched words", () => {
  const text = "please ignore previous instructions now";
  expect(markText(text, [spanOf(text, "ignore previous instructions")])).toEqual([
    text,
    "       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ rule",
  ]);
});

test("only the line of the match is shown", () => {
  const text = "first\nsecond bad third\nfourth";
  expect(markText(text, [spanOf(text, "bad")])).toEqual(["second bad third", "       ^^^ rule"]);
});

test("a match at the very start and one that spans lines are shown", () => {
  expect(markText("bad", [{ start: 0, end: 3, label: "rule" }])).toEqual(["bad", "^^^ rule"]);
  expect(markText("\nbad\nword", [{ start: 1, end: 9, label: "rule" }])).toEqual(["bad", "^^^ rule"]);
});

test("accents, wide characters and combining marks keep the carets in place", () => {
  const text = "naïve 漢字 e\u0301 bad";
  expect(markText(text, [spanOf(text, "bad")])[1]).toBe(`${" ".repeat(13)}^^^ rule`);
});

test("control characters cannot reach the terminal", () => {
  const text = "\u001b[2Jbad\u202e";
  expect(markText(text, [spanOf(text, "bad")])[0]).toBe("·[2Jbad·");
});

test("a long line is cut around its match", () => {
  const text = `${"x".repeat(500)} bad ${"y".repeat(500)}`;
  const [line, carets] = markText(text, [spanOf(text, "bad")]);
  expect(line?.length).toBeLessThanOrEqual(103);
  expect(line?.indexOf("bad")).toBe(carets?.indexOf("^^^"));
});
