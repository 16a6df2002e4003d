/**
 * The last duty of the pipeline: when a chunk's write is known, every parcel that ends with it is settled, once: done
 * with, refused, or to come again. What comes again counts nowhere and reaches no dead letter.
 */
import type { RaiseAlert } from "./alerts.ts";
import type { Chunk, Parcel } from "./chunk.ts";
import type { DeadLetter, IngestOutcome } from "./contracts.ts";
import { emptyActions, type ProcessCounts } from "./counters.ts";

const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 5000;

/** How far the ledger got; the decide stage reads it. */
export interface Progress {
  /** Writes that failed so far, and recoveries: any change means that what was unwritten may be gone. */
  failures: number;
  writtenSeq: number;
  /** Of the last write; undefined when it went well. */
  lastFailure: Error | undefined;
}

export interface SettlerOptions {
  readonly progress: Progress;
  readonly counts: ProcessCounts;
  readonly alert: RaiseAlert;
  readonly deadLetter: DeadLetter | undefined;
}

export class Settler {
  private readonly options: SettlerOptions;
  private retries = 0;
  private failuresAtRetry = 0;

  constructor(options: SettlerOptions) {
    this.options = options;
  }

  /** Never throws. Chunks come in the order of their appends. */
  settleChunk(chunk: Chunk, failure: Error | undefined): void {
    this.noteWrite(chunk, failure);
    const isShaken = chunk.leansOnUnwritten && this.options.progress.failures !== chunk.failuresBefore;
    if (failure !== undefined || isShaken) for (const parcel of chunk.parcels) parcel.failed = true;
    for (const parcel of chunk.finished) this.settle(parcel);
  }

  private noteWrite(chunk: Chunk, failure: Error | undefined): void {
    const { progress, alert } = this.options;
    if (failure !== undefined) {
      progress.failures += 1;
      if (progress.lastFailure === undefined) {
        alert(
          "ledger-failed",
          chunk.entries.length,
          `the ledger cannot write (${failure.message}); nothing is acknowledged until it can`,
        );
      }
      progress.lastFailure = failure;
      return;
    }
    const last = chunk.entries.at(-1);
    if (last === undefined) return;
    progress.writtenSeq = last.seq;
    if (progress.lastFailure === undefined) return;
    progress.lastFailure = undefined;
    progress.failures += 1; // an odd chunk decided in between is tried again rather than trusted
    alert("ledger-recovered", chunk.entries.length, "the ledger writes again");
  }

  private settle(parcel: Parcel): void {
    const { counts, alert, deadLetter } = this.options;
    const { delivery, gate, rejected } = parcel;
    try {
      if (parcel.failed) {
        delivery.retry(this.retryDelayMs());
        return;
      }
      for (const rejection of rejected) {
        counts.rejected.add(rejection.reason, 1);
        deadLetter?.put(rejection, parcel.source, delivery.value);
      }
      if (parcel.refused) delivery.reject(rejected);
      else delivery.ack(outcomeOf(parcel, counts));
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      alert(
        "part-fault",
        1,
        `source ${parcel.source} or the dead letter failed while a delivery was settled (${name})`,
      );
    } finally {
      parcel.answered = [];
      parcel.rejected = [];
      gate.release(delivery.value.length);
    }
  }

  /** Doubles with each failed write in a row. */
  private retryDelayMs(): number {
    const { failures, lastFailure } = this.options.progress;
    const isNew = failures > this.failuresAtRetry;
    this.retries = lastFailure === undefined ? 0 : this.retries + (isNew ? 1 : 0);
    this.failuresAtRetry = failures;
    return Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.max(0, Math.min(this.retries, 8) - 1));
  }
}

function outcomeOf(parcel: Parcel, counts: ProcessCounts): IngestOutcome {
  const { answered, rejected } = parcel;
  const actions = emptyActions();
  let aslTriggers = 0;
  let duplicates = 0;
  for (const { facts, duplicate } of answered) {
    actions[facts.action] += 1;
    if (facts.asl !== null) aslTriggers += 1;
    if (duplicate) duplicates += 1;
  }
  counts.duplicates += duplicates;
  return { processed: answered.length, actions, asl_triggers: aslTriggers, duplicates, decisions: answered, rejected };
}
