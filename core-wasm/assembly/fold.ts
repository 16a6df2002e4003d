/**
 * Folds one decoded side into words: case, compatibility forms, accents, look-alikes, invisible characters, leet,
 * spaced-out letters. docs/guides/detection.md §2.
 *
 * Plain ASCII goes by blocks of 64 bytes (plain-blocks.ts). A block with a byte from 0x80 on, `@` or `$` takes the
 * table, one code point at a time. Folded bytes of separators are left in place in the first case and left out in the
 * second; only word entries say what is a word. Each word's key is made on the way (anchors.ts).
 */
import { addKeys, clearAnchors, listAnchors } from "./anchors";
import { clearDigits } from "./leet";
import {
  addWhole,
  beginFolding,
  closeWord,
  inWord,
  isSpaced,
  moveOut,
  noteSign,
  openWord,
  out,
  stretchWord,
  wordAt,
  wordEnd,
} from "./open-word";
import { foldBytes, foldIndex, foldPages } from "./pack";
import { BLOCK_BYTES, foldPlain } from "./plain-blocks";
import { joinSpaced } from "./spaced";
import { clearWords, wordsEnd } from "./words";

const CLASS_WORD: u32 = 1;
const CLASS_SINGLE: u32 = 2;
const CLASS_REMOVED: u32 = 3;

// @ts-ignore: decorator
@inline
function isAlphanumeric(byte: u32): bool {
  return (byte | 0x20) - 0x61 < 26 || byte - 0x30 < 10;
}

/** Whether the `@` or `$` at `position` is one of at most two between letters or digits; answers their number, or 0. */
function jointSigns(text: usize, position: u32, length: u32): u32 {
  if (position == 0 || !isAlphanumeric(load<u8>(text + <usize>position - 1))) return 0;
  let behind = position + 1;
  while (behind < length && behind < position + 3) {
    const byte = <u32>load<u8>(text + <usize>behind);
    if (byte != 0x40 && byte != 0x24) break;
    behind += 1;
  }
  if (behind >= length || behind == position + 3) return 0;
  return isAlphanumeric(load<u8>(text + <usize>behind)) ? behind - position : 0;
}

/** Adds an ASCII byte to the open word, opening one if none is. */
// @ts-ignore: decorator
@inline
function putByte(byte: u32, position: u32): void {
  if (!inWord) openWord(out, position);
  store<u8>(out, <u8>byte);
  moveOut(out + 1);
  stretchWord(position + 1);
}

// @ts-ignore: decorator
@inline
function endWord(): void {
  if (inWord) closeWord(<u32>(out - wordAt), wordEnd);
}

/** Folds the ASCII byte at `position`; answers the position behind what it took. */
function foldAscii(text: usize, position: u32, length: u32): u32 {
  const byte = <u32>load<u8>(text + <usize>position);
  if ((byte | 0x20) - 0x61 < 26) {
    putByte(byte | 0x20, position);
  } else if (byte - 0x30 < 10) {
    putByte(byte, position);
    noteSign(true);
  } else if (byte == 0x40 || byte == 0x24) {
    const count = jointSigns(text, position, length);
    if (count == 0) {
      endWord();
    } else {
      for (let i: u32 = 0; i < count; i++) putByte(load<u8>(text + <usize>(position + i)), position + i);
      noteSign(true);
      return position + count;
    }
  } else {
    endWord();
  }
  return position + 1;
}

/** Bytes of the UTF-8 sequence that this lead byte begins; the text is known to be well-formed. */
// @ts-ignore: decorator
@inline
function sequenceLength(lead: u32): u32 {
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

// @ts-ignore: decorator
@inline
function codePointAt(address: usize, size: u32): u32 {
  const lead = <u32>load<u8>(address);
  const second = <u32>load<u8>(address, 1) & 0x3f;
  if (size == 2) return ((lead & 0x1f) << 6) | second;
  const third = <u32>load<u8>(address, 2) & 0x3f;
  if (size == 3) return ((lead & 0x0f) << 12) | (second << 6) | third;
  return ((lead & 0x07) << 18) | (second << 12) | (third << 6) | (<u32>load<u8>(address, 3) & 0x3f);
}

/** Folds the code point of two to four bytes at `position`; answers the position behind it. */
// @ts-ignore: decorator
@inline
function foldCodePoint(text: usize, position: u32): u32 {
  const address = text + <usize>position;
  const size = sequenceLength(load<u8>(address));
  const codePoint = codePointAt(address, size);
  const page = <usize>load<u16>(foldIndex + (<usize>(codePoint >> 8) << 1));
  const entry = load<u32>(foldPages + (((page << 8) | <usize>(codePoint & 0xff)) << 2));
  const kind = entry & 3;
  const behind = position + size;
  if (kind == CLASS_REMOVED) return behind;
  if (kind != CLASS_WORD) endWord();
  if (kind != CLASS_WORD && kind != CLASS_SINGLE) return behind;
  const place = out;
  const bytes = (entry >> 2) & 15;
  if (bytes == 0) store<u32>(place, load<u32>(address));
  else store<u64>(place, load<u64>(foldBytes + <usize>(entry >> 6)));
  const length = bytes == 0 ? size : bytes;
  moveOut(place + <usize>length);
  if (kind == CLASS_SINGLE) {
    addWhole(place, length, position, behind); // a character by itself is never leet
    return behind;
  }
  if (!inWord) openWord(place, position);
  stretchWord(behind);
  noteSign(true);
  return behind;
}

/** Folds `length` decoded bytes at `text` into WORDS. */
export function foldText(text: usize, length: u32): void {
  clearWords();
  clearDigits();
  clearAnchors();
  beginFolding();
  let position: u32 = 0;
  while (position < length) {
    if (load<u8>(text + <usize>position) < 0x80) position = foldPlain(text, position, length);
    const first = wordsEnd;
    const stop = min<u32>(position + BLOCK_BYTES, length);
    while (position < stop) {
      const isAscii = load<u8>(text + <usize>position) < 0x80;
      position = isAscii ? foldAscii(text, position, length) : foldCodePoint(text, position);
    }
    if (position >= length) endWord();
    addKeys(first);
  }
  if (isSpaced && joinSpaced(text, out)) listAnchors();
}
