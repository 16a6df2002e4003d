/**
 * Text to folded words, step by step as docs/guides/detection.md §2 says: words, spaced-out letters, leet. The slow and
 * sure form of what the kernel does in one pass; pack phrases go through it too, so both sides agree by construction.
 */
import { foldClass } from "./fold-table.ts";

/** A folded word and where it stands in the text: bytes, half-open. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const GAP_BYTES_MAX = 4;
const SPACED_UNITS_MIN = 3;
const LEET_BYTES_MIN = 3;
const SIGN_RUN_MAX = 2;
const LEET: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
};

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const isSign = (byte: number | undefined) => byte === 0x40 || byte === 0x24;
const isAsciiAlphanumeric = (byte: number | undefined) =>
  byte !== undefined && /^[A-Za-z0-9]$/.test(String.fromCharCode(byte));

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** Whether the `@` or `$` at `offset` belongs to a run of one or two between ASCII letters or digits. */
function isSignInWord(text: Uint8Array, offset: number): boolean {
  let start = offset;
  while (isSign(text[start - 1]) && offset - start < SIGN_RUN_MAX) start -= 1;
  let end = offset + 1;
  while (isSign(text[end]) && end - offset <= SIGN_RUN_MAX) end += 1;
  return end - start <= SIGN_RUN_MAX && isAsciiAlphanumeric(text[start - 1]) && isAsciiAlphanumeric(text[end]);
}

/** Step 1: runs of word characters, and singles. */
export function splitWords(text: Uint8Array): Word[] {
  const words: Word[] = [];
  let output = "";
  let start = 0;
  let end = 0;
  const close = () => {
    if (output !== "") words.push({ text: output, start, end });
    output = "";
  };
  let offset = 0;
  for (const character of decoder.decode(text)) {
    const codePoint = character.codePointAt(0) ?? 0;
    const next = offset + utf8Length(codePoint);
    const entry =
      isSign(text[offset]) && isSignInWord(text, offset)
        ? { kind: "word" as const, output: character }
        : foldClass(codePoint);
    if (entry.kind === "word") {
      if (output === "") start = offset;
      output += entry.output;
      end = next;
    } else if (entry.kind !== "removed") {
      close();
      if (entry.kind === "single") words.push({ text: entry.output, start: offset, end: next });
    }
    offset = next;
  }
  close();
  return words;
}

const isUnit = (word: Word) => /^[a-z0-9]$/.test(word.text);

/** Step 2: three or more units with the same gap between them become one word. */
export function joinSpacedOut(text: Uint8Array, words: readonly Word[]): Word[] {
  const joined: Word[] = [];
  let run: Word[] = [];
  let runGap = "";
  const gapBefore = (word: Word) => String.fromCharCode(...text.subarray(run[run.length - 1]?.end ?? 0, word.start));
  const close = () => {
    const [first] = run;
    const last = run[run.length - 1];
    if (first && last && run.length >= SPACED_UNITS_MIN) {
      joined.push({ text: run.map((unit) => unit.text).join(""), start: first.start, end: last.end });
    } else {
      joined.push(...run);
    }
    run = [];
  };
  for (const word of words) {
    if (!isUnit(word)) {
      close();
      joined.push(word);
      continue;
    }
    const previous = run[run.length - 1];
    const isNear = previous !== undefined && word.start > previous.end && word.start - previous.end <= GAP_BYTES_MAX;
    const gap = isNear ? gapBefore(word) : "";
    if (run.length >= 2 && !(isNear && gap === runGap)) {
      // A run of two gives up its first unit; its second may begin a run with this one.
      const second = run.length === 2 ? run.pop() : undefined;
      close();
      if (second) run = [second];
    }
    if (run.length === 1 && !isNear) close();
    if (run.length === 1) runGap = gap;
    run.push(word);
  }
  close();
  return joined;
}

/** Step 3: digits and signs that stand for letters. */
export function unleet(word: string): string {
  if (Buffer.byteLength(word) < LEET_BYTES_MIN) return word;
  const characters = [...word];
  const letters = characters.filter((character) => /^[a-z]$/.test(character)).length;
  const standIns = characters.filter((character) => LEET[character] !== undefined).length;
  if (letters === 0 || standIns > letters) return word;
  return characters.map((character) => LEET[character] ?? character).join("");
}

/** Folds text that is valid UTF-8 into its words, in order; words never overlap. */
export function foldText(text: Uint8Array): Word[] {
  return joinSpacedOut(text, splitWords(text)).map((word) => ({ ...word, text: unleet(word.text) }));
}
