/**
 * Which words carried a head's score: asked only of events that somebody will look at, so it may take its time. For
 * each word of the side twice what it added to the head's sum, of a feature of two words half to each:
 *
 *     CANDIDATES   i32 a word, in the order of WORDS (the list of anchors is done with by then)
 */
import { CANDIDATES, WORDS } from "./layout";
import { entryFor, PAIR, QUESTION, questionOf, SKIP, weightOf, wordsRead } from "./model";
import { WORD_BYTES } from "./words";

const SKIP_MAX: u32 = 3;

// @ts-ignore: decorator
@inline
function add(word: u32, carried: i32): void {
  const place = CANDIDATES + (<usize>word << 2);
  store<i32>(place, load<i32>(place) + carried);
}

/** Works over the words folded and hashed last; answers how many it looked at. */
export function carryWords(text: usize, lane: usize): u32 {
  const count = wordsRead();
  memory.fill(CANDIDATES, 0, <usize>count << 2);
  const typed = questionOf(text);
  let last: i64 = -1;
  for (let word: u32 = 0; word < count; word++) {
    const place = WORDS + <usize>word * WORD_BYTES;
    const entry = entryFor(text, place);
    const hash = load<u32>(entry);
    const isRepeat = <i64>hash == last;
    last = <i64>hash;
    if (isRepeat) continue;
    add(word, 2 * (<i32>load<i16>(entry + (lane << 1), 16) + weightOf((typed + hash) * QUESTION, lane)));
    for (let distance: u32 = 1; distance <= SKIP_MAX; distance++) {
      const hasOther = word >= distance;
      const other = hasOther ? load<u32>(entryFor(text, place - <usize>distance * WORD_BYTES)) : 0;
      // The other word may have taken this one's slot: nothing of the entry is read from here on.
      const carried = weightOf((rotl<u32>(other, 11) + hash) * (distance == 1 ? PAIR : SKIP), lane);
      add(word, carried);
      add(hasOther ? word - distance : word, carried);
    }
  }
  return count;
}
