/** Finds the name that a person most likely meant. */

/** Edits (insert, delete, replace, swap neighbours) between two words: Damerau's distance, restricted form. */
function editDistance(from: string, to: string): number {
  const rows = Array.from({ length: from.length + 1 }, (_, i) => [i, ...new Array<number>(to.length).fill(0)]);
  for (let j = 0; j <= to.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= from.length; i++) {
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      }
      rows[i]![j] = best;
    }
  }
  return rows[from.length]![to.length]!;
}

/** The closest known name, if it is close enough to be meant: at most two edits, and at most a third of the word. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  const editsMax = Math.max(1, Math.min(2, Math.floor(word.length / 3)));
  let best: { name: string; edits: number } | undefined;
  for (const name of known) {
    const edits = editDistance(word.toLowerCase(), name.toLowerCase());
    if (edits <= editsMax && (best === undefined || edits < best.edits)) best = { name, edits };
  }
  return best?.name;
}

/** "did you mean x?" when something is close, else the list of what is known. */
export function didYouMean(word: string, known: readonly string[]): string {
  const close = suggest(word, known);
  return close === undefined ? `known are: ${known.join(", ")}` : `did you mean ${close}?`;
}
