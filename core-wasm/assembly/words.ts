/**
 * The words of one side, in order:
 *
 *     WORDS + 24 * i: u32 address (in FOLDED), u32 length, u32 start, u32 end (decoded offsets), u64 key
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
export function putWord(entry: usize, address: usize, length: u32, start: u32, stop: u32): void {
  store<u32>(entry, <u32>address);
  store<u32>(entry, length, 4);
  store<u32>(entry, start, 8);
  store<u32>(entry, stop, 12);
}

// @ts-ignore: decorator
@inline
export function addWord(address: usize, length: u32, start: u32, stop: u32): void {
  putWord(wordsEnd, address, length, start, stop);
  wordsEnd += WORD_BYTES;
}

// @ts-ignore: decorator
@inline
export function copyWord(to: usize, from: usize): void {
  v128.store(to, v128.load(from));
  store<u64>(to, load<u64>(from, 16), 16);
}

export function cutWords(to: usize): void {
  wordsEnd = to;
}
