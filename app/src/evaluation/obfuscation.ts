/**
 * Rewrites text the way people do to get past a filter: same meaning to a reader, other bytes. Pure: the same text,
 * kind and seed give the same rewriting. Kinds that folding undoes (docs/guides/detection.md §2) keep the words as they
 * are once folded; the others change or hide them.
 */
import { type Random, seededRandom } from "../random.ts";

export const OBFUSCATIONS = [
  "case",
  "spacing",
  "punctuation",
  "leet",
  "homoglyphs",
  "zero-width",
  "bidi",
  "combining-marks",
  "base64",
  "hex",
  "url",
  "rot13",
  "reversed",
  "mixed",
] as const;
export type Obfuscation = (typeof OBFUSCATIONS)[number];

/** Largest AUROC that a kind may cost; null: reported alone. */
export const LOSS_MAX: Readonly<Record<Obfuscation, number | null>> = {
  case: 0.02,
  spacing: 0.02,
  punctuation: 0.02,
  leet: 0.03,
  homoglyphs: 0.02,
  "zero-width": 0.02,
  bidi: 0.02,
  "combining-marks": 0.02,
  base64: 0.05,
  hex: 0.05,
  url: 0.05,
  rot13: 0.05,
  reversed: null,
  mixed: null,
};

/** Share of the letters, or of the words, that a kind touches. */
const TOUCHED = 0.5;
/** Shorter words are not taken apart: two single letters mean themselves. */
const APART_LETTERS_MIN = 3;
const WORD = /[A-Za-z]+/g;
const LETTER = /[A-Za-z]/g;

const LEET: Readonly<Record<string, string>> = { a: "4", e: "3", i: "1", o: "0", s: "5", t: "7" };
/** Cyrillic letters that look the same. */
const HOMOGLYPHS: Readonly<Record<string, string>> = {
  a: "\u0430",
  c: "\u0441",
  e: "\u0435",
  i: "\u0456",
  j: "\u0458",
  o: "\u043e",
  p: "\u0440",
  s: "\u0455",
  x: "\u0445",
  y: "\u0443",
  A: "\u0410",
  B: "\u0412",
  E: "\u0415",
  H: "\u041d",
  K: "\u041a",
  M: "\u041c",
  O: "\u041e",
  P: "\u0420",
  T: "\u0422",
};
const ZERO_WIDTH = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"] as const;
const BIDI = ["\u200e", "\u200f", "\u202a", "\u202c", "\u2066", "\u2068", "\u2069"] as const;
const COMBINING = ["\u0300", "\u0301", "\u0307", "\u0323", "\u0335", "\u0336", "\u0338"] as const;
const SEPARATORS = [".", "-", "_", "*", "/"] as const;

type Rewrite = (text: string, random: Random) => string;

/** Letters with a chance of `TOUCHED` each. */
const byLetter =
  (change: (letter: string, random: Random) => string): Rewrite =>
  (text, random) =>
    text.replace(LETTER, (letter) => (random.next() < TOUCHED ? change(letter, random) : letter));

/** Puts one of `marks` behind letters that have a letter after them, so that none stands at the edge of a word. */
const inside =
  (marks: readonly [string, ...string[]]): Rewrite =>
  (text, random) =>
    text.replace(/[A-Za-z](?=[A-Za-z])/g, (letter) => (random.next() < TOUCHED ? letter + random.pick(marks) : letter));

/** Takes words apart letter by letter; blanks around them keep neighbours from running into each other. */
const apart =
  (separators: readonly [string, ...string[]]): Rewrite =>
  (text, random) =>
    text.replace(WORD, (word) => {
      if (word.length < APART_LETTERS_MIN || random.next() >= TOUCHED) return word;
      return `  ${[...word].join(random.pick(separators))}  `;
    });

const rot13: Rewrite = (text) =>
  text.replace(LETTER, (letter) => {
    const base = letter < "a" ? 65 : 97;
    return String.fromCharCode(base + ((letter.charCodeAt(0) - base + 13) % 26));
  });

const byWord: readonly [Obfuscation, ...Obfuscation[]] = [
  "case",
  "spacing",
  "punctuation",
  "leet",
  "homoglyphs",
  "zero-width",
  "combining-marks",
];
const mixed: Rewrite = (text, random) => text.replace(WORD, (word) => REWRITES[random.pick(byWord)](word, random));

const REWRITES: Readonly<Record<Obfuscation, Rewrite>> = {
  case: byLetter((letter) => (letter < "a" ? letter.toLowerCase() : letter.toUpperCase())),
  spacing: apart([" "]),
  punctuation: apart(SEPARATORS),
  leet: byLetter((letter) => LEET[letter.toLowerCase()] ?? letter),
  homoglyphs: byLetter((letter) => HOMOGLYPHS[letter] ?? letter),
  "zero-width": inside(ZERO_WIDTH),
  bidi: inside(BIDI),
  "combining-marks": inside(COMBINING),
  base64: (text) => Buffer.from(text).toString("base64"),
  hex: (text) => Buffer.from(text).toString("hex"),
  url: (text) => Buffer.from(text).toString("hex").replace(/../g, "%$&"),
  rot13,
  reversed: (text) => [...text].reverse().join(""),
  mixed,
};

/** @param seed one a record, so that no two are rewritten by the same draws */
export function obfuscate(text: string, kind: Obfuscation, seed: number): string {
  return REWRITES[kind](text, seededRandom(seed));
}
