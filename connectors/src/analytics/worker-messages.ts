/** What the main thread and the worker of analytics say to each other. */
import type { AnalyticsProgress, Refusal, SearchAnswer, SearchQuestion, SqlAnswer, SqlQuestion } from "./contracts.ts";

export interface WorkerSettings {
  readonly directory: string;
  readonly rowsMax: number;
  readonly memoryBytesMax: number;
  /** Soft: looked at between DuckDB's steps. */
  readonly timeLimitMs: number;
}

export type ToWorker =
  /** The ledger is written up to `seq`. */
  | { readonly kind: "written"; readonly seq: number }
  | {
      readonly kind: "ask";
      readonly id: number;
      readonly question: SqlQuestion | SearchQuestion;
      /** Read up to here first, for at most `catchUpMs`. */
      readonly writtenSeq: number;
      readonly catchUpMs: number;
    };

export interface WorkerProgress extends AnalyticsProgress {
  readonly rows: number;
}

export type FromWorker =
  /** DuckDB is open. */
  | { readonly kind: "open" }
  | { readonly kind: "progress"; readonly progress: WorkerProgress }
  /** The question is being answered now: the time limit runs from here. */
  | { readonly kind: "answering"; readonly id: number }
  | { readonly kind: "answer"; readonly id: number; readonly answer: SqlAnswer | SearchAnswer | Refusal }
  /** The worker ends. `isMissing`: the packages are not installed. */
  | { readonly kind: "failed"; readonly message: string; readonly isMissing: boolean };
