/**
 * The kernel's border: numbers in, numbers out, everything else through memory (layout.ts, result.ts). It never
 * allocates, never grows its memory and never traps on any payload.
 */
import { carryWords } from "./carry";
import { noteQuiet } from "./compose";
import { clearFields, COMPLETION, PROMPT, readEvent } from "./event";
import { decodeRuns, mayHoldRuns } from "./encoded";
import { foldText } from "./fold";
import {
  CANDIDATES,
  CANON,
  CLOCK,
  MATCHES,
  MEMORY_END,
  PACK,
  PAGE,
  PAYLOAD,
  RESULT,
  SEGMENTS,
  SPLIT,
  SUFFIX,
  TEMPLATES,
  WORDS,
} from "./layout";
import { leaveOutRuns } from "./left-out";
import { matchWords, noteSegment, noteWords } from "./match";
import { openModel, scoreModel } from "./model";
import { model, openPack as openTables } from "./pack";
import { fieldEntry, KIND_MASK, KIND_STRING, MATCH_COUNT, MODEL_CUT, QUIET, TRUNCATED } from "./result";
import { beginScore, beginSegment, countModel, endScore, endSegment, joinModel } from "./score";
import {
  clearSegments,
  keepsPlaces,
  lookInside,
  noteRuns,
  openSegments,
  runsOf,
  segmentAt,
  segmentCount,
  segmentNumber,
} from "./segments";

export { keyWord } from "./anchors";
export { compose } from "./compose";
export { hashWord } from "./hash";
export { splitPayload } from "./split";
export { countedRules, scanPiece } from "./stream";

/** Addresses that the host needs, so that they are written down once. */
export function addressOf(area: u32): usize {
  if (area == 0) return RESULT;
  if (area == 1) return PAYLOAD;
  if (area == 2) return SPLIT;
  if (area == 3) return MATCHES;
  if (area == 4) return CANON;
  if (area == 5) return PACK;
  if (area == 6) return MEMORY_END;
  if (area == 7) return TEMPLATES;
  if (area == 8) return CLOCK;
  if (area == 9) return SUFFIX;
  if (area == 10) return PAGE;
  if (area == 11) return WORDS;
  if (area == 12) return CANDIDATES;
  return area == 13 ? SEGMENTS : 0;
}

/** Reads the tables that the host has copied to PACK. Once an instance: the model's memory of words is of one pack. */
export function openPack(): void {
  openTables();
  openModel();
}

const DEPTH_MAX: u32 = 2;

/** Matches and scores a text that was folded last. What its encoded runs decode to is added to the segments. */
function scoreText(text: usize, length: u32, side: u32, depth: u32): void {
  matchWords(side);
  if (depth < DEPTH_MAX && mayHoldRuns(text, length)) {
    const before = segmentCount();
    decodeRuns(text, length);
    leaveOutRuns(before, segmentCount());
  }
  if (model != 0 && scoreModel(side, text)) countModel();
}

/** Scores each segment of a side by itself. */
function scanSegments(side: u32): void {
  noteRuns(side);
  for (let index: u32 = 0; index < segmentCount(); index++) {
    const segment = segmentAt(index);
    const text = <usize>load<u32>(segment, 12);
    const length = load<u32>(segment, 16);
    foldText(text, length);
    beginSegment(segmentNumber(segment));
    lookInside(segment);
    noteSegment(load<u32>(segment), keepsPlaces(segment), load<u32>(segment, 4), load<u32>(segment, 8));
    scoreText(text, length, side, load<u32>(segment, 20));
    endSegment(side);
  }
  noteWords();
}

function scanSide(field: u32, side: u32): void {
  clearSegments(side);
  const entry = fieldEntry(field);
  const length = load<u32>(entry, 16);
  if ((load<u32>(entry) & KIND_MASK) != KIND_STRING || length == 0) return;
  const text = <usize>load<u32>(entry, 12);
  foldText(text, length);
  scoreText(text, length, side, 0);
  if (segmentCount() != 0) scanSegments(side);
}

/**
 * What each word of a side of the event scanned last added to a head of the model (carry.ts). Answers how many words:
 * their entries are at WORDS. The rest of the scan stays as it is.
 */
export function carriedBy(side: u32, head: u32): u32 {
  const entry = fieldEntry(side == 0 ? PROMPT : COMPLETION);
  const length = load<u32>(entry, 16);
  if (model == 0 || (load<u32>(entry) & KIND_MASK) != KIND_STRING || length == 0) return 0;
  const text = <usize>load<u32>(entry, 12);
  foldText(text, length);
  openSegments(side);
  leaveOutRuns(0, runsOf(side));
  return carryWords(text, <usize>head);
}

/**
 * Works on the UTF-8 text at [from, to) of the payload area as on a prompt, without the JSON around it: phrases (bit 0
 * of `parts`), the model (bit 1). For measuring these apart. Answers how many matches are listed.
 */
export function scanText(from: u32, to: u32, parts: u32): u32 {
  store<u32>(MATCH_COUNT, 0);
  store<u32>(TRUNCATED, 0);
  beginScore();
  const text = PAYLOAD + <usize>from;
  foldText(text, to - from);
  if ((parts & 1) != 0) matchWords(0);
  if ((parts & 2) != 0 && model != 0 && scoreModel(0, text)) countModel();
  return load<u32>(MATCH_COUNT);
}

function beginScan(): void {
  store<u32>(MATCH_COUNT, 0);
  store<u32>(TRUNCATED, 0);
  store<u32>(QUIET, 0);
  store<u32>(MODEL_CUT, 0);
  beginScore();
}

function endScan(): void {
  endScore();
  joinModel();
}

/** Scores the `length` bytes of valid UTF-8 at CANON as one side of an event that has no other. */
export function scanWhole(side: u32, length: u32): void {
  beginScan();
  clearFields();
  const field = side == 0 ? PROMPT : COMPLETION;
  const entry = fieldEntry(field);
  store<u32>(entry, KIND_STRING);
  store<u32>(entry, <u32>CANON, 12);
  store<u32>(entry, length, 16);
  scanSide(field, side);
  endScan();
}

/** Reads, checks and scores event `index` of the split payload. False: the fault is in the result. */
export function scanEvent(index: u32): bool {
  const span = SPLIT + (<usize>index << 3);
  beginScan();
  if (!readEvent(load<u32>(span), load<u32>(span, 4))) return false;
  scanSide(PROMPT, 0);
  scanSide(COMPLETION, 1);
  endScan();
  noteQuiet();
  return true;
}
