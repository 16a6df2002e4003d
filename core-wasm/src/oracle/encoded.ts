/** Encoded runs of a text: docs/guides/detection.md §8, steps 1 to 4. Finds and decodes; says nothing of bounds. */
import type { Word } from "../fold/index.ts";
import type { Encoding } from "../types.ts";

/** A stretch of bytes, half-open, and what it decodes to. */
export interface Run {
  readonly encoding: Encoding;
  readonly start: number;
  readonly end: number;
  readonly decoded: Uint8Array;
}

const HEX_PAIRS_MIN = 16;
const ESCAPES_MIN = 4;
const SAMPLE_BYTES = 64;
const COMMON_WORDS_MAX = 2048;
const COMMON = new Set(
  (
    "the of and to in is that for you how what can with are make my me do it this not have your".replace(
      /[a-z]/g,
      (letter) => turned(letter),
    ) as string
  ).split(" "),
);

function turned(letter: string): string {
  const base = letter < "a" ? 65 : 97;
  return String.fromCharCode(base + ((letter.charCodeAt(0) - base + 13) % 26));
}
const bytesOf = (latin1: string) => new Uint8Array(Buffer.from(latin1, "latin1"));
const fromHex = (digits: string) => new Uint8Array(Buffer.from(digits.slice(0, digits.length & ~1), "hex"));

/** One character a byte, so that patterns see bytes. */
const latin1Of = (text: Uint8Array) => Buffer.from(text.buffer, text.byteOffset, text.length).toString("latin1");

function longRuns(text: string): Run[] {
  return [...text.matchAll(/[A-Za-z0-9+/_-]{17,}/g)].flatMap(({ 0: run, index }): Run[] => {
    if (!/[A-Za-z0-9]{17}/.test(run)) return [];
    const hex = [...run.matchAll(/[0-9A-Fa-f]{32,}/g)].map(({ 0: digits, index: at }): Run => {
      const start = index + at;
      return { encoding: "hex", start, end: start + digits.length, decoded: fromHex(digits) };
    });
    if (hex.length > 0 || run.length < 24) return hex;
    const end =
      index + run.length + (/^={0,2}/.exec(text.slice(index + run.length, index + run.length + 2))?.[0].length ?? 0);
    return [{ encoding: "base64", start: index, end, decoded: new Uint8Array(Buffer.from(run, "base64url")) }];
  });
}

function percentRuns(text: string): Run[] {
  return [...text.matchAll(/[\x21-\x7e]+/g)].flatMap(({ 0: run, index }): Run[] => {
    if ((run.match(/%[0-9][0-9A-Fa-f]/g) ?? []).length < ESCAPES_MIN) return [];
    const decoded = run.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 16)),
    );
    return [{ encoding: "percent", start: index, end: index + run.length, decoded: bytesOf(decoded) }];
  });
}

interface Pair {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

function pairOf(text: string, { start, end }: Word): Pair | undefined {
  const word = text.slice(start, end);
  if (/^[0-9][0-9A-Fa-f]$/.test(word)) return { digits: word, start, end };
  const isEscaped = text[start - 1] === "\\" && /^x[0-9][0-9A-Fa-f]$/.test(word);
  return isEscaped ? { digits: word.slice(1), start: start - 1, end } : undefined;
}

function pairRuns(text: string, words: readonly Word[]): Run[] {
  const rows: Pair[][] = [];
  let row: Pair[] = [];
  for (const word of words) {
    const pair = pairOf(text, word);
    const before = row.at(-1);
    const between = text.slice(before?.end ?? 0, pair?.start ?? 0);
    const goesOn =
      pair !== undefined &&
      before !== undefined &&
      (pair.start === before.end ? text[pair.start] === "\\" : between === " ");
    if (!goesOn) {
      rows.push(row);
      row = [];
    }
    if (pair !== undefined) row.push(pair);
  }
  return [...rows, row]
    .filter((pairs) => pairs.length >= HEX_PAIRS_MIN)
    .map((pairs) => ({
      encoding: "hex",
      start: pairs[0]?.start ?? 0,
      end: pairs.at(-1)?.end ?? 0,
      decoded: fromHex(pairs.map(({ digits }) => digits).join("")),
    }));
}

const letterSum = (text: string) =>
  (text.match(/[bfgjquvz]/gi) ?? []).length - 2 * (text.match(/[dhimostw]/gi) ?? []).length;

function rot13Run(text: string, words: readonly Word[]): Run[] {
  const fits = letterSum(text.slice(0, SAMPLE_BYTES)) > 0 || letterSum(text.slice(-SAMPLE_BYTES)) > 0;
  if (!fits || !words.slice(0, COMMON_WORDS_MAX).some((word) => COMMON.has(word.text))) return [];
  return [{ encoding: "rot13", start: 0, end: text.length, decoded: bytesOf(text.replace(/[a-z]/gi, turned)) }];
}

/** @param words of the text, folded */
export function encodedRuns(text: Uint8Array, words: readonly Word[]): Run[] {
  const latin1 = latin1Of(text);
  return [...longRuns(latin1), ...percentRuns(latin1), ...pairRuns(latin1, words), ...rot13Run(latin1, words)];
}
