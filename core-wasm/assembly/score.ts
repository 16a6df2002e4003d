/**
 * Scores by diminishing sums with context rules; integers in 1/10,000. docs/guides/detection.md §4.
 *
 *     TOP    u32[3][32 categories][8] the largest weights of distinct rules, falling: of both sides, of a segment
 *     SEEN   u32[2 sides][rulesMax] the epoch in which the rule matched last: nothing to clear between texts
 */
import { CATEGORIES_MAX, RULES_MAX, SEEN, TOP } from "./layout";
import { categoryCount, contextCount, NONE, reduce, RULE_BYTES, rules, strongFloor, strongWeight } from "./pack";
import {
  CONTEXTS_SEEN,
  MODEL_ORIGINS,
  MODEL_OVERALL,
  MODEL_SCORES,
  OVERALL_ORIGINS,
  RULES_LARGEST,
  RULES_SCORES,
  SCORED,
  SCORES,
} from "./result";

const TERMS: u32 = 8;
const SCORE_MAX: u32 = 10_000;
const TOP_BYTES: usize = 2 * 32 * 8 * 4;
const SEGMENT: u32 = 2;
const DECAY: usize = memory.data<u32>([65536, 52429, 41943, 33554, 26844, 21475, 17180, 13744]);

let epoch: u32 = 0;
let hasCounted: bool = false;
let hasModelScore: bool = false;
/** A segment is looked at: its number, whether a rule counted in it, and the contexts seen in it. */
let segment: u32 = 0;
let hasSegmentCounted: bool = false;
let segmentContexts: u32 = 0;

function nextEpoch(): void {
  epoch += 1;
  if (epoch != 0) return;
  memory.fill(SEEN, 0, <usize>RULES_MAX * 8); // after 2^32 texts, so that an old mark cannot look new
  epoch = 1;
}

export function beginScore(): void {
  nextEpoch();
  if (hasCounted) {
    memory.fill(TOP, 0, TOP_BYTES);
    memory.fill(SCORES, 0, 2 * <usize>CATEGORIES_MAX * 4);
  }
  if (hasModelScore) {
    memory.fill(SCORES, 0, 4 * <usize>CATEGORIES_MAX * 4); // and those of the model behind
    store<u64>(MODEL_OVERALL, 0);
    store<u32>(RULES_LARGEST, 0);
    memory.fill(MODEL_ORIGINS, 0, 2 * <usize>CATEGORIES_MAX * 4 + 8);
  }
  hasCounted = false;
  hasModelScore = false;
  store<u32>(SCORED, 0);
  store<u64>(CONTEXTS_SEEN, 0);
}

// @ts-ignore: decorator
@inline
function seenMark(rule: u32, side: u32): usize {
  return SEEN + ((<usize>side * <usize>RULES_MAX + <usize>rule) << 2);
}

/** Whether the rule has counted on this side already. */
export function isCounted(rule: u32, side: u32): bool {
  return load<u32>(seenMark(rule, side)) == epoch;
}

/** Notes that the rule matched on this side; false when the rule does not look at it. Counts a rule once a side. */
export function countRule(rule: u32, side: u32): bool {
  const entry = rules + <usize>rule * RULE_BYTES;
  if ((load<u32>(entry, 12) & (1 << side)) == 0) return false;
  const seen = seenMark(rule, side);
  if (load<u32>(seen) == epoch) return true;
  store<u32>(seen, epoch);
  hasCounted = true;
  const category = load<u32>(entry);
  if (segment != 0) {
    hasSegmentCounted = true;
    if (category == NONE) segmentContexts |= 1 << load<u32>(entry, 4);
    else insertWeight(topOf(SEGMENT, category), load<u32>(entry, 8));
  } else if (category == NONE) {
    const contexts = CONTEXTS_SEEN + (<usize>side << 2);
    store<u32>(contexts, load<u32>(contexts) | (1 << load<u32>(entry, 4)));
  } else {
    insertWeight(topOf(side, category), load<u32>(entry, 8));
  }
  return true;
}

// @ts-ignore: decorator
@inline
function topOf(side: u32, category: u32): usize {
  return TOP + ((<usize>(side * CATEGORIES_MAX + category) * <usize>TERMS) << 2);
}

function insertWeight(top: usize, weight: u32): void {
  let moving = weight;
  for (let i: u32 = 0; i < TERMS; i++) {
    const slot = top + (<usize>i << 2);
    const there = load<u32>(slot);
    if (moving <= there) continue;
    store<u32>(slot, moving);
    moving = there;
  }
}

/** Sum of the reductions that the contexts seen state for a category. */
function reductionOf(contexts: u32, category: u32): u32 {
  let sum: u32 = 0;
  for (let context: u32 = 0; context < contextCount; context++) {
    if ((contexts >> context) & 1) sum += load<u32>(reduce + (<usize>(context * categoryCount + category) << 2));
  }
  return sum;
}

function scoreOf(side: u32, category: u32, contexts: u32): u32 {
  const top = topOf(side, category);
  const strongest = load<u32>(top);
  if (strongest == 0) return 0;
  let sum: u64 = 0;
  for (let i: usize = 0; i < <usize>TERMS; i++) {
    sum += <u64>load<u32>(top + (i << 2)) * <u64>load<u32>(DECAY + (i << 2));
  }
  const raw = min<u32>(<u32>(sum >> 16), SCORE_MAX);
  const less = reductionOf(contexts, category);
  const reduced = raw > less ? raw - less : 0;
  if (strongest < strongWeight) return reduced;
  return max<u32>(reduced, min<u32>(raw, (strongest * strongFloor) / SCORE_MAX));
}

/** What is counted from now on is of the segment with this number, apart from its side. */
export function beginSegment(number: u32): void {
  nextEpoch();
  segment = number;
}

/** Raises SCORES of the side to what was counted since `beginSegment`. */
export function endSegment(side: u32): void {
  segment = 0;
  if (!hasSegmentCounted) return;
  for (let category: u32 = 0; category < categoryCount; category++) {
    const slot = SCORES + (<usize>(side * CATEGORIES_MAX + category) << 2);
    store<u32>(slot, max<u32>(load<u32>(slot), scoreOf(SEGMENT, category, segmentContexts)));
  }
  memory.fill(topOf(SEGMENT, 0), 0, <usize>CATEGORIES_MAX * <usize>TERMS * 4);
  hasSegmentCounted = false;
  segmentContexts = 0;
}

/** Writes SCORES and SCORED from what was counted since `beginScore`. */
export function endScore(): void {
  if (!hasCounted) return;
  for (let side: u32 = 0; side < 2; side++) {
    const contexts = load<u32>(CONTEXTS_SEEN + (<usize>side << 2));
    for (let category: u32 = 0; category < categoryCount; category++) {
      const slot = SCORES + (<usize>(side * CATEGORIES_MAX + category) << 2);
      const score = max<u32>(load<u32>(slot), scoreOf(side, category, contexts)); // a segment's may stand there
      store<u32>(slot, score);
      if (score != 0) store<u32>(SCORED, 1);
    }
  }
}

/** Raises the model's overall score of a side, and notes the segment that it came from. */
export function raiseOverall(side: u32, score: u32): void {
  const slot = <usize>side << 2;
  if (score <= load<u32>(MODEL_OVERALL + slot)) return;
  store<u32>(MODEL_OVERALL + slot, score);
  store<u32>(OVERALL_ORIGINS + slot, segment);
}

/** The same of a category. */
export function raiseModel(side: u32, category: u32, score: i32): void {
  const slot = <usize>(side * CATEGORIES_MAX + category) << 2;
  if (score <= load<i32>(MODEL_SCORES + slot)) return;
  store<i32>(MODEL_SCORES + slot, score);
  store<u32>(MODEL_ORIGINS + slot, segment);
}

/** Notes that the model's scores are to be joined. */
export function countModel(): void {
  hasModelScore = true;
}

/** Raises SCORES to the model's, where those are larger; after `endScore`. */
export function joinModel(): void {
  if (!hasModelScore) return;
  let largest: u32 = 0;
  for (let slot: usize = 0; slot < 2 * <usize>CATEGORIES_MAX * 4; slot += 4) {
    const ofRules = load<u32>(SCORES + slot);
    largest = max<u32>(largest, ofRules);
    store<u32>(RULES_SCORES + slot, ofRules);
    store<u32>(SCORES + slot, max<u32>(ofRules, load<u32>(MODEL_SCORES + slot)));
  }
  store<u32>(RULES_LARGEST, largest);
  store<u32>(SCORED, 1);
}
