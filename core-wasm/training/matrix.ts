/**
 * Texts by features as compressed rows: text `i` has `rows[start[i] .. start[i + 1])`, each worth `norm[i]`. Built once,
 * then read only.
 */
export interface Matrix {
  readonly count: number;
  readonly rowCount: number;
  readonly start: Uint32Array;
  readonly rows: Uint32Array;
  /** 1/√(features of the text + 1), of all its features: also those that no model learns. */
  readonly norm: Float32Array;
}

/** @param texts rows of each text, below `rowCount` */
export function matrixOf(texts: readonly Uint32Array[], rowCount: number): Matrix {
  const start = new Uint32Array(texts.length + 1);
  for (const [index, { length }] of texts.entries()) start[index + 1] = (start[index] ?? 0) + length;
  const rows = new Uint32Array(start[texts.length] ?? 0);
  for (const [index, text] of texts.entries()) rows.set(text, start[index]);
  const norm = Float32Array.from(texts, ({ length }) => 1 / Math.sqrt(length + 1));
  return { count: texts.length, rowCount, start, rows, norm };
}

/**
 * The same texts with only the rows that are kept, renumbered by how many texts hold them: what is often read lies
 * together, which is most of the speed of learning.
 * @returns the matrix, and the old number of each new row
 */
export function keepRows(matrix: Matrix, isKept: (row: number) => boolean): { matrix: Matrix; oldRows: Uint32Array } {
  const uses = new Uint32Array(matrix.rowCount);
  for (const row of matrix.rows) uses[row] = uses[row]! + 1;
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
  return { matrix: { count: matrix.count, rowCount: oldRows.length, start, rows, norm: matrix.norm }, oldRows };
}
