/**
 * Runs a caller's statement within bounds: a time limit that is looked at between DuckDB's steps, rows, and bytes of
 * the answer. A step that does not end by itself is the watchdog's affair (`duckdb-analytics.ts`).
 */
import type { RecordBatch, Schema, Vector } from "apache-arrow";
import type { Arrow } from "./arrow-batch.ts";
import type { Column, Refusal } from "./contracts.ts";
import type { Database, Pending } from "./duckdb.ts";
import { explainFault, wrapSelect } from "./select-only.ts";

/** Steps past the deadline: when one has just ended a task, the next begins the one that waits (see `Pending.cancel`). */
const STEPS_BEYOND = 3;

export interface QueryBounds {
  readonly rowsMax: number;
  readonly bytesMax: number;
  readonly timeLimitMs: number;
}

export interface BoundedRows {
  readonly kind: "rows";
  readonly columns: readonly Column[];
  readonly rowsJson: string;
  readonly rowCount: number;
  readonly isTruncated: boolean;
}

export function boundedQuery(database: Database, statement: string, bounds: QueryBounds): BoundedRows | Refusal {
  const wrapped = wrapSelect(statement, bounds.rowsMax);
  if ("kind" in wrapped) return wrapped;
  const deadlineMs = performance.now() + bounds.timeLimitMs;
  let pending: Pending | undefined;
  try {
    pending = database.start(wrapped.sql);
    for (let stepsLeft = STEPS_BEYOND; !pending.poll(); ) {
      if (performance.now() > deadlineMs && stepsLeft-- === 0) {
        pending.cancel();
        return tooSlow(bounds.timeLimitMs);
      }
    }
    return readRows(database.arrow, pending, bounds, deadlineMs);
  } catch (error) {
    return explainFault((error as Error).message);
  }
}

export function tooSlow(timeLimitMs: number): Refusal {
  const message = `the statement took more than ${timeLimitMs / 1000} s and was ended: narrow it, for example by time or seq`;
  return { kind: "refused", reason: "too-slow", message };
}

function readRows(arrow: Arrow, pending: Pending, bounds: QueryBounds, deadlineMs: number): BoundedRows | Refusal {
  const pieces = function* () {
    for (let piece = pending.fetch(); piece !== undefined; piece = pending.fetch()) yield piece;
  };
  const reader = arrow.RecordBatchReader.from(pieces());
  const rows: string[] = [];
  let bytes = 2;
  let isTruncated = false;
  const { schema } = reader.open();
  reading: for (const batch of reader) {
    if (performance.now() > deadlineMs) {
      pending.cancel();
      return tooSlow(bounds.timeLimitMs);
    }
    const cells = cellReaders(arrow, batch);
    for (let row = 0; row < batch.numRows; row += 1) {
      const text = `[${cells.map((cell) => cell(row)).join(",")}]`;
      bytes += Buffer.byteLength(text) + 1;
      isTruncated = rows.length === bounds.rowsMax || bytes > bounds.bytesMax;
      if (isTruncated) break reading;
      rows.push(text);
    }
  }
  if (isTruncated) pending.cancel();
  const columns = columnsOf(arrow, schema);
  return { kind: "rows", columns, rowsJson: `[${rows.join(",")}]`, rowCount: rows.length, isTruncated };
}

function columnsOf({ DataType }: Arrow, schema: Schema): Column[] {
  return schema.fields.map(({ name, type }) => {
    if (DataType.isFloat(type) || DataType.isInt(type)) return { name, type: "number" };
    if (DataType.isUtf8(type)) return { name, type: "text" };
    if (DataType.isTimestamp(type) || DataType.isDate(type)) return { name, type: "time" };
    return { name, type: DataType.isBool(type) ? "boolean" : "other" };
  });
}

/** By column: the JSON text of a row's cell. */
function cellReaders(arrow: Arrow, batch: RecordBatch): ((row: number) => string)[] {
  return batch.schema.fields.map(({ type }, at) => {
    const vector: Vector = batch.getChildAt(at)!;
    const isDate = arrow.DataType.isDate(type);
    const isTime = isDate || arrow.DataType.isTimestamp(type);
    return (row) => {
      const value: unknown = vector.get(row);
      return value !== null && isTime ? timeJson(Number(value), isDate) : (JSON.stringify(value, plain) ?? "null");
    };
  });
}

function timeJson(timeMs: number, isDate: boolean): string {
  const time = new Date(timeMs);
  return Number.isNaN(time.getTime()) ? "null" : `"${time.toISOString().slice(0, isDate ? 10 : 24)}"`;
}

/** What JSON does not know. Whole numbers beyond 2^53 become text. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
}
