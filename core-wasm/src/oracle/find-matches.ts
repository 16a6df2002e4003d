/** Every occurrence of every phrase in a folded text: docs/guides/detection.md §3. */
import { foldText } from "../fold/index.ts";
import { type Match, type PackModel, SIDES, type Side } from "../types.ts";

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
export function findMatches(text: Uint8Array, side: Side, index: PhraseIndex): Match[] {
  const words = foldText(text);
  return words.flatMap((word, at) =>
    (index.get(word.text) ?? []).flatMap((phrase) => {
      const last = words[at + phrase.words.length - 1];
      const isHere = last !== undefined && phrase.words.every((wanted, i) => words[at + i]?.text === wanted);
      return isHere ? [{ rule: phrase.rule, side, start: word.start, end: last.end }] : [];
    }),
  );
}

export function byPlace(a: Match, b: Match): number {
  return SIDES.indexOf(a.side) - SIDES.indexOf(b.side) || a.start - b.start || a.end - b.end || a.rule - b.rule;
}
