/** Leet: digits and signs that stand for letters, in a word that is mostly letters. docs/guides/detection.md §2.3. */

const KNOWN_BYTES_MAX: u32 = 64;

/** Words since `clearDigits` that have a digit at their beginning, or one byte behind it; encoded.ts asks. May count more. */
export let leadingDigits: u32 = 0;

export function clearDigits(): void {
  leadingDigits = 0;
}

// @ts-ignore: decorator
@inline
export function noteLeading(count: u32): void {
  leadingDigits += count;
}

// @ts-ignore: decorator
@inline
function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}

/**
 * By byte below 128: 1 for a letter, the letter that a leet character stands for, 0 for any other. By table: in encoded
 * text no processor foresees a branch (a fifth of the time of many short runs, measured).
 */
const KINDS: usize = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 115, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  111, 105, 0, 101, 97, 115, 0, 116, 0, 0, 0, 0, 0, 0, 0, 0,
  97, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
]);
const LETTER: u32 = 1;

// @ts-ignore: decorator
@inline
function kindOf(byte: u32): u32 {
  return byte < 128 ? <u32>load<u8>(KINDS + <usize>byte) : 0;
}

/** Rewrites the folded word in place when it is leet; one that is longer than any that is known stays as it is. */
export function unleet(address: usize, length: u32): void {
  if (isDigit(load<u8>(address)) || isDigit(load<u8>(address, 1))) leadingDigits += 1;
  if (length < 3 || length > KNOWN_BYTES_MAX) return;
  let letters: u32 = 0;
  let signs: u32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const kind = kindOf(load<u8>(address + <usize>i));
    letters += u32(kind == LETTER);
    signs += u32(kind > LETTER);
  }
  if (signs == 0 || signs > letters) return;
  for (let i: u32 = 0; i < length; i++) {
    const kind = kindOf(load<u8>(address + <usize>i));
    if (kind > LETTER) store<u8>(address + <usize>i, <u8>kind);
  }
}
