/** Spaced-out letters ("b o m b", "k.i.l.l") become one word again. docs/guides/detection.md §2.2. */
import { keyOf } from "./anchors";
import { unleet } from "./leet";
import { addWord, copyWord, cutWords, WORD_BYTES, wordsEnd } from "./words";
import { WORDS } from "./layout";

const GAP_BYTES_MAX: u32 = 4;
const RUN_MIN: usize = 3;

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

/** The word behind the run of units that begins here; the next word when there are too few for a run. */
// @ts-ignore: decorator
@inline
function behindRun(text: usize, first: usize, stop: usize): usize {
  if (!isUnit(first)) return first + WORD_BYTES;
  const behind = runEnd(text, first, stop);
  return behind < first + RUN_MIN * WORD_BYTES ? first + WORD_BYTES : behind;
}

/** The first run; `stop` when there is none, as in most texts with two or three short words beside each other. */
function firstRun(text: usize, stop: usize): usize {
  for (let word = WORDS; word < stop; word += WORD_BYTES) {
    if (isUnit(word) && behindRun(text, word, stop) > word + WORD_BYTES) return word;
  }
  return stop;
}

/**
 * Joins every run of three or more units; `free` is where joined letters may be written. Entries move to the front in
 * place: what is written is never ahead of what is read. False: there is no run, and all is as it was.
 */
export function joinSpaced(text: usize, free: usize): bool {
  const stop = wordsEnd;
  let from = firstRun(text, stop);
  if (from == stop) return false;
  // Gaps are read from the entries themselves, so those of the run's words must stand until the run is closed.
  let to = from;
  while (from < stop) {
    const behind = behindRun(text, from, stop);
    const count = <u32>((behind - from) / WORD_BYTES);
    if (count == 1) {
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
  return true;
}
