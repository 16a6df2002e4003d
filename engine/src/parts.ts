/** What an engine is made of, and its bounds. */
import type { Detector } from "@sluice/core-wasm";
import type { Alert, Clock, DeadLetter, Ledger, PolicyPart } from "./contracts.ts";
import type { SecondOpinion } from "./opinion.ts";

export interface EngineOptions {
  /** Payloads one source may have unsettled, and `ingest` too. */
  readonly inFlightPayloadsMax: number;
  /** Bytes of those payloads. */
  readonly inFlightBytesMax: number;
  /** How far event times may be out of order before a window fires without them. */
  readonly disorderMs: number;
  /** How long after its end a window still takes events, as corrections. */
  readonly allowedLatenessMs: number;
  /** An event further ahead of the clock than this moves no watermark and enters no window. */
  readonly aheadMaxMs: number;
  /** With no event for this long, the watermark goes on at the clock's pace. */
  readonly idleAfterMs: number;
  readonly snapshotEveryMs: number;
  /**
   * Deterministic run: `decided_at` is the event time, `latency_us` 0, and the end of the last source closes all
   * windows.
   */
  readonly replay: boolean;
}

export const DEFAULT_OPTIONS: EngineOptions = {
  inFlightPayloadsMax: 4096,
  inFlightBytesMax: 64 * 1024 * 1024,
  disorderMs: 5_000,
  allowedLatenessMs: 300_000,
  aheadMaxMs: 300_000,
  idleAfterMs: 10_000,
  snapshotEveryMs: 10_000,
  replay: false,
};

export interface EngineParts {
  readonly detector: Detector;
  readonly policy: PolicyPart;
  /** Without one, decisions are numbered and repeats known in memory alone (`volatileLedger`). */
  readonly ledger?: Ledger;
  readonly clock?: Clock;
  readonly deadLetter?: DeadLetter;
  /** Asked where the policy says so; never in a replay. The engine stops it. */
  readonly secondOpinion?: SecondOpinion;
  /** Decisions are of made-up traffic; evidence leaves them out. */
  readonly synthetic?: boolean;
  /** Called at most once a batch and code. Must not throw; a throw is ignored. */
  readonly onAlert?: (alert: Alert) => void;
  /** File for counters and open windows, so that a start need not read the whole ledger. */
  readonly snapshotPath?: string;
  /** Version of the program, for the ledger's `start` record. */
  readonly version?: string;
  readonly options?: Partial<EngineOptions>;
}
