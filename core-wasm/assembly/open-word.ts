/** What folding carries from one piece of text to the next: where it writes, and the word that is not over yet. */
import { FOLDED } from "./layout";
import { unleet } from "./leet";
import { addWord } from "./words";

const SPACED_MIN: u32 = 3;

/** Where the next folded byte goes. */
export let out: usize = FOLDED;
export let inWord: bool = false;
/** Of the open word: its folded address and, so far, its end in the decoded text. */
export let wordAt: usize = 0;
export let wordEnd: u32 = 0;
/** Words of one byte in a row, at least so many; three call for `joinSpaced`. */
export let units: u32 = 0;
/** There may be letters to join. */
export let isSpaced: bool = false;
let wordStart: u32 = 0;
/** The open word may hold leet: a digit, `@`, `$` or something from the table. */
let hasSign: bool = false;

export function beginFolding(): void {
  out = FOLDED;
  inWord = false;
  units = 0;
  isSpaced = false;
}

// @ts-ignore: decorator
@inline
export function moveOut(to: usize): void {
  out = to;
}

// @ts-ignore: decorator
@inline
export function openWord(address: usize, start: u32): void {
  wordAt = address;
  wordStart = start;
  hasSign = false;
  inWord = true;
}

// @ts-ignore: decorator
@inline
export function stretchWord(end: u32): void {
  wordEnd = end;
}

// @ts-ignore: decorator
@inline
export function noteSign(isSign: bool): void {
  if (isSign) hasSign = true;
}

// @ts-ignore: decorator
@inline
export function noteUnits(count: u32): void {
  units = count;
}

// @ts-ignore: decorator
@inline
export function noteSpaced(): void {
  isSpaced = true;
}

/** Adds a word that is over, and counts it when it is one byte. */
// @ts-ignore: decorator
@inline
export function addWhole(address: usize, length: u32, start: u32, stop: u32): void {
  addWord(address, length, start, stop);
  units = length == 1 ? units + 1 : 0;
  if (units >= SPACED_MIN) isSpaced = true;
}

/** Ends the open word, which has `length` folded bytes; its key is made later. */
// @ts-ignore: decorator
@inline
export function closeWord(length: u32, stop: u32): void {
  if (hasSign) unleet(wordAt, length);
  addWhole(wordAt, length, wordStart, stop);
  inWord = false;
}
