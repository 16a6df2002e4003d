/**
 * The words of one side, in order:
 *
 *     WORDS + 24 * i: u32 address (in FOLDED), u32 length, u32 start, u32 end (decoded offsets), u64 hash
 *
 * One entry takes a letter and a separator, or three bytes of a script without blanks: at most 524,289 entries.
 */
import { WORDS } from "./layout";

export const WORD_BYTES: usize = 24;
export let wordsEnd: usize = WORDS;

export function clearWords(): void {
  wordsEnd = WORDS;
}

// @ts-ignore: decorator
@inline
export function addWord(address: usize, length: u32, start: u32, stop: u32): void {
  store<u32>(wordsEnd, <u32>address);
  store<u32>(wordsEnd, length, 4);
  store<u32>(wordsEnd, start, 8);
  store<u32>(wordsEnd, stop, 12);
  wordsEnd += WORD_BYTES;
}

export function cutWords(to: usize): void {
  wordsEnd = to;
}
