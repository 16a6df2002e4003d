/**
 * The pipeline: sources → decide → record → settle → publish, in order, as RxJS over batches. Decide works on the next
 * chunk while the ledger writes the one before. What is in flight is bounded by each source's gate, and a source is
 * asked for its next batch only when the one before was decided, so no operator ever queues more than one batch a
 * source. A delivery is settled only after its records are written; what could not be written comes again and counts
 * nowhere.
 */
import { concatMap, filter, map, type Observable, Subject, share, tap } from "rxjs";
import type { RaiseAlert } from "./alerts.ts";
import type { Chunk, Entry, Parcel } from "./chunk.ts";
import type { Delivery, Source } from "./contracts.ts";
import { EngineError } from "./errors.ts";
import type { Gate } from "./gate.ts";
import type { OpinionDesk } from "./opinion-desk.ts";
import type { Settler } from "./settler.ts";

export interface PipelineOptions {
  readonly decide: (parcels: readonly Parcel[], emit: (chunk: Chunk) => void) => Promise<void>;
  readonly settler: Settler;
  readonly desk: OpinionDesk | undefined;
  readonly alert: RaiseAlert;
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
  /** A chunk that came by no source. To be called in the turn of its append: chunks pass in the order of the ledger. */
  pass(chunk: Chunk): void;
  close(): void;
}

interface Work {
  readonly parcels: readonly Parcel[];
  readonly decided: () => void;
}

export function createPipeline(options: PipelineOptions): Pipeline {
  const { decide, settler, desk, alert } = options;
  const work$ = new Subject<Work>();
  // A subject between the stages, not `from(asyncGenerator)`: that one keeps every chunk until a full collection
  // (measured).
  const chunk$ = new Subject<Chunk>();
  const emit = (chunk: Chunk) => chunk$.next(chunk);
  const recorded$ = chunk$.pipe(
    concatMap((chunk) => chunk.written.then((failure) => ({ chunk, failure }))),
    tap(({ chunk, failure }) => {
      settler.settleChunk(chunk, failure);
      desk?.settle(chunk, failure);
    }),
    filter(({ chunk, failure }) => failure === undefined && chunk.entries.length > 0),
    map(({ chunk }) => chunk.entries as readonly Entry[]),
    share(),
  );
  const running = recorded$.subscribe();
  running.add(work$.pipe(concatMap(({ parcels, decided }) => decide(parcels, emit).then(decided))).subscribe());

  /** Resolves when the batch is decided; its write may still be under way. */
  function decideBatch(batch: readonly Delivery<Uint8Array>[], source: string, gate: Gate): Promise<void> {
    const parcels = batch.map((delivery) => createParcel(delivery, source, gate));
    return new Promise((resolve) => work$.next({ parcels, decided: resolve }));
  }

  async function attach(source: Source<Uint8Array>, { gate, isOwnGate, signal }: AttachOptions): Promise<void> {
    try {
      for await (const batch of source.read(signal)) {
        if (!isOwnGate) for (const delivery of batch) gate.take(delivery.value.length);
        await decideBatch(batch, source.name, gate);
        if (!isOwnGate) await gate.room();
      }
    } catch (cause) {
      alert("source-lost", 1, `source ${source.name} failed and will bring no more events; see its log`);
      if (cause instanceof EngineError) throw cause;
      throw new EngineError("source-lost", `source ${source.name} failed: ${String(cause)}`, { cause });
    } finally {
      await gate.idle();
    }
  }

  return {
    recorded$,
    attach,
    pass: emit,
    close() {
      running.unsubscribe();
      chunk$.complete();
      work$.complete();
    },
  };
}

function createParcel(delivery: Delivery<Uint8Array>, source: string, gate: Gate): Parcel {
  return { delivery, source, gate, answered: [], rejected: [], refused: false, failed: false };
}
