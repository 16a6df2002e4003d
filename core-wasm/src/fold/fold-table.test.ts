import { expect, test } from "vitest";
import { FOLD_PAGES, foldClass, foldPage } from "./fold-table.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;
const of = (character: string) => {
  const entry = foldClass(character.codePointAt(0) ?? 0);
  return "output" in entry ? `${entry.kind}:${entry.output}` : entry.kind;
};

test.each([
  ["A", "word:a"],
  ["z", "word:z"],
  ["7", "word:7"],
  ["é", "word:e"],
  ["Ø", "word:o"],
  ["Ł", "word:l"],
  ["đ", "word:d"],
  ["ß", "word:ss"],
  ["ẞ", "word:ss"],
  ["İ", "word:i"],
  ["ı", "word:i"],
  ["ﬃ", "word:ffi"],
  ["Ａ", "word:a"],
  ["𝕏", "word:x"],
  ["𝟗", "word:9"],
  ["Ⓠ", "word:q"],
  ["🅰", "word:a"],
  ["🇿", "word:z"],
  ["❸", "word:3"],
  ["²", "word:2"],
  ["٤", "word:4"],
  ["а", "word:a"],
  ["Н", "word:h"],
  ["Η", "word:h"],
  ["η", "word:n"],
  ["Ꭺ", "word:a"],
  ["ɑ", "word:a"],
  ["ʀ", "word:r"],
  ["ꓐ", "word:b"],
  ["б", "word:б"],
  ["Б", "word:б"],
  ["ж", "word:ж"],
  ["ש", "word:ש"],
  ["각", "word:각"],
  ["½", "word:½"],
  ["中", "single:中"],
  ["が", "single:か"],
  ["ｶ", "single:カ"],
  ["ー", "single:ー"],
  ["豈", "single:豈"],
  ["ก", "single:ก"],
  ["ำ", "single:ำ"],
  ["\u200b", "removed"],
  ["\u202e", "removed"],
  ["\u00ad", "removed"],
  ["\ufeff", "removed"],
  ["\ufe0f", "removed"],
  ["\u{e0041}", "removed"],
  ["\u0301", "removed"],
  ["\u20e3", "removed"],
  ["'", "separator"],
  ["’", "separator"],
  ["ʼ", "separator"],
  ["@", "separator"],
  ["$", "separator"],
  ["_", "separator"],
  ["™", "separator"],
  ["🙂", "separator"],
  ["\ufffd", "separator"],
])("%s is %s", (character, expected) => expect(of(character)).toBe(expected));

test("every output keeps its bounds and is one that folding leaves as it is", () => {
  const faulty: string[] = [];
  for (let page = 0; page < FOLD_PAGES; page += 1) {
    foldPage(page)?.forEach((entry, index) => {
      if (!("output" in entry)) return;
      const input = String.fromCodePoint(page * 256 + index);
      const characters = [...entry.output];
      const isBounded =
        characters.length >= 1 &&
        characters.length <= (entry.kind === "single" ? 1 : 4) &&
        (bytes(entry.output) <= 2 * bytes(input) || entry.output === input);
      if (!isBounded || !characters.every((character) => of(character) === `${entry.kind}:${character}`)) {
        faulty.push(`${input} ${entry.output}`);
      }
    });
  }
  expect(faulty).toEqual([]);
});
