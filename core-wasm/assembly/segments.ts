/**
 * The segments of one side: texts that encoded runs of it decode to. docs/guides/detection.md §8.
 *
 *     SEGMENTS + 32 * (32 * side + i): u32 encoding, u32 start, u32 end (decoded offsets of the side), u32 address,
 *                                      u32 length, u32 depth, u32 start, u32 end (of the run in the text that it is in)
 *     DECODED   their texts, one behind the other, 64 bytes between; those of one side at a time
 */
import { utf8Length } from "./json";
import { DECODED, SEGMENTS } from "./layout";

export const BASE64: u32 = 1;
export const HEX: u32 = 2;
export const PERCENT: u32 = 3;
export const ROT13: u32 = 4;

const SEGMENTS_MAX: u32 = 32;
const BYTES_MAX: u32 = 128 * 1024;
const SEGMENT_BYTES: usize = 32;
const GAP_BYTES: usize = 64;
/** One bad byte in so many is let pass. */
const BAD_SHARE: u32 = 8;

/** Where the segments of this side begin. */
let first: usize = SEGMENTS;
let count: u32 = 0;
/** Runs of the side itself, which come first, of both sides. */
let promptRuns: u32 = 0;
let completionRuns: u32 = 0;
let bytes: u32 = 0;
let free: usize = DECODED;
/** The segment whose text is being looked through; 0 for the side itself. */
let outer: usize = 0;

export function clearSegments(side: u32): void {
  openSegments(side);
  count = 0;
  bytes = 0;
  free = DECODED + GAP_BYTES;
  outer = 0;
  noteRuns(side);
}

/** Keeps the number of runs of the side itself: `runsOf` says it until the next event. */
export function noteRuns(side: u32): void {
  if (side == 0) promptRuns = count;
  else completionRuns = count;
}
export function runsOf(side: u32): u32 {
  return side == 0 ? promptRuns : completionRuns;
}
/** Goes back to the segments of a side that was looked through before. */
export function openSegments(side: u32): void {
  first = SEGMENTS + <usize>(side * SEGMENTS_MAX) * SEGMENT_BYTES;
}

export function segmentCount(): u32 {
  return count;
}

// @ts-ignore: decorator
@inline
export function segmentAt(index: u32): usize {
  return first + <usize>index * SEGMENT_BYTES;
}

/** What the host knows a segment by: 1 + its place in SEGMENTS. */
export function segmentNumber(segment: usize): u32 {
  return 1 + <u32>((segment - SEGMENTS) / SEGMENT_BYTES);
}

/** Segments added from now on are runs of this one's text. */
export function lookInside(segment: usize): void {
  outer = segment;
}

/** Whether spans inside of the segment are those of the side. */
// @ts-ignore: decorator
@inline
export function keepsPlaces(segment: usize): bool {
  return load<u32>(segment) == ROT13 && load<u32>(segment, 20) == 1;
}

export function hasRoom(): bool {
  return count < SEGMENTS_MAX && bytes < BYTES_MAX;
}
export function roomLeft(): u32 {
  return BYTES_MAX - bytes;
}
/** Where the next segment's text goes. */
export function segmentText(): usize {
  return free;
}

/** Makes blanks of what is no text; false as soon as that is too much. */
function makePrintable(length: u32): bool {
  const badMax = length / BAD_SHARE;
  const stop = free + <usize>length;
  let bad: u32 = 0;
  let at = free;
  while (at < stop) {
    // Plain letters and signs need no look: one comparison that minds the sign, and one for what is deleted.
    const block = v128.load(at);
    const odd = v128.or(i8x16.lt_s(block, i8x16.splat(0x20)), i8x16.eq(block, i8x16.splat(0x7f)));
    if (!v128.any_true(odd)) {
      at += 16;
      continue;
    }
    at += <usize>ctz(i8x16.bitmask(odd));
    if (at >= stop) return true;
    const byte = <u32>load<u8>(at);
    const size = utf8Length(at, stop);
    const isText = size > 1 || (byte >= 0x20 && byte < 0x7f) || byte == 0x09 || byte == 0x0a || byte == 0x0d;
    if (isText) {
      at += <usize>size;
      continue;
    }
    bad += 1;
    if (bad > badMax) return false;
    store<u8>(at, 0x20);
    at += 1;
  }
  return true;
}

/** Takes the `length` bytes at `segmentText()` as decoded from [start, end) of the text, unless they are no text. */
export function addSegment(length: u32, encoding: u32, start: u32, end: u32): void {
  if (length == 0 || !makePrintable(length)) return;
  const segment = segmentAt(count);
  const isPlace = outer == 0 || keepsPlaces(outer);
  store<u32>(segment, outer == 0 ? encoding : load<u32>(outer));
  store<u32>(segment, isPlace ? start : load<u32>(outer, 4), 4);
  store<u32>(segment, isPlace ? end : load<u32>(outer, 8), 8);
  store<u32>(segment, <u32>free, 12);
  store<u32>(segment, length, 16);
  store<u32>(segment, outer == 0 ? 1 : load<u32>(outer, 20) + 1, 20);
  store<u32>(segment, start, 24);
  store<u32>(segment, end, 28);
  count += 1;
  bytes += length;
  free += (<usize>length + GAP_BYTES + 15) & ~15;
}
