/**
 * In which ways a matched span hides what it says. The scan folds disguises away and goes on; this names them, for the
 * few spans that somebody will look at.
 */
import { foldClass } from "./fold-table.ts";
import { joinSpacedOut, splitWords, unleet } from "./fold-text.ts";

/**
 * `invisible`: characters that take no room, combining marks too. `look_alike`: letters of other scripts, or styled
 * ones, that stand for plain ones; accents are none. `spaced`: letters apart. `leet`: digits and signs for letters.
 */
export const DISGUISES = ["invisible", "look_alike", "spaced", "leet"] as const;
export type Disguise = (typeof DISGUISES)[number];

const ASCII_LETTER = /^[a-z]/i;

function isInvisible(character: string): boolean {
  return foldClass(character.codePointAt(0) ?? 0).kind === "removed";
}

/** Written as one that is not Latin at all, or only by compatibility, and read as a plain letter. */
function isLookAlike(character: string): boolean {
  if ((character.codePointAt(0) ?? 0) < 0x80 || ASCII_LETTER.test(character.normalize("NFD"))) return false;
  const entry = foldClass(character.codePointAt(0) ?? 0);
  return entry.kind === "word" && ASCII_LETTER.test(entry.output);
}

/** @param text valid UTF-8: the bytes of a span */
export function disguisesOf(text: Uint8Array): Disguise[] {
  const characters = [...Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString()];
  const words = splitWords(text);
  const joined = joinSpacedOut(text, words);
  const has: Readonly<Record<Disguise, boolean>> = {
    invisible: characters.some(isInvisible),
    look_alike: characters.some(isLookAlike),
    spaced: joined.length < words.length,
    leet: joined.some((word) => unleet(word.text) !== word.text),
  };
  return DISGUISES.filter((disguise) => has[disguise]);
}
