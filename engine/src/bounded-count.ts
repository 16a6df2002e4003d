/** Counts by name, for at most `namesMax` names; what comes after is counted under `other`. Names come from outside. */
export const OTHER = "other";

interface Cell {
  count: number;
}

export interface BoundedCount {
  add(name: string, count: number): void;
  merge(from: BoundedCount): void;
  cells(): IterableIterator<[string, Readonly<Cell>]>;
  toRecord(): Record<string, number>;
}

export function boundedCount(namesMax: number, initial: Readonly<Record<string, number>> = {}): BoundedCount {
  const cells = new Map<string, Cell>();
  // Traffic comes in runs of one name: the name before is asked first (measured: a third of the cost).
  let lastName: string | undefined;
  let last: Cell = { count: 0 };

  function cellOf(name: string): Cell {
    const known = cells.get(name);
    if (known !== undefined) return known;
    if (cells.size >= namesMax && name !== OTHER) return cellOf(OTHER); // one name more than the bound
    const cell = { count: 0 };
    cells.set(name, cell);
    return cell;
  }

  function add(name: string, count: number): void {
    if (name !== lastName) {
      last = cellOf(name);
      lastName = name;
    }
    last.count += count;
  }
  for (const [name, count] of Object.entries(initial)) add(name, count);
  return {
    add,
    merge(from) {
      for (const [name, { count }] of from.cells()) add(name, count);
    },
    cells: () => cells.entries(),
    // Defines own properties, so a name like __proto__ is just a name.
    toRecord: () => Object.fromEntries([...cells].map(([name, { count }]) => [name, count])),
  };
}
