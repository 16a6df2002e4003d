/**
 * Rules on a text that comes in pieces. A piece begins where the one before said, and its words are matched as far as
 * nothing that follows can change them: what is found stays found. docs/guides/detection.md §9.
 */
import { listAnchors } from "./anchors";
import { foldText } from "./fold";
import { CANDIDATES, CANON, WORDS } from "./layout";
import { matchWords } from "./match";
import { out } from "./open-word";
import { ruleCount } from "./pack";
import { beginScore, isCounted } from "./score";
import { cutWords, WORD_BYTES, wordsEnd } from "./words";

/** Words of the longest phrase but its last. */
const WORDS_BEFORE: usize = 11;
const OUT_OF_STEP: u32 = 0xffff_ffff;

/** A letter by itself, or letters that were joined: what it belongs to may go on, or be parted again. */
// @ts-ignore: decorator
@inline
function isSpaced(word: usize): bool {
  return load<u32>(word, 4) == 1 || <usize>load<u32>(word) >= out;
}

/** The first word that stands where it stands whatever was before the piece, which may begin anywhere. */
function firstSure(): usize {
  let word = WORDS + WORD_BYTES;
  while (word < wordsEnd && isSpaced(word)) word += WORD_BYTES;
  return word;
}

/** The first of the words that what follows may change: the last one, and letters by themselves before it. */
function firstOpen(first: usize): usize {
  let word = wordsEnd - WORD_BYTES;
  if (!isSpaced(word)) return word;
  while (word > first && isSpaced(word - WORD_BYTES)) word -= WORD_BYTES;
  return word;
}

/**
 * Matches the sure words of the piece of `length` bytes at CANON. It is in step when it begins where the text does or
 * where the last piece said. Answers where in it the next one begins; 0xffff_ffff when no word of it is sure: then the
 * next one begins behind it and out of step.
 */
export function scanPiece(side: u32, length: u32, isInStep: bool): u32 {
  beginScore();
  foldText(CANON, length);
  const first = isInStep ? WORDS : firstSure();
  if (first >= wordsEnd) return isInStep ? 0 : OUT_OF_STEP;
  const open = firstOpen(first);
  let next = open;
  for (let words = WORDS_BEFORE; words > 0 && next > first; words--) next -= WORD_BYTES;
  while (next > first && isSpaced(next)) next -= WORD_BYTES;
  const from = next > WORDS ? load<u32>(next, 8) : 0;
  const sure = open - first;
  memory.copy(WORDS, first, sure);
  cutWords(WORDS + sure);
  listAnchors();
  matchWords(side);
  return from;
}

/** Lists the rules that counted in the text scanned last: u32 each at CANDIDATES. Answers how many. */
export function countedRules(side: u32): u32 {
  let count: u32 = 0;
  for (let rule: u32 = 0; rule < ruleCount; rule++) {
    if (!isCounted(rule, side)) continue;
    store<u32>(CANDIDATES + (<usize>count << 2), rule);
    count += 1;
  }
  return count;
}
