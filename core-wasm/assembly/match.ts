/**
 * Finds phrases among the words of a side: from each anchor (anchors.ts) with which some phrase goes on, the phrases
 * are walked word by word (pack.ts). What the keys find is compared byte by byte.
 */
import { anchorsEnd } from "./anchors";
import { CANDIDATES, MATCHES, MATCHES_MAX, WORDS } from "./layout";
import {
  EDGE_BYTES,
  edgeMask,
  edges,
  ends,
  HAS_ENDS,
  HAS_LEFT,
  HAS_RIGHT,
  NODE_BYTES,
  NODE_SHIFT,
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
const NEITHER: u64 = 2;
const EDGE_MIX: u64 = 0xa0761d6478bd642f;
const STEP_MIX: u64 = 0xe7037ed1a0b428db;
/** By how far an anchor's upper half is turned before the word to its right, to its left, or none is mixed in. */
const RIGHT_TURN: u32 = 11;
const LEFT_TURN: u32 = 22;
const NONE_TURN: u32 = 5;

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

/** Where the edge leads whose key is made of this product, with what is known of it; 0 when there is none. */
// @ts-ignore: decorator
@inline
function findEdge(product: u64): u32 {
  const upper = <u32>(product >> 32);
  let slot = (<u32>product ^ upper) & edgeMask;
  for (;;) {
    const edge = edges + <usize>slot * EDGE_BYTES;
    const to = load<u32>(edge, 4);
    if (to == 0 || load<u32>(edge) == upper) return to;
    slot = (slot + 1) & edgeMask;
  }
  return 0;
}

/** The same of the edge from where another one leads, which is no anchor, by the word beside. */
function nextEdge(to: u32, direction: u64, beside: usize): u32 {
  const node = <u64>(to >> NODE_SHIFT);
  return findEdge((load<u64>(beside, 16) ^ (((node << 1) | direction) + 1)) * EDGE_MIX);
}

/** The same of a first step from an anchor: one load, where a walk from the anchor's node would take two. */
function firstEdge(anchor: usize, side: u64, beside: u64): u32 {
  return findEdge(((rotl<u64>(load<u64>(anchor, 16), 17) ^ beside) + side) * STEP_MIX);
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

/** Reports the phrases that end there and stand on the words from `first` to `last`. */
function report(to: u32, first: usize, last: usize, side: u32): void {
  if ((to & HAS_ENDS) == 0) return;
  const node = nodes + <usize>(to >> NODE_SHIFT) * NODE_BYTES;
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

/** Walks on to the left from `begin`, where the words from `from` to `last` lead. */
function walkLeft(begin: u32, from: usize, last: usize, side: u32): void {
  let to = begin;
  let first = from;
  while (to != 0) {
    report(to, first, last, side);
    if ((to & HAS_LEFT) == 0 || first == WORDS) return;
    first -= WORD_BYTES;
    to = nextEdge(to, LEFT, first);
  }
}

/** The same to the right from an anchor, and from each step to the left. */
function walkRight(begin: u32, anchor: usize, side: u32): void {
  let to = begin;
  let last = anchor + WORD_BYTES;
  const before = anchor - WORD_BYTES;
  while (to != 0) {
    report(to, anchor, last, side);
    if ((to & HAS_LEFT) != 0 && anchor > WORDS) walkLeft(nextEdge(to, LEFT, before), before, last, side);
    if ((to & HAS_RIGHT) == 0) return;
    last += WORD_BYTES;
    if (last == wordsEnd) return;
    to = nextEdge(to, RIGHT, last);
  }
}

/** Upper half of a word's key: its best bits. */
// @ts-ignore: decorator
@inline
function highOf(word: usize): u32 {
  return load<u32>(word, 20);
}

/**
 * Whether the filter of steps holds what two keys are mixed to, 1 or 0, by the two bits that its low ten bits name.
 * They lie in the u32 that the bits above them name: one load finds both.
 */
// @ts-ignore: decorator
@inline
function stepBit(mixed: u32): u32 {
  const bits = load<u32>(steps + <usize>((mixed >> 8) & stepMask));
  return (bits >> mixed) & (bits >> (mixed >> 5)) & 1; // a shift is by its lowest 5 bits
}

/** Whether some phrase may go on from this anchor with the word to its right. */
// @ts-ignore: decorator
@inline
function mayGoRight(anchor: usize): u32 {
  return stepBit(rotl<u32>(highOf(anchor), RIGHT_TURN) ^ highOf(anchor + WORD_BYTES));
}

// @ts-ignore: decorator
@inline
function mayGoLeft(anchor: usize): u32 {
  return stepBit(rotl<u32>(highOf(anchor), LEFT_TURN) ^ highOf(anchor - WORD_BYTES));
}

/** Whether the anchor may be a phrase by itself. */
// @ts-ignore: decorator
@inline
function mayStand(anchor: usize): u32 {
  return stepBit(rotl<u32>(highOf(anchor), NONE_TURN));
}

/**
 * Whether some phrase may go on from this anchor with the word beside it, or ends with it. Three looks that do not wait
 * for each other, where a walk is one load after the other (measured: a sixth of a scan). The words beside the first
 * and the last are what memory holds there: a bit too many costs a look, never a match.
 */
// @ts-ignore: decorator
@inline
function mayStep(anchor: usize): u32 {
  return mayGoRight(anchor) | mayGoLeft(anchor) | mayStand(anchor);
}

function walkFrom(anchor: usize, side: u32): void {
  if (mayStand(anchor) != 0) report(firstEdge(anchor, NEITHER, 0), anchor, anchor, side);
  const before = anchor - WORD_BYTES;
  if (anchor > WORDS && mayGoLeft(anchor) != 0) {
    walkLeft(firstEdge(anchor, LEFT, load<u64>(before, 16)), before, anchor, side);
  }
  const behind = anchor + WORD_BYTES;
  if (behind < wordsEnd && mayGoRight(anchor) != 0) {
    walkRight(firstEdge(anchor, RIGHT, load<u64>(behind, 16)), anchor, side);
  }
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
