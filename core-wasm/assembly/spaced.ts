/** Spaced-out letters ("b o m b", "k.i.l.l") become one word again. docs/guides/detection.md §2.2. */
import { keyOf } from "./anchors";
import { unleet } from "./leet";
import { addWord, copyWord, cutWords, WORD_BYTES, wordsEnd } from "./words";
import { WORDS } from "./layout";

const GAP_BYTES_MAX: u32 = 4;
const RUN_MIN: u32 = 3;

function isUnit(word: usize): bool {
  if (load<u32>(word, 4) != 1) return false;
  const byte = <u32>load<u8>(<usize>load<u32>(word));
  return byte - 0x61 < 26 || byte - 0x30 < 10;
}

/** Bytes between the word and the one before it. */
// @ts-ignore: decorator
@inline
function gapBefore(word: usize): u32 {
  return load<u32>(word, 8) - load<u32>(word - WORD_BYTES, 12);
}

function isSameGap(text: usize, word: usize, other: usize): bool {
  const length = gapBefore(word);
  if (length != gapBefore(other)) return false;
  const a = text + <usize>load<u32>(word - WORD_BYTES, 12);
  const b = text + <usize>load<u32>(other - WORD_BYTES, 12);
  for (let i: u32 = 0; i < length; i++) if (load<u8>(a + <usize>i) != load<u8>(b + <usize>i)) return false;
  return true;
}

/** The word behind the run of units that begins at `first`: all gaps are like the first one. */
function runEnd(text: usize, first: usize, stop: usize): usize {
  let word = first + WORD_BYTES;
  const second = word;
  while (word < stop && isUnit(word)) {
    const gap = gapBefore(word);
    if (gap == 0 || gap > GAP_BYTES_MAX) break;
    if (word > second && !isSameGap(text, word, second)) break;
    word += WORD_BYTES;
  }
  return word;
}

/**
 * Joins every run of three or more units; `free` is where joined letters may be written. Entries move to the front in
 * place: what is written is never ahead of what is read.
 */
export function joinSpaced(text: usize, free: usize): void {
  const stop = wordsEnd;
  let from = WORDS;
  // Gaps are read from the entries themselves, so those of the run's words must stand until the run is closed.
  let to = WORDS;
  while (from < stop) {
    const behind = isUnit(from) ? runEnd(text, from, stop) : from + WORD_BYTES;
    const count = <u32>((behind - from) / WORD_BYTES);
    if (count < RUN_MIN) {
      copyWord(to, from);
      to += WORD_BYTES;
      from += WORD_BYTES;
      continue;
    }
    const start = load<u32>(from, 8);
    const joinedEnd = load<u32>(behind - WORD_BYTES, 12);
    for (let i: u32 = 0; i < count; i++) {
      store<u8>(free + <usize>i, load<u8>(<usize>load<u32>(from + <usize>i * WORD_BYTES)));
    }
    unleet(free, count);
    cutWords(to);
    addWord(free, count, start, joinedEnd);
    store<u64>(to, keyOf(free, count), 16);
    to = wordsEnd;
    free += <usize>count;
    from = behind;
  }
  cutWords(to);
}
