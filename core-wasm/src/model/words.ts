/**
 * Text to the words that the trained model reads: the project's own folding, then masks. A name behind `@`, a word with
 * a digit and an overlong word each become one mask, so that no table of weights can hold them. assembly/model.ts does
 * the same.
 */
import { foldText } from "../fold/index.ts";
import { hashWord } from "../word-hash.ts";
import type { Span } from "./carried-words.ts";

/** Masks begin with a character that folding never puts out. */
export const MASKS = { mention: "<mention>", digits: "<digits>", long: "<long>" } as const;
/** Words read of one text; what follows is not read, and the scan says so. */
export const MODEL_WORDS_MAX = 2048;
/** UTF-8 bytes of a folded word; a longer one is masked. */
export const MODEL_WORD_BYTES_MAX = 32;
/** What each mask hashes to; assembly/model.ts holds the same. */
const MASK_HASHES: ReadonlyMap<string, number> = new Map([
  [MASKS.mention, 0x51ed270b],
  [MASKS.digits, 0x2f9be6cc],
  [MASKS.long, 0x7a3b8d15],
]);

const AT = 0x40;
const encoder = new TextEncoder();

export interface ModelWord {
  readonly text: string;
  /** Bytes of the text that it stands on, half-open. */
  readonly start: number;
  readonly end: number;
}

/** The first folded and masked words of a text that is valid UTF-8, in order; none of those in spans not to be read. */
export function modelWords(bytes: Uint8Array, wordsMax = MODEL_WORDS_MAX, unread: readonly Span[] = []): ModelWord[] {
  const isRead = (word: Span) => !unread.some(({ start, end }) => word.start >= start && word.end <= end);
  return foldText(bytes)
    .filter(isRead)
    .slice(0, wordsMax)
    .map(({ text, start, end }) => ({ text: maskOf(text, bytes[start - 1]) ?? text, start, end }));
}

function maskOf(word: string, before: number | undefined): string | undefined {
  if (before === AT) return MASKS.mention;
  if (encoder.encode(word).length > MODEL_WORD_BYTES_MAX) return MASKS.long;
  return /[0-9]/.test(word) ? MASKS.digits : undefined;
}

export const isMask = (word: string): boolean => MASK_HASHES.has(word);

/** The low half of the kernel's word hash, or that of a mask; unsigned. */
export function modelHash(word: string): number {
  return MASK_HASHES.get(word) ?? Number(hashWord(encoder.encode(word)) & 0xffff_ffffn);
}
