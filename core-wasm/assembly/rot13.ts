/** Whether a text is rot13 of English: docs/guides/detection.md §8. Two looks at 64 bytes decide for nearly all. */
import { WORDS } from "./layout";
import { WORD_BYTES, wordsEnd } from "./words";

const SAMPLE_BYTES: u32 = 64;
const WORDS_MAX: usize = 2048;

/** Rot13 of common words of two to four letters, padded with zeros to four. */
const COMMON: usize = memory.data<u8>([
  /* the   */ 103, 117, 114, 0, /* of   */ 98, 115, 0, 0, /* and  */ 110, 97, 113, 0, /* to   */ 103, 98, 0, 0,
  /* in    */ 118, 97, 0, 0, /* is   */ 118, 102, 0, 0, /* that */ 103, 117, 110, 103, /* for  */ 115, 98, 101, 0,
  /* you   */ 108, 98, 104, 0, /* how  */ 117, 98, 106, 0, /* what */ 106, 117, 110, 103, /* can  */ 112, 110, 97, 0,
  /* with  */ 106, 118, 103, 117, /* are  */ 110, 101, 114, 0, /* make */ 122, 110, 120, 114, /* my   */ 122, 108, 0, 0,
  /* me    */ 122, 114, 0, 0, /* do   */ 113, 98, 0, 0, /* it   */ 118, 103, 0, 0, /* this */ 103, 117, 118, 102,
  /* not   */ 97, 98, 103, 0, /* have */ 117, 110, 105, 114, /* your */ 108, 98, 104, 101,
]);
const COMMON_BYTES: usize = 23 * 4;

/** What the letters `a` to `p`, then `q` to `z`, count. */
// @ts-ignore: decorator
@inline
function countOf(block: v128): v128 {
  const place = i8x16.sub(v128.or(block, i8x16.splat(0x20)), i8x16.splat(0x61));
  const early = i8x16.swizzle(i8x16(0, 1, 0, -2, 0, 1, 1, -2, -2, 1, 0, 0, -2, 0, -2, 0), place);
  const late = i8x16.swizzle(
    i8x16(1, 0, -2, -2, 1, 1, -2, 0, 0, 1, 0, 0, 0, 0, 0, 0),
    i8x16.sub(place, i8x16.splat(16)),
  );
  return v128.or(early, late);
}

/** Sum of what the letters of up to 64 bytes count. May read behind them. */
function sumOf(from: usize, length: u32): i32 {
  const numbers = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  let sum = i8x16.splat(0);
  for (let offset: u32 = 0; offset < length; offset += 16) {
    const isInside = i8x16.lt_u(numbers, i8x16.splat(<i8>(length - offset)));
    sum = i8x16.add(sum, v128.and(countOf(v128.load(from + <usize>offset)), isInside));
  }
  const sums = i32x4.extadd_pairwise_i16x8_s(i16x8.extadd_pairwise_i8x16_s(sum));
  const low = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1);
  return low + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
}

function hasCommonWord(): bool {
  const stop = min<usize>(wordsEnd, WORDS + WORDS_MAX * WORD_BYTES);
  for (let word = WORDS; word < stop; word += WORD_BYTES) {
    const length = load<u32>(word, 4);
    if (length - 2 > 2) continue;
    const letters = load<u32>(<usize>load<u32>(word)) & (<u32>-1 >> (32 - (length << 3)));
    for (let common = COMMON; common < COMMON + COMMON_BYTES; common += 4) {
      if (load<u32>(common) == letters) return true;
    }
  }
  return false;
}

/** Works over the words folded last. */
export function mayBeRot13(text: usize, length: u32): bool {
  const size = min<u32>(length, SAMPLE_BYTES);
  if (sumOf(text, size) <= 0 && (length == size || sumOf(text + <usize>(length - size), size) <= 0)) return false;
  return hasCommonWord();
}
