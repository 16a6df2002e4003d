/**
 * The detail tables and the hourly ones, kept within bounds. Rows come in generations of an eighth of `rowsMax`, or of
 * the bytes that go with it; the oldest generation is counted into hours and dropped when a ninth one begins. So 7/8 of
 * `rowsMax` single rows are there once that many of ordinary size were recorded, and every decision counts exactly once,
 * as a row or in an hour.
 */

import type { DecisionRows } from "./decision-rows.ts";
import type { Database } from "./duckdb.ts";
import {
  CREATE_HOURLY,
  CREATE_MACROS,
  createGeneration,
  createViews,
  DETAIL_TABLES,
  detailTable,
  dropGeneration,
  hourlyCategoriesOf,
  hourlyOf,
} from "./schema.ts";

const GENERATIONS = 8;
/** Of a row with its scores and matches. Ordinary ones take a third of it; names of senders may take three times. */
const BYTES_PER_ROW = 1024;
/** Of all single rows together, whatever `rowsMax` is: what a WebAssembly memory can hold beside a query. */
const BYTES_MAX = 2 * 1024 ** 3;
/** Above this many rows in an hourly table, the older ones are counted together, without hour and names. */
const HOURLY_ROWS_MAX = 200_000;

interface Generation {
  readonly number: number;
  readonly fromSeq: number;
  rows: number;
  bytes: number;
  /** Latest event time of its rows. */
  newestMs: number;
}

export interface TablesOptions {
  /** Single rows that are kept; 8 or more. */
  readonly rowsMax: number;
  readonly hourlyRowsMax?: number;
}

export class DecisionTables {
  readonly #database: Database;
  readonly #rowsPerGeneration: number;
  readonly #bytesPerGeneration: number;
  readonly #hourlyRowsMax: number;
  readonly #generations: Generation[] = [];
  #rolledUpToMs: number | undefined;

  constructor(database: Database, { rowsMax, hourlyRowsMax = HOURLY_ROWS_MAX }: TablesOptions) {
    this.#database = database;
    this.#rowsPerGeneration = Math.ceil(rowsMax / GENERATIONS);
    this.#bytesPerGeneration = Math.min(rowsMax * BYTES_PER_ROW, BYTES_MAX) / GENERATIONS;
    this.#hourlyRowsMax = hourlyRowsMax;
    for (const sql of [...CREATE_HOURLY, ...CREATE_MACROS]) database.run(sql);
    this.#open(1);
  }

  /** Single rows. */
  get rowCount(): number {
    return this.#generations.reduce((sum, { rows }) => sum + rows, 0);
  }
  /** Sequence of the first single row, or of the first that will be. */
  get fromSeq(): number {
    return this.#generations[0]!.fromSeq;
  }
  /** An event time that no rolled-up row reaches; undefined while none was rolled up. */
  get rolledUpToMs(): number | undefined {
    return this.#rolledUpToMs;
  }

  /** Takes the rows out of `rows`, whose sequences end at `lastSeq`. */
  insert(rows: DecisionRows, lastSeq: number): void {
    const generation = this.#generations.at(-1)!;
    generation.rows += rows.batches.decisions.rowCount;
    generation.newestMs = Math.max(generation.newestMs, rows.newestMs ?? generation.newestMs);
    for (const table of DETAIL_TABLES) {
      const batch = rows.batches[table];
      if (batch.rowCount === 0) continue;
      const stream = batch.take();
      generation.bytes += stream.length;
      this.#database.insert(detailTable(table, generation.number), stream);
    }
    if (generation.rows < this.#rowsPerGeneration && generation.bytes < this.#bytesPerGeneration) return;
    if (this.#generations.length === GENERATIONS) this.#rollUp(this.#generations.shift()!);
    this.#open(lastSeq + 1);
  }

  #open(fromSeq: number): void {
    const number = (this.#generations.at(-1)?.number ?? 0) + 1;
    for (const sql of createGeneration(number)) this.#database.run(sql);
    this.#generations.push({ number, fromSeq, rows: 0, bytes: 0, newestMs: Number.NEGATIVE_INFINITY });
    for (const sql of createViews(this.#generations.map((each) => each.number))) this.#database.run(sql);
  }

  #rollUp({ number, newestMs }: Generation): void {
    const [decisions, scores] = [detailTable("decisions", number), detailTable("scores", number)];
    this.#merge("hourly", hourlyOf(decisions), "hour, org_id, surface, tier, action, synthetic");
    this.#merge(
      "hourly_categories",
      hourlyCategoriesOf(decisions, scores),
      "hour, org_id, surface, tier, action, category",
    );
    for (const sql of createViews(this.#generations.map((each) => each.number))) this.#database.run(sql);
    for (const sql of dropGeneration(number)) this.#database.run(sql);
    this.#rolledUpToMs = Math.max(this.#rolledUpToMs ?? newestMs + 1, newestMs + 1);
  }

  /** Adds the counts of `added` to a table that has one row a key. */
  #merge(table: string, added: string, keys: string): void {
    const sums =
      table === "hourly"
        ? "sum(decisions)::BIGINT AS decisions, sum(asl_triggers)::BIGINT AS asl_triggers, " +
          "sum(latency_us_sum)::BIGINT AS latency_us_sum, max(latency_us_max) AS latency_us_max"
        : "sum(decisions)::BIGINT AS decisions, sum(detections)::BIGINT AS detections";
    const replace = (source: string) => [
      `CREATE TABLE merged AS SELECT ${keys}, ${sums} FROM (${source}) GROUP BY ALL`,
      `DROP TABLE ${table}`,
      `ALTER TABLE merged RENAME TO ${table}`,
    ];
    for (const sql of replace(`SELECT * FROM ${table} UNION ALL BY NAME ${added}`)) this.#database.run(sql);
    if (Number(this.#database.column(`SELECT count(*) FROM ${table}`)[0]) <= this.#hourlyRowsMax) return;
    for (const sql of replace(coarser(table, this.#hourlyRowsMax))) this.#database.run(sql);
  }
}

/** Names come from senders, so nothing less than leaving them out bounds the table. Counts stay. */
function coarser(table: string, rowsMax: number): string {
  const isKept = `place <= ${Math.floor(rowsMax / 2)}`;
  const other = (name: string) => `CASE WHEN ${isKept} THEN ${name} ELSE 'other' END AS ${name}`;
  const replaced = ["org_id", "surface", "tier"].map(other).join(", ");
  return `SELECT * EXCLUDE (place) REPLACE (CASE WHEN ${isKept} THEN hour END AS hour, ${replaced})
    FROM (SELECT *, row_number() OVER (ORDER BY hour DESC NULLS LAST) AS place FROM ${table})`;
}
