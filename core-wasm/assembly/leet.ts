/** Leet: digits and signs that stand for letters, in a word that is mostly letters. docs/guides/detection.md §2.3. */

const KNOWN_BYTES_MAX: u32 = 64;

/** Words since `clearDigits` that have a digit at their beginning, or one byte behind it; encoded.ts asks. May count more. */
export let leadingDigits: u32 = 0;

export function clearDigits(): void {
  leadingDigits = 0;
}

// @ts-ignore: decorator
@inline
function isDigit(byte: u32): bool {
  return byte - 0x30 < 10;
}

/** The letter that a leet character stands for, 0 for any other byte. */
// @ts-ignore: decorator
@inline
function plain(byte: u32): u32 {
  if (byte == 0x30) return 0x6f; // 0 o
  if (byte == 0x31) return 0x69; // 1 i
  if (byte == 0x33) return 0x65; // 3 e
  if (byte == 0x34 || byte == 0x40) return 0x61; // 4 @ a
  if (byte == 0x35 || byte == 0x24) return 0x73; // 5 $ s
  return byte == 0x37 ? 0x74 : 0; // 7 t
}

/** Rewrites the folded word in place when it is leet; leaves a longer one than any phrase or the model knows as it is. */
export function unleet(address: usize, length: u32): void {
  if (isDigit(load<u8>(address)) || isDigit(load<u8>(address, 1))) leadingDigits += 1;
  if (length < 3 || length > KNOWN_BYTES_MAX) return;
  let letters: u32 = 0;
  let signs: u32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    const byte = <u32>load<u8>(address + <usize>i);
    if (byte - 0x61 < 26) letters += 1;
    else if (plain(byte) != 0) signs += 1;
  }
  if (signs == 0 || signs > letters) return;
  for (let i: u32 = 0; i < length; i++) {
    const letter = plain(load<u8>(address + <usize>i));
    if (letter != 0) store<u8>(address + <usize>i, <u8>letter);
  }
}
