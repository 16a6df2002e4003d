/** "Did you mean": the known word nearest to a misspelt one. */

/** Edits (insert, delete, replace) from one word to another: Levenshtein's distance. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** A sentence's end that names the nearest known word, or all of them when none is near. */
export function suggestion(word: string, known: readonly string[]): string {
  const [nearest] = known
    .map((candidate) => ({ candidate, edits: distance(word.slice(0, 64), candidate) }))
    .sort((a, b) => a.edits - b.edits);
  if (nearest && nearest.edits <= Math.max(2, Math.floor(nearest.candidate.length / 3))) {
    return `did you mean "${nearest.candidate}"?`;
  }
  return `known are: ${known.join(", ")}`;
}
