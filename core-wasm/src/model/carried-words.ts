/** From what each word added to a head's sum to the few spans that carried it. */

export interface Span {
  /** Bytes of the decoded field, half-open. */
  readonly start: number;
  readonly end: number;
}

export interface CarriedWord extends Span {
  /** Twice what it added. */
  readonly carried: number;
}

/** The words that added most, at most `wordsMax`, in the order of the text; neighbours are one span. */
export function carriedSpans(words: readonly CarriedWord[], wordsMax: number): Span[] {
  const indexes = [...words.keys()].filter((index) => carriedAt(words, index) > 0);
  indexes.sort((a, b) => carriedAt(words, b) - carriedAt(words, a) || a - b);
  const spans: { start: number; end: number }[] = [];
  let before = -2;
  for (const index of indexes.slice(0, wordsMax).sort((a, b) => a - b)) {
    const { start = 0, end = 0 } = words[index] ?? {};
    const last = spans.at(-1);
    if (last !== undefined && index === before + 1) last.end = end;
    else spans.push({ start, end });
    before = index;
  }
  return spans;
}

const carriedAt = (words: readonly CarriedWord[], index: number) => words[index]?.carried ?? 0;
