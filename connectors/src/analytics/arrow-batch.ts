/**
 * Rows gathered by column and handed over as one Arrow IPC stream (arrow.apache.org/docs/format/Columnar.html), which
 * DuckDB takes without parsing. A null is a null; text is UTF-8.
 */
import type { Data, DataType } from "apache-arrow";

export type Arrow = typeof import("apache-arrow");
export type ColumnKind = "text" | "integer" | "long" | "decimal" | "time" | "flag";
/** A `long` and a `time` (ms since the epoch) are whole numbers up to 2^53. */
export type Cell = string | number | boolean | null;

export interface ColumnSpec {
  readonly name: string;
  readonly kind: ColumnKind;
}

export class ArrowBatch {
  readonly #arrow: Arrow;
  readonly #columns: readonly ColumnSpec[];
  readonly #cells: Cell[][];
  #rowCount = 0;

  constructor(arrow: Arrow, columns: readonly ColumnSpec[]) {
    this.#arrow = arrow;
    this.#columns = columns;
    this.#cells = columns.map(() => []);
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** @param row one cell a column, in their order. */
  add(row: readonly Cell[]): void {
    for (let at = 0; at < this.#cells.length; at += 1) this.#cells[at]!.push(row[at] ?? null);
    this.#rowCount += 1;
  }

  /** The rows so far as an IPC stream; the batch is then empty. */
  take(): Uint8Array {
    const { Field, RecordBatch, Schema, Struct, Table, makeData, tableToIPC } = this.#arrow;
    const length = this.#rowCount;
    const children = this.#columns.map(({ kind }, at) => this.#encode(kind, this.#cells[at]!));
    const schema = new Schema(this.#columns.map(({ name }, at) => new Field(name, children[at]!.type, true)));
    const data = makeData({ type: new Struct(schema.fields), length, nullCount: 0, children });
    for (const cells of this.#cells) cells.length = 0;
    this.#rowCount = 0;
    return tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), "stream");
  }

  #encode(kind: ColumnKind, cells: readonly Cell[]): Data<DataType> {
    const { Bool, Float64, Int32, Int64, TimestampMillisecond, Utf8, makeData } = this.#arrow;
    const length = cells.length;
    const { nullCount, nullBitmap } = nullsOf(cells);
    const nulls = { length, nullCount, nullBitmap };
    switch (kind) {
      case "text":
        return makeData({ type: new Utf8(), ...nulls, ...encodeText(cells) });
      case "integer":
        return makeData({ type: new Int32(), ...nulls, data: Int32Array.from(cells, Number) });
      case "decimal":
        return makeData({ type: new Float64(), ...nulls, data: Float64Array.from(cells, Number) });
      case "flag":
        return makeData({ type: new Bool(), ...nulls, data: bitsOf(cells, (cell) => cell === true).bits });
      case "long":
        return makeData({ type: new Int64(), ...nulls, data: encodeLongs(cells) });
      case "time":
        return makeData({ type: new TimestampMillisecond(), ...nulls, data: encodeLongs(cells) });
    }
  }
}

/** A set bit is a value. */
function nullsOf(cells: readonly Cell[]): { readonly nullCount: number; readonly nullBitmap: Uint8Array } {
  const { bits, count } = bitsOf(cells, (cell) => cell !== null);
  return { nullCount: cells.length - count, nullBitmap: bits };
}

function bitsOf(cells: readonly Cell[], isSet: (cell: Cell) => boolean) {
  const bits = new Uint8Array((cells.length + 7) >> 3);
  let count = 0;
  for (let at = 0; at < cells.length; at += 1) {
    if (!isSet(cells[at]!)) continue;
    bits[at >> 3]! |= 1 << (at & 7);
    count += 1;
  }
  return { bits, count };
}

/** All text is joined and encoded at once; where it is ASCII, as nearly always, lengths are those of the strings. */
function encodeText(cells: readonly Cell[]): { readonly valueOffsets: Int32Array; readonly data: Uint8Array } {
  const texts = cells as readonly (string | null)[];
  const joined = texts.join(""); // a null joins as nothing
  let data = Buffer.from(joined);
  const isAscii = data.length === joined.length;
  const valueOffsets = new Int32Array(texts.length + 1);
  let offset = 0;
  for (let at = 0; at < texts.length; at += 1) {
    const text = texts[at] ?? "";
    offset += isAscii ? text.length : Buffer.byteLength(text);
    valueOffsets[at + 1] = offset;
  }
  // Halves of surrogate pairs, one at the end of a text and one at the beginning of the next, were joined.
  if (offset !== data.length) data = Buffer.concat(texts.map((text) => Buffer.from(text ?? "")));
  return { valueOffsets, data };
}

/** Two halves of 32 bits: a tenth of the cost of BigInt. */
function encodeLongs(cells: readonly Cell[]): BigInt64Array {
  const halves = new Int32Array(cells.length * 2);
  for (let at = 0; at < cells.length; at += 1) {
    const value = Number(cells[at]);
    halves[at * 2] = value; // a typed array keeps the lower 32 bits
    halves[at * 2 + 1] = Math.floor(value / 0x1_0000_0000);
  }
  return new BigInt64Array(halves.buffer);
}
