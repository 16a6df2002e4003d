/**
 * Text to the words that features are made of: the project's own folding, then masks. A name behind `@`, a word with
 * digits and an overlong word each become one mask, so that no table can hold them.
 */
import { foldText } from "../src/fold/index.ts";
import { HASHED_BYTES_MAX, hashWord } from "../src/word-hash.ts";

/** Masks begin with a character that folding never puts out. */
export const MASKS = { mention: "<mention>", digits: "<digits>", long: "<long>" } as const;

/** Words read of one text; what follows is left to the next segment. */
export const WORDS_MAX = 2048;

const AT = 0x40;
const encoder = new TextEncoder();

/** Folded and masked words of a text, in order, at most `WORDS_MAX`. */
export function tokenize(text: string): string[] {
  const bytes = encoder.encode(text);
  return foldText(bytes)
    .slice(0, WORDS_MAX)
    .map((word) => {
      if (bytes[word.start - 1] === AT) return MASKS.mention;
      if (/\d/.test(word.text)) return MASKS.digits;
      return word.end - word.start > HASHED_BYTES_MAX || word.text.length > HASHED_BYTES_MAX / 2
        ? MASKS.long
        : word.text;
    });
}

/** Low 32 bits of the kernel's word hash, remembered by word. */
export function wordHasher(): (word: string) => number {
  const known = new Map<string, number>();
  return (word) => {
    let hash = known.get(word);
    if (hash === undefined) {
      hash = Number(hashWord(encoder.encode(word)) & 0xffff_ffffn);
      known.set(word, hash);
    }
    return hash;
  };
}
