/**
 * Texts by features as compressed rows: text `i` has `rows[start[i] .. start[i + 1])`, each worth `norm[i]`. Built once,
 * then read only. A row here is a feature that some text has; what a weights file calls it is its key.
 */
import { CHECK_BITS, featureNorm } from "../src/model/features.ts";

export interface Matrix {
  readonly count: number;
  readonly rowCount: number;
  /** By row, rising where no row was left out. */
  readonly keys: Uint32Array;
  readonly start: Uint32Array;
  readonly rows: Uint32Array;
  /** `featureNorm` of all features of the text: also of those that no model learns. */
  readonly norm: Float32Array;
}

/** @param texts keys of the features of each text */
export function matrixOf(texts: readonly Uint32Array[]): Matrix {
  const start = new Uint32Array(texts.length + 1);
  for (const [index, { length }] of texts.entries()) start[index + 1] = (start[index] ?? 0) + length;
  const all = new Uint32Array(start[texts.length] ?? 0);
  for (const [index, text] of texts.entries()) all.set(text, start[index]);
  const keys = distinct(all);
  const rowOf = new Map<number, number>();
  for (const [row, key] of keys.entries()) rowOf.set(key, row);
  const rows = all.map((key) => rowOf.get(key)!);
  const norm = Float32Array.from(texts, ({ length }) => featureNorm(length));
  return { count: texts.length, rowCount: keys.length, keys, start, rows, norm };
}

/** Rising, each once. */
function distinct(keys: Uint32Array): Uint32Array {
  const rising = keys.slice().sort();
  return rising.filter((key, index) => index === 0 || key !== rising[index - 1]);
}

/**
 * Which rows a table of weights can hold: of those that share a place in it (features.ts), the one that most families
 * hold, then most texts.
 * @param holders by row; those below `holdersMin` are held by too few
 */
export function rowsWithPlace(matrix: Matrix, holders: Uint16Array, holdersMin: number): Uint8Array {
  const uses = usesOf(matrix);
  const hasPlace = new Uint8Array(matrix.rowCount);
  const taken = new Map<number, number>();
  for (const [row, count] of holders.entries()) {
    if (count < holdersMin) continue;
    const place = matrix.keys[row]! >>> CHECK_BITS;
    const other = taken.get(place);
    if (other !== undefined) {
      if (holders[other]! > count || (holders[other] === count && uses[other]! >= uses[row]!)) continue;
      hasPlace[other] = 0;
    }
    taken.set(place, row);
    hasPlace[row] = 1;
  }
  return hasPlace;
}

function usesOf({ rows, rowCount }: Matrix): Uint32Array {
  const uses = new Uint32Array(rowCount);
  for (const row of rows) uses[row] = uses[row]! + 1;
  return uses;
}

/**
 * The same texts with only the rows that are kept, renumbered by how many texts hold them: what is often read lies
 * together, which is most of the speed of learning.
 */
export function keepRows(matrix: Matrix, isKept: (row: number) => boolean): Matrix {
  const uses = usesOf(matrix);
  const oldRows = Uint32Array.from(uses.keys())
    .filter((row) => uses[row]! > 0 && isKept(row))
    .sort((a, b) => uses[b]! - uses[a]! || a - b);
  const newRow = new Int32Array(matrix.rowCount).fill(-1);
  for (const [row, old] of oldRows.entries()) newRow[old] = row;
  const start = new Uint32Array(matrix.count + 1);
  const rows = new Uint32Array(oldRows.reduce((sum, old) => sum + uses[old]!, 0));
  let written = 0;
  for (let text = 0; text < matrix.count; text += 1) {
    for (let at = matrix.start[text]!; at < matrix.start[text + 1]!; at += 1) {
      const row = newRow[matrix.rows[at]!]!;
      if (row < 0) continue;
      rows[written] = row;
      written += 1;
    }
    start[text + 1] = written;
  }
  const keys = oldRows.map((old) => matrix.keys[old]!);
  return { count: matrix.count, rowCount: oldRows.length, keys, start, rows, norm: matrix.norm };
}
