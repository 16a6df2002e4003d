/**
 * The work of the analytics thread: reads the ledger into the tables a batch at a time, and answers questions between
 * batches. Knows nothing of threads.
 */
import { decisionOfRecord, EngineError, serializeDecision } from "@sluice/engine";
import { RecordReader } from "../ledger/record-reader.ts";
import { listSegments } from "../ledger/segment-files.ts";
import { boundedQuery } from "./bounded-query.ts";
import {
  ANSWER_BYTES_MAX,
  type Coverage,
  QUERY_ROWS_MAX,
  type Refusal,
  type SearchAnswer,
  type SearchQuestion,
  type SqlAnswer,
  type SqlQuestion,
} from "./contracts.ts";
import { DecisionRows } from "./decision-rows.ts";
import { DecisionTables } from "./decision-tables.ts";
import type { Database } from "./duckdb.ts";
import { LedgerFollower } from "./ledger-follower.ts";
import { searchSql } from "./search.ts";
import type { WorkerProgress, WorkerSettings } from "./worker-messages.ts";

const BATCH_RECORDS_MAX = 10_000;

export class Analyst {
  readonly #settings: WorkerSettings;
  readonly #database: Database;
  readonly #tables: DecisionTables;
  readonly #follower: LedgerFollower;
  readonly #rows: DecisionRows;
  #bytesTotal = 0;
  #writtenSeq = 0;

  constructor(database: Database, settings: WorkerSettings) {
    this.#settings = settings;
    this.#database = database;
    this.#tables = new DecisionTables(database, settings);
    this.#follower = new LedgerFollower(settings.directory);
    this.#rows = new DecisionRows(database.arrow);
  }

  get progress(): WorkerProgress {
    const { lastSeq: seq, bytesRead: bytes } = this.#follower;
    return { seq, rows: this.#tables.rowCount, bytes, bytesTotal: Math.max(bytes, this.#bytesTotal) };
  }

  /** The ledger is written up to `seq`; what lies behind is not looked at. Infinity: take all that is there. */
  noteWritten(seq: number): void {
    if (seq <= this.#writtenSeq) return;
    this.#writtenSeq = seq;
    this.#bytesTotal = this.#follower.bytesTotal();
  }

  /** @returns whether there may be more to read. @throws {EngineError} `ledger-corrupt`. */
  readBatch(): boolean {
    if (this.#follower.lastSeq >= this.#writtenSeq) return false;
    const recordsMax = Math.min(BATCH_RECORDS_MAX, Math.ceil(this.#settings.rowsMax / 8));
    const records = this.#follower.next(this.#writtenSeq, recordsMax);
    if (records.length === 0) return false;
    for (const record of records) this.#rows.add(record);
    this.#tables.insert(this.#rows, this.#follower.lastSeq);
    return true;
  }

  query({ sql, rowsMax }: SqlQuestion): SqlAnswer | Refusal {
    const startedMs = performance.now();
    const { timeLimitMs } = this.#settings;
    const bounds = { rowsMax: Math.min(rowsMax, QUERY_ROWS_MAX), bytesMax: ANSWER_BYTES_MAX, timeLimitMs };
    const answer = boundedQuery(this.#database, sql, bounds);
    if (answer.kind === "refused") return answer;
    const elapsedMs = Math.round(performance.now() - startedMs);
    return { ...answer, elapsedMs, coverage: this.#coverage() };
  }

  /** Decisions are read from the ledger by their sequence; the tables only say which. */
  search(question: SearchQuestion): SearchAnswer | Refusal {
    const { timeLimitMs } = this.#settings;
    const bounds = { rowsMax: question.limit + 1, bytesMax: ANSWER_BYTES_MAX, timeLimitMs };
    const found = boundedQuery(this.#database, searchSql(question), bounds);
    if (found.kind === "refused") return found;
    const seqs = (JSON.parse(found.rowsJson) as [number][]).map(([seq]) => seq);
    const decisions = this.#decisionsOf(seqs.slice(0, question.limit));
    const last = seqs[decisions.length - 1];
    return {
      kind: "decisions",
      decisionsJson: `[${decisions.join(",")}]`,
      count: decisions.length,
      ...(last !== undefined && decisions.length < seqs.length ? { nextSeq: last } : {}),
      coverage: this.#coverage(question.filter.fromMs),
    };
  }

  close(): void {
    this.#follower.close();
  }

  /** As many as the answer may hold, and one at least. */
  #decisionsOf(seqs: readonly number[]): string[] {
    const reader = new RecordReader(listSegments(this.#settings.directory));
    const decisions: string[] = [];
    let bytes = 0;
    try {
      for (const seq of seqs) {
        const json = serializeDecision(decisionOfRecord(reader.record(seq).toString()));
        bytes += Buffer.byteLength(json);
        if (decisions.length > 0 && bytes > ANSWER_BYTES_MAX) break;
        decisions.push(`{"seq":${seq},${json.slice(1)}`);
      }
    } finally {
      reader.close();
    }
    return decisions;
  }

  /** @param fromMs event time from which on rows could count. */
  #coverage(fromMs = Number.NEGATIVE_INFINITY): Coverage {
    const { rolledUpToMs, fromSeq } = this.#tables;
    const toSeq = this.#follower.lastSeq;
    const isRead = toSeq >= this.#writtenSeq || this.#writtenSeq === Number.POSITIVE_INFINITY;
    const isWhole = rolledUpToMs === undefined || fromMs >= rolledUpToMs;
    return {
      fromSeq: toSeq === 0 ? 0 : fromSeq,
      toSeq,
      isComplete: isRead && isWhole,
      ...(rolledUpToMs === undefined ? {} : { rolledUpToMs }),
    };
  }
}

/** What went wrong while reading, for people. */
export function faultOf(error: unknown): string {
  const { message, stack } = error as Error;
  if (error instanceof EngineError) return message;
  if (/out of memory/i.test(message)) return `the tables do not fit into memory (${message}): lower analyticsRowsMax`;
  return `a fault of the program itself: ${stack}`;
}
