/**
 * The words of a text that its encoded runs consist of, which the model does not read. Of many runs and many words each
 * is looked at a fixed number of times where runs of one kind stand behind each other.
 */
import { WORDS } from "./layout";
import { WORDS_MAX } from "./model";
import { segmentAt } from "./segments";
import { copyWord, cutWords, WORD_BYTES, wordsEnd } from "./words";

/**
 * Takes the words inside of the runs of these segments out of WORDS: what they decode to stands for them. Stops behind
 * the words that the model reads and one more.
 */
export function leaveOutRuns(from: u32, to: u32): void {
  if (from == to) return;
  const keptMax = WORDS + <usize>(WORDS_MAX + 1) * WORD_BYTES;
  let kept = WORDS;
  let hit = from;
  let clear: u32 = 0; // no word that begins before it is in a run
  for (let word = WORDS; word < wordsEnd && kept < keptMax; word += WORD_BYTES) {
    if (load<u32>(word, 8) >= clear) {
      if (isInRun(word, hit)) continue; // most often the one that the word before was in
      const other = runOf(word, from, to, hit + 1);
      if (other < to) {
        hit = other;
        continue;
      }
      clear = nextRun(word, from, to);
    }
    copyWord(kept, word);
    kept += WORD_BYTES;
  }
  cutWords(kept);
}

/** The run that the word is in, looked for from `first` on, since those of a kind come one behind the other. */
function runOf(word: usize, from: u32, to: u32, first: u32): u32 {
  for (let other = first; other < to; other++) if (isInRun(word, other)) return other;
  for (let other = from; other < first; other++) if (isInRun(word, other)) return other;
  return to;
}

/** Where the next run begins behind the beginning of a word that is in none: those before it hold no later word. */
function nextRun(word: usize, from: u32, to: u32): u32 {
  const start = load<u32>(word, 8);
  let next: u32 = <u32>-1;
  for (let index = from; index < to; index++) {
    const begin = load<u32>(segmentAt(index), 24);
    if (begin > start) next = min(next, begin);
  }
  return next;
}

// @ts-ignore: decorator
@inline
function isInRun(word: usize, index: u32): bool {
  const segment = segmentAt(index);
  return load<u32>(word, 8) >= load<u32>(segment, 24) && load<u32>(word, 12) <= load<u32>(segment, 28);
}
