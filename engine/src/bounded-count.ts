/** Counts by name, for at most `namesMax` names; what comes after is counted under `other`. Names come from outside. */
export const OTHER = "other";

export interface BoundedCount {
  add(name: string, count: number): void;
  merge(from: BoundedCount): void;
  entries(): IterableIterator<[string, number]>;
  toRecord(): Record<string, number>;
}

export function boundedCount(namesMax: number, initial: Readonly<Record<string, number>> = {}): BoundedCount {
  const counts = new Map<string, number>();
  function add(name: string, count: number): void {
    const known = counts.get(name);
    if (known !== undefined) counts.set(name, known + count);
    else if (counts.size < namesMax) counts.set(name, count);
    else counts.set(OTHER, (counts.get(OTHER) ?? 0) + count); // one name more than the bound
  }
  for (const [name, count] of Object.entries(initial)) {
    if (name === OTHER) counts.set(name, count);
    else add(name, count);
  }
  return {
    add,
    merge(from) {
      for (const [name, count] of from.entries()) add(name, count);
    },
    entries: () => counts.entries(),
    toRecord: () => Object.fromEntries(counts), // defines own properties, so a name like __proto__ is just a name
  };
}
