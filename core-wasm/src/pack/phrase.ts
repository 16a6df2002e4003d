/**
 * One phrase of a rule: its template written out, folded into words. `{a|b}` is one of, `[a|b]` one of or none;
 * alternatives hold any number of words; no nesting. Each apostrophe stands for itself and for nothing ("you're": "you
 * re", "youre").
 */
import { foldText } from "../fold/index.ts";

/** Expansions of one phrase, apostrophes included. */
export const EXPANSIONS_MAX = 4096;
export const PHRASE_WORDS_MAX = 12;
/** UTF-8 bytes of one folded word. */
export const WORD_BYTES_MAX = 64;
/** A phrase of one word has at least so many bytes: shorter ones stand in too much ordinary text. */
export const LONE_WORD_BYTES_MIN = 4;

const encoder = new TextEncoder();
const byteLength = (text: string) => Buffer.byteLength(text);

export type PhraseResult =
  | { readonly reason: string }
  /** Distinct word lists, in the order of their expansion. */
  | { readonly phrases: readonly (readonly string[])[] };

/** A template as parts in a row, each with its alternatives; or the reason why it is none. */
function parseTemplate(
  template: string,
): { readonly reason: string } | { readonly parts: readonly (readonly string[])[] } {
  const parts: string[][] = [];
  const pattern = /\{([^{}[\]]*)\}|\[([^{}[\]]*)\]|([^{}[\]]+)|([{}[\]])/g;
  for (const [, oneOf, optional, literal, bracket] of template.matchAll(pattern)) {
    if (bracket !== undefined) return { reason: `"${bracket}" has no partner here; brackets do not nest` };
    if (literal !== undefined) {
      if (literal.includes("|")) return { reason: `"|" outside of {…} or […]` };
      parts.push([literal]);
      continue;
    }
    const alternatives = (oneOf ?? optional ?? "").split("|");
    if (alternatives.some((alternative) => alternative.trim() === "")) {
      return { reason: "an alternative is empty; use […] for a part that may be missing" };
    }
    parts.push(optional === undefined ? alternatives : ["", ...alternatives]);
  }
  return { parts };
}

/** Each apostrophe becomes a part of its own: there, or not. */
function withApostrophes(text: string): string[][] {
  return text.split(/(['’])/).map((piece) => (piece === "'" || piece === "’" ? ["'", ""] : [piece]));
}

const product = (parts: readonly (readonly string[])[]) => parts.reduce((count, { length }) => count * length, 1);

function expand(parts: readonly (readonly string[])[]): string[] {
  return parts.reduce<string[]>(
    (texts, alternatives) => texts.flatMap((text) => alternatives.map((alternative) => text + alternative)),
    [""],
  );
}

function faultOf(words: readonly string[]): string | undefined {
  if (words.length === 0) return "nothing is left of it after folding";
  if (words.length > PHRASE_WORDS_MAX) return `${words.length} words; at most ${PHRASE_WORDS_MAX}`;
  const tooLong = words.find((word) => byteLength(word) > WORD_BYTES_MAX);
  if (tooLong !== undefined) return `a word has ${byteLength(tooLong)} bytes; at most ${WORD_BYTES_MAX}`;
  const [first = ""] = words;
  if (words.length === 1 && byteLength(first) < LONE_WORD_BYTES_MIN) {
    return `the lone word "${first}" is too common; at least ${LONE_WORD_BYTES_MIN} bytes, or more words`;
  }
  return undefined;
}

/** Writes a phrase out and folds it. Never more than EXPANSIONS_MAX phrases. */
export function readPhrase(template: string): PhraseResult {
  const parsed = parseTemplate(template);
  if ("reason" in parsed) return parsed;
  const tooMany = { reason: `more than ${EXPANSIONS_MAX} expansions; split the phrase` };
  if (product(parsed.parts) > EXPANSIONS_MAX) return tooMany;
  const variants = expand(parsed.parts).map(withApostrophes);
  if (variants.reduce((count, parts) => count + product(parts), 0) > EXPANSIONS_MAX) return tooMany;
  const phrases = new Map<string, readonly string[]>();
  for (const text of variants.flatMap(expand)) {
    const words = foldText(encoder.encode(text)).map((word) => word.text);
    const reason = faultOf(words);
    if (reason !== undefined) return { reason: `"${text.trim()}": ${reason}` };
    phrases.set(words.join(" "), words);
  }
  return { phrases: [...phrases.values()] };
}
