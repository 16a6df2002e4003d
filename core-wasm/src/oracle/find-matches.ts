/** Every occurrence of every phrase in a folded text: docs/guides/detection.md §3. */
import { foldText } from "../fold/index.ts";
import type { Match, PackModel, Side } from "../types.ts";
import type { ScoredText } from "./segments.ts";

interface Phrase {
  readonly rule: number;
  readonly words: readonly string[];
}
/** Phrases of one side by their first word. */
export type PhraseIndex = ReadonlyMap<string, readonly Phrase[]>;

export function indexPhrases(model: PackModel, side: Side): PhraseIndex {
  const index = new Map<string, Phrase[]>();
  model.rules.forEach(({ sides, phrases }, rule) => {
    if (!sides.includes(side)) return;
    for (const words of phrases) {
      const [first] = words;
      if (first === undefined) continue;
      const known = index.get(first);
      if (known) known.push({ rule, words });
      else index.set(first, [{ rule, words }]);
    }
  });
  return index;
}

/** In the order of starts; for a start in no fixed order. */
function findMatches(text: Uint8Array, side: Side, index: PhraseIndex): Match[] {
  const words = foldText(text);
  return words.flatMap((word, at) =>
    (index.get(word.text) ?? []).flatMap((phrase) => {
      const last = words[at + phrase.words.length - 1];
      const isHere = last !== undefined && phrase.words.every((wanted, i) => words[at + i]?.text === wanted);
      return isHere ? [{ rule: phrase.rule, side, start: word.start, end: last.end }] : [];
    }),
  );
}

/** With the provenance of a segment's; there each rule once where all have the run's span. */
export function findMatchesIn({ text, decoded }: ScoredText, side: Side, index: PhraseIndex): Match[] {
  const found = findMatches(text, side, index);
  if (decoded === undefined) return found;
  const { encoding, span } = decoded;
  const matches = found.map((match) => ({ ...match, decoded: encoding }));
  if (span === undefined) return matches;
  return [...new Set(matches.map(({ rule }) => rule))].map((rule) => ({ rule, side, ...span, decoded: encoding }));
}
