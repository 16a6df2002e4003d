/**
 * What the rest of Sluice sees of analytics: questions over recorded decisions, and how far the answer reaches.
 * Analytics is a copy of the ledger that can be thrown away: never the store, never on the way of an event.
 */
import type { PartReport } from "@sluice/engine";

/** SQL over the tables of docs/guides/analytics.md. */
export interface SqlQuestion {
  readonly kind: "sql";
  /** One SELECT or WITH statement; a semicolon behind it is let through. */
  readonly sql: string;
  /** 1 to `QUERY_ROWS_MAX`. */
  readonly rowsMax: number;
}

export type Order = "newest" | "oldest";

/** Decisions that meet all of the conditions that are given. */
export interface SearchQuestion {
  readonly kind: "search";
  readonly filter: SearchFilter;
  /** By ledger sequence. */
  readonly order: Order;
  /** Only decisions beyond this sequence, in the sense of `order`. */
  readonly afterSeq?: number;
  readonly limit: number;
}

export interface SearchFilter {
  readonly org?: string;
  readonly user?: string;
  readonly conversation?: string;
  readonly tiers?: readonly string[];
  readonly surfaces?: readonly string[];
  readonly actions?: readonly string[];
  /** With `minScore`: decisions that score at least that much in it; without: at least 0.01. */
  readonly category?: string;
  /** 0 to 1; without `category`: in any. */
  readonly minScore?: number;
  /** A rule's id, or its beginning when it ends in `*`. */
  readonly rule?: string;
  /** Event time in ms since the epoch, half-open. */
  readonly fromMs?: number;
  readonly toMs?: number;
}

export type Question = (SqlQuestion | SearchQuestion) & {
  /** How long the question may wait for records that are in the ledger and not yet read, in ms. */
  readonly catchUpMs: number;
};

/** Which records an answer was made of. */
export interface Coverage {
  /** First ledger sequence that is there as a single row; older ones are in hourly roll-ups. 0: none yet. */
  readonly fromSeq: number;
  /** Last ledger sequence that was read. */
  readonly toSeq: number;
  /** Every record of the ledger at the time of the question was read, and none that could count was rolled up. */
  readonly isComplete: boolean;
  /** Single rows of earlier event times than this may be rolled up; absent while none is. */
  readonly rolledUpToMs?: number;
}

export interface Column {
  readonly name: string;
  readonly type: "number" | "text" | "time" | "boolean" | "other";
}

export interface SqlAnswer {
  readonly kind: "rows";
  readonly columns: readonly Column[];
  /** JSON text of a list of rows, each a list in the order of `columns`. Times are RFC 3339 UTC. */
  readonly rowsJson: string;
  readonly rowCount: number;
  /** There was more than `rowsMax` rows or the byte limit let through. */
  readonly isTruncated: boolean;
  readonly elapsedMs: number;
  readonly coverage: Coverage;
}

export interface SearchAnswer {
  readonly kind: "decisions";
  /** JSON text of a list of whole decisions, each with its `seq` in front, as they stand in the ledger. */
  readonly decisionsJson: string;
  readonly count: number;
  /** Give it as `afterSeq` for the next page; absent on the last one. */
  readonly nextSeq?: number;
  readonly coverage: Coverage;
}

/**
 * Why there is no answer. `invalid`: the statement is wrong or not allowed. `too-slow`: over the time limit. `busy`:
 * too many questions wait. `unavailable`: analytics is not there (see `message`).
 */
export interface Refusal {
  readonly kind: "refused";
  readonly reason: "invalid" | "too-slow" | "busy" | "unavailable";
  /** One or two sentences: what is wrong and what to do. */
  readonly message: string;
  /** Where in the statement, both from 1. */
  readonly position?: { readonly line: number; readonly column: number };
}

export interface AnalyticsProgress {
  readonly seq: number;
  /** Bytes of segment files read, of those that are there. */
  readonly bytes: number;
  readonly bytesTotal: number;
}

export interface AnalyticsStore {
  /** Never throws, and always answers within the time limits. The first question starts the worker. */
  ask(question: SqlQuestion & Pick<Question, "catchUpMs">): Promise<SqlAnswer | Refusal>;
  ask(question: SearchQuestion & Pick<Question, "catchUpMs">): Promise<SearchAnswer | Refusal>;
  /** Starts reading the ledger now, in the background. Idempotent. */
  start(): void;
  /** For `/ready` and `/metrics`. Never vital: events are taken without it. */
  readonly report: PartReport;
  /** Ends the worker; open questions are refused. Idempotent. */
  close(): Promise<void>;
}

/** Rows that one SQL answer may have, and those it has when nothing is said. */
export const QUERY_ROWS_MAX = 10_000;
export const QUERY_ROWS_DEFAULT = 1_000;
/** Bytes of the JSON of one answer; more rows are cut off and `isTruncated` says so. */
export const ANSWER_BYTES_MAX = 8 * 1024 * 1024;
export const SQL_CHARS_MAX = 16 * 1024;
/** Decisions on a page of a search. */
export const SEARCH_LIMIT_MAX = 1_000;
export const SEARCH_LIMIT_DEFAULT = 100;
