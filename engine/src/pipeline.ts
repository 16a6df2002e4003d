/**
 * The pipeline: sources → decide → record → settle → publish, in order, as RxJS over batches. Decide works on the next
 * chunk while the ledger writes the one before. What is in flight is bounded by each source's gate, and a source is
 * asked for its next batch only when the one before was decided, so no operator ever queues more than one batch a source.
 * A delivery is settled only after its records are written; what could not be written comes again and counts nowhere.
 */
import {
  catchError,
  concatMap,
  defer,
  EMPTY,
  filter,
  finalize,
  from,
  map,
  mergeAll,
  type Observable,
  Subject,
  share,
  tap,
} from "rxjs";
import type { RaiseAlert } from "./alerts.ts";
import type { Answered, Chunk, Entry, Parcel } from "./chunk.ts";
import type { Clock, DeadLetter, Delivery, IngestOutcome, Source } from "./contracts.ts";
import type { ProcessCounts } from "./counters.ts";
import { EngineError } from "./errors.ts";
import type { Gate } from "./gate.ts";
import { emptyOutcome } from "./queue-source.ts";

const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 5000;

/** How far the ledger got; the decide stage reads it. */
export interface Progress {
  failures: number;
  writtenSeq: number;
  /** Of the last write; undefined when it went well. */
  lastFailure: Error | undefined;
}

export interface PipelineOptions {
  readonly decide: (parcels: readonly Parcel[]) => AsyncGenerator<Chunk>;
  readonly progress: Progress;
  readonly clock: Clock;
  readonly counts: ProcessCounts;
  readonly alert: RaiseAlert;
  readonly deadLetter: DeadLetter | undefined;
}

export interface AttachOptions {
  readonly gate: Gate;
  /** The source itself takes from the gate, when a payload is offered to it. */
  readonly isOwnGate: boolean;
  readonly signal: AbortSignal;
}

export interface Pipeline {
  /** Recorded decisions, one batch a write. Hot; never errors. Completes with `close`. */
  readonly recorded$: Observable<readonly Entry[]>;
  /**
   * Resolves when the source has ended and its last delivery is settled.
   * @throws {EngineError} `source-lost` when the source fails.
   */
  attach(source: Source<Uint8Array>, options: AttachOptions): Promise<void>;
  close(): void;
}

interface Work {
  readonly parcels: readonly Parcel[];
  readonly decided: () => void;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const { decide, progress, clock, counts, alert, deadLetter } = options;
  const sources$ = new Subject<Observable<Work>>();
  const recorded$ = sources$.pipe(
    mergeAll(),
    concatMap((work) => from(decide(work.parcels)).pipe(finalize(work.decided))),
    concatMap((chunk) => chunk.written.then((failure) => ({ chunk, failure }))),
    tap(({ chunk, failure }) => settleChunk(chunk, failure)),
    filter(({ chunk, failure }) => failure === undefined && chunk.entries.length > 0),
    map(({ chunk }) => chunk.entries as readonly Entry[]),
    share(),
  );
  const running = recorded$.subscribe();

  function settleChunk(chunk: Chunk, failure: Error | undefined): void {
    noteWrite(chunk, failure);
    const isShaken = chunk.leansOnUnwritten && progress.failures !== chunk.failuresBefore;
    if (failure !== undefined || isShaken) for (const parcel of chunk.parcels) parcel.failed = true;
    for (const parcel of chunk.finished) settle(parcel);
  }

  function noteWrite(chunk: Chunk, failure: Error | undefined): void {
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

  function settle(parcel: Parcel): void {
    const { delivery, gate, rejected } = parcel;
    try {
      if (parcel.failed) {
        delivery.retry(retryDelayMs());
        return;
      }
      for (const rejection of rejected) {
        counts.rejected.add(rejection.reason, 1);
        deadLetter?.put(rejection, parcel.source);
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

  let retries = 0;
  let failuresAtRetry = 0;
  /** Doubles with each failed write in a row. */
  function retryDelayMs(): number {
    retries = progress.lastFailure === undefined ? 0 : retries + (progress.failures > failuresAtRetry ? 1 : 0);
    failuresAtRetry = progress.failures;
    return Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.max(0, Math.min(retries, 8) - 1));
  }

  async function* pull(source: Source<Uint8Array>, { gate, isOwnGate, signal }: AttachOptions): AsyncGenerator<Work> {
    for await (const batch of source.read(signal)) {
      const arrivedUs = clock.monotonicUs();
      if (!isOwnGate) for (const delivery of batch) gate.take(delivery.value.length);
      const parcels = batch.map((delivery) => createParcel(delivery, source.name, gate, arrivedUs));
      let decided = () => {};
      const isDecided = new Promise<void>((resolve) => {
        decided = resolve;
      });
      yield { parcels, decided };
      await isDecided;
      if (!isOwnGate) await gate.room();
    }
  }

  async function attach(source: Source<Uint8Array>, options: AttachOptions): Promise<void> {
    let failure: unknown;
    await new Promise<void>((resolve) => {
      sources$.next(
        defer(() => from(pull(source, options))).pipe(
          catchError((error: unknown) => {
            failure = error ?? new Error("unknown");
            return EMPTY;
          }),
          finalize(resolve),
        ),
      );
    });
    await options.gate.idle();
    if (failure === undefined) return;
    alert("source-lost", 1, `source ${source.name} failed and will bring no more events; see its log`);
    if (failure instanceof EngineError) throw failure;
    throw new EngineError("source-lost", `source ${source.name} failed: ${String(failure)}`, { cause: failure });
  }

  return {
    recorded$,
    attach,
    close() {
      sources$.complete();
      running.unsubscribe();
    },
  };
}

function createParcel(delivery: Delivery<Uint8Array>, source: string, gate: Gate, arrivedUs: number): Parcel {
  return { delivery, source, gate, arrivedUs, answered: [], rejected: [], refused: false, failed: false };
}

function outcomeOf(parcel: Parcel, counts: ProcessCounts): IngestOutcome {
  const { answered, rejected } = parcel;
  const actions = { ...emptyOutcome().actions };
  let aslTriggers = 0;
  let duplicates = 0;
  for (const { decision, duplicate } of answered) {
    actions[decision.action] += 1;
    if (decision.asl !== null) aslTriggers += 1;
    if (duplicate) duplicates += 1;
  }
  counts.duplicates += duplicates;
  const decisions: readonly Answered[] = answered;
  return { processed: answered.length, actions, asl_triggers: aslTriggers, duplicates, decisions, rejected };
}
