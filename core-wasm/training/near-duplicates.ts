/**
 * Authored texts that are nearly a record: by chance a short request is written twice. They are left out of training,
 * so that a held-out source is never taught by its own words. Jaccard of three-word shingles (Broder, 1997).
 */
export const ALIKE_MIN = 0.7;
const SHINGLE_WORDS = 3;

function shingles(words: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (let start = 0; start + SHINGLE_WORDS <= Math.max(words.length, SHINGLE_WORDS); start += 1) {
    found.add(words.slice(start, start + SHINGLE_WORDS).join(" "));
  }
  return found;
}

/**
 * @param authored words of each authored text
 * @param records words of each record
 * @returns by authored text, whether some record is alike
 */
export function nearDuplicates(
  authored: readonly (readonly string[])[],
  records: Iterable<readonly string[]>,
): boolean[] {
  const sets = authored.map(shingles);
  const holders = new Map<string, number[]>();
  for (const [index, set] of sets.entries()) {
    for (const shingle of set) {
      const held = holders.get(shingle);
      if (held === undefined) holders.set(shingle, [index]);
      else held.push(index);
    }
  }
  const isAlike = new Array<boolean>(authored.length).fill(false);
  for (const words of records) {
    const set = shingles(words);
    const shared = new Map<number, number>();
    for (const shingle of set)
      for (const index of holders.get(shingle) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
    for (const [index, count] of shared) {
      if (count / (set.size + (sets[index]?.size ?? 0) - count) > ALIKE_MIN) isAlike[index] = true;
    }
  }
  return isAlike;
}
