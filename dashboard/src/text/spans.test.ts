import fc from "fast-check";
import { expect, test } from "vitest";
import { cutBySpans, toUnits } from "./spans.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  ["ASCII", "one two", 4, 7, "two"],
  ["two bytes a letter", "süß two", 6, 9, "two"],
  ["three bytes a letter", "日本 two", 7, 10, "two"],
  ["four bytes and a surrogate pair", "😀 two", 5, 8, "two"],
  ["a lone surrogate is U+FFFD", "\ud800 two", 4, 7, "two"],
  ["a border inside a character moves outwards", "a😀b", 2, 3, "😀"],
  ["past the end is cut", "two", 1, 99, "wo"],
  ["an empty span is nothing", "two", 1, 1, ""],
] as const)("%s", (_name, text, start, end, expected) => {
  const { from, to } = toUnits(text, { start, end });
  expect(text.slice(from, to)).toBe(expected);
});

test("overlapping spans give a piece for each cover", () => {
  const first = { start: 0, end: 5 };
  const second = { start: 3, end: 8 };
  expect(cutBySpans("abcdefghij", [first, second])).toEqual([
    { text: "abc", spans: [first] },
    { text: "de", spans: [first, second] },
    { text: "fgh", spans: [second] },
    { text: "ij", spans: [] },
  ]);
});

test("an empty text has no pieces", () => expect(cutBySpans("", [{ start: 0, end: 3 }])).toEqual([]));

const anyText = fc.string({ unit: "binary", maxLength: 40 });

test("the pieces joined are the text, whatever the spans", () => {
  const span = fc.record({ start: fc.nat(60), end: fc.nat(60) });
  fc.assert(
    fc.property(anyText, fc.array(span, { maxLength: 6 }), (text, spans) => {
      const pieces = cutBySpans(text, spans);
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    }),
  );
});

test("a span between two characters cuts the same bytes out of the string as out of its UTF-8", () => {
  fc.assert(
    fc.property(anyText, fc.nat(40), fc.nat(40), (text, one, other) => {
      const characters = [...text];
      const first = Math.min(one, other, characters.length);
      const last = Math.min(Math.max(one, other), characters.length);
      const start = bytes(characters.slice(0, first).join("")).length;
      const end = bytes(characters.slice(0, last).join("")).length;
      const { from, to } = toUnits(text, { start, end });
      expect(bytes(text.slice(from, to))).toEqual(bytes(text).slice(start, end));
    }),
  );
});
