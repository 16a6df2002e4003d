/**
 * What a byte may be part of in an encoded run, and what it stands for there. By table: hostile text is made so that no
 * processor foresees a branch.
 */
export const DIGIT: u32 = 1;
export const HEX_DIGIT: u32 = 2;
export const ALPHANUMERIC: u32 = 4;
export const IN_BASE64: u32 = 8;
export const VISIBLE: u32 = 16;

/** Sums of the above for bytes below 128. */
const CLASSES: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 24, 16, 24, 16, 24,
  31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 16, 16, 16, 16, 16, 16,
  16, 30, 30, 30, 30, 30, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 16, 16, 16, 16, 24,
  16, 30, 30, 30, 30, 30, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 16, 16, 16, 16, 0,
]);
/** By byte below 128: 6 bits of a character of base64, where `-` is `+` and `_` is `/`. */
const SEXTETS: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 62, 0, 62, 0, 63,
  52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 0, 0, 0, 0, 0, 0,
  0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
  15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 0, 0, 0, 0, 63,
  0, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
  41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 0, 0, 0, 0, 0,
]);
/** By byte below 128: 4 bits of a hex digit. */
const NIBBLES: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0, 0, 0, 0, 0,
  0, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]);

// @ts-ignore: decorator
@inline
export function isOf(byteClass: u32, byte: u32): bool {
  return byte < 128 && (load<u8>(CLASSES + <usize>byte) & byteClass) != 0;
}

/** Of a byte that is `IN_BASE64`. */
// @ts-ignore: decorator
@inline
export function sextet(byte: u32): u32 {
  return load<u8>(SEXTETS + <usize>byte);
}

/** Of two bytes that are `HEX_DIGIT`. */
// @ts-ignore: decorator
@inline
export function byteOfHex(high: u32, low: u32): u32 {
  return (<u32>load<u8>(NIBBLES + <usize>high) << 4) | load<u8>(NIBBLES + <usize>low);
}
