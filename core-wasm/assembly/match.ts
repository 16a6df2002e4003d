/**
 * Finds phrases among the words of a side: from each anchor (anchors.ts) with which some phrase goes on, the phrases
 * are walked word by word (pack.ts). What the keys find is compared byte by byte.
 */
import { anchorsEnd, bothBits } from "./anchors";
import { CANDIDATES, MATCHES, MATCHES_MAX, WORDS } from "./layout";
import {
  EDGE_BYTES,
  edgeMask,
  edges,
  ends,
  HAS_LEFT,
  HAS_RIGHT,
  NODE_BYTES,
  nodes,
  PHRASE_ENTRY_BYTES,
  phraseBytes,
  phrases,
  stepMask,
  steps,
} from "./pack";
import { MATCH_COUNT, TRUNCATED } from "./result";
import { countRule, isCounted } from "./score";
import { WORD_BYTES, wordsEnd } from "./words";

const RIGHT: u64 = 0;
const LEFT: u64 = 1;
const EDGE_MIX: u64 = 0xa0761d6478bd642f;
const STEP_MIX: u64 = 0xe7037ed1a0b428db;
const NO_NODE: u32 = 0xffff_ffff;

/** How matches are noted: 0, or 0x100 times the encoding of the segment that is matched. */
let encodingBits: u32 = 0;
/** Matches have this span instead of their words'. */
let hasOwnSpan: bool = false;
let ownStart: u32 = 0;
let ownEnd: u32 = 0;

/** What is matched from now on is the text of a side itself. */
export function noteWords(): void {
  encodingBits = 0;
  hasOwnSpan = false;
}

/** What is matched from now on is a segment: matches name the encoding, and have this span unless it keeps places. */
export function noteSegment(encoding: u32, keepsPlaces: bool, start: u32, end: u32): void {
  encodingBits = encoding << 8;
  hasOwnSpan = !keepsPlaces;
  ownStart = start;
  ownEnd = end;
}

// @ts-ignore: decorator
@inline
function edgeTo(node: u32, direction: u64, word: u64): u32 {
  let key = (word ^ (((<u64>node << 1) | direction) + 1)) * EDGE_MIX;
  key ^= key >> 32;
  if (key == 0) key = 1;
  let slot = <u32>key & edgeMask;
  for (;;) {
    const entry = edges + <usize>slot * EDGE_BYTES;
    const found = load<u64>(entry);
    if (found == key) return load<u32>(entry, 8);
    if (found == 0) return NO_NODE;
    slot = (slot + 1) & edgeMask;
  }
  return NO_NODE;
}

/** Whether the words from `first` on are those of the phrase, byte by byte. */
function isPhrase(phrase: usize, first: usize): bool {
  let bytes = phraseBytes + <usize>load<u32>(phrase, 12);
  let word = first;
  for (let left = load<u32>(phrase, 4); left > 0; left--) {
    const length = <u32>load<u8>(bytes);
    if (load<u32>(word, 4) != length) return false;
    if (memory.compare(<usize>load<u32>(word), bytes + 1, <usize>length) != 0) return false;
    bytes += <usize>length + 1;
    word += WORD_BYTES;
  }
  return true;
}

/** Reports the phrases that end at this node and stand on the words from `first` to `last`. */
function report(node: usize, first: usize, last: usize, side: u32): void {
  let end = ends + (<usize>load<u32>(node) << 2);
  for (let left = load<u32>(node, 4); left > 0; left--) {
    const phrase = phrases + <usize>load<u32>(end) * PHRASE_ENTRY_BYTES;
    end += 4;
    const rule = load<u32>(phrase);
    // Once the list has overflowed, a rule that counts already can add nothing: hostile text buys no more work. Where
    // all matches have the segment's span, once says it all.
    if ((load<u32>(TRUNCATED) != 0 || hasOwnSpan) && isCounted(rule, side)) continue;
    if (!isPhrase(phrase, first) || !countRule(rule, side)) continue;
    const count = load<u32>(MATCH_COUNT);
    if (count >= MATCHES_MAX) {
      store<u32>(TRUNCATED, 1);
      continue;
    }
    const match = MATCHES + (<usize>count << 4);
    store<u32>(match, rule);
    store<u32>(match, side | encodingBits, 4);
    store<u32>(match, hasOwnSpan ? ownStart : load<u32>(first, 8), 8);
    store<u32>(match, hasOwnSpan ? ownEnd : load<u32>(last, 12), 12);
    store<u32>(MATCH_COUNT, count + 1);
  }
}

/** Walks to the left from `node`, whose phrases stand on [anchor, last] so far. */
function walkLeft(from: usize, anchor: usize, last: usize, side: u32): void {
  let node = from;
  let first = anchor;
  while ((load<u32>(node, 8) & HAS_LEFT) != 0 && first > WORDS) {
    first -= WORD_BYTES;
    const next = edgeTo(<u32>((node - nodes) / NODE_BYTES), LEFT, load<u64>(first, 16));
    if (next == NO_NODE) return;
    node = nodes + <usize>next * NODE_BYTES;
    report(node, first, last, side);
  }
}

function walkFrom(anchor: usize, side: u32): void {
  let index = edgeTo(0, RIGHT, load<u64>(anchor, 16));
  let last = anchor;
  while (index != NO_NODE) {
    const node = nodes + <usize>index * NODE_BYTES;
    report(node, anchor, last, side);
    walkLeft(node, anchor, last, side);
    if ((load<u32>(node, 8) & HAS_RIGHT) == 0) return;
    last += WORD_BYTES;
    if (last >= wordsEnd) return;
    index = edgeTo(index, RIGHT, load<u64>(last, 16));
  }
}

// @ts-ignore: decorator
@inline
function stepBit(turned: u64, beside: u64, side: u64): u32 {
  const high = <u32>((((turned ^ beside) + side) * STEP_MIX) >> 32);
  return bothBits(load<u32>(steps + <usize>((high >> 8) & stepMask)), high);
}

/**
 * Whether some phrase may go on from this anchor with the word beside it, or ends with it. Three looks that do not wait
 * for each other, where a walk is one load after the other (measured: a sixth of a scan). The words beside the first
 * and the last are what memory holds there: a bit too many costs a walk, never a match.
 */
// @ts-ignore: decorator
@inline
function mayStep(anchor: usize): u32 {
  const turned = rotl<u64>(load<u64>(anchor, 16), 17);
  const right = stepBit(turned, load<u64>(anchor + WORD_BYTES, 16), 0);
  const left = stepBit(turned, load<u64>(anchor - WORD_BYTES, 16), 1);
  return right | left | stepBit(turned, 0, 2);
}

/** Matches every phrase on the folded words of one side (0 prompt, 1 completion). */
export function matchWords(side: u32): void {
  // Those that may step move to the front first, all of them without a branch to mispredict.
  let kept = CANDIDATES;
  for (let candidate = CANDIDATES; candidate < anchorsEnd; candidate += 4) {
    const anchor = load<u32>(candidate);
    store<u32>(kept, anchor);
    kept += <usize>(mayStep(<usize>anchor) << 2);
  }
  for (let candidate = CANDIDATES; candidate < kept; candidate += 4) walkFrom(<usize>load<u32>(candidate), side);
}
