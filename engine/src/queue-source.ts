/**
 * The source behind `ingest`: payloads handed over in this process, in order, each with a promise of its outcome.
 * Holds at most what its gate lets in; beyond that a payload is shed with `queue-full`, never kept. What waits when a
 * reader comes is handed over together, so that many small requests share one write of the ledger.
 */
import type { Delivery, IngestOutcome, Rejection, Source } from "./contracts.ts";
import { emptyActions } from "./counters.ts";
import { EngineError } from "./errors.ts";
import { createGate, type Gate } from "./gate.ts";

/** Most deliveries of one batch, as the contract of `Source` has it. */
export const BATCH_MAX = 256;
/** Bytes after which a batch takes no more: what a batch was answered stays in memory until all of it is decided. */
const BATCH_BYTES = 256 * 1024;

export interface QueueSource extends Source<Uint8Array> {
  /** @throws {EngineError} (by the promise) `queue-full`, `ledger-failed` when the payload could not be recorded. */
  offer(payload: Uint8Array): Promise<IngestOutcome>;
  readonly gate: Gate;
}

export function queueSource(payloadsMax: number, bytesMax: number): QueueSource {
  const gate = createGate(payloadsMax, bytesMax);
  let waiting: Delivery<Uint8Array>[] = [];
  let wake: (() => void) | undefined;

  function offer(payload: Uint8Array): Promise<IngestOutcome> {
    if (!gate.hasRoom(payload.length)) {
      const message = `more than ${payloadsMax} payloads or ${bytesMax} bytes wait; send again later or send less at a time`;
      return Promise.reject(new EngineError("queue-full", message));
    }
    gate.take(payload.length);
    return new Promise((resolve, reject) => {
      const message =
        "the decision could not be written to the ledger; nothing was acknowledged, send the payload again";
      waiting.push({
        value: payload,
        ack: resolve,
        retry: () => reject(new EngineError("ledger-failed", message)),
        reject: (rejections) => resolve(refusedOutcome(rejections)),
      });
      wake?.();
    });
  }

  async function* read(signal: AbortSignal): AsyncGenerator<readonly Delivery<Uint8Array>[]> {
    const onAbort = () => wake?.();
    signal.addEventListener("abort", onAbort);
    try {
      while (true) {
        if (waiting.length > 0) {
          const count = batchLength(waiting);
          const batch = waiting.slice(0, count);
          waiting = waiting.slice(count);
          yield batch;
        } else if (signal.aborted) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  return { name: "ingest", offer, read, gate };
}

function batchLength(waiting: readonly Delivery<Uint8Array>[]): number {
  let bytes = 0;
  let count = 0;
  while (count < BATCH_MAX && count < waiting.length && bytes < BATCH_BYTES)
    bytes += waiting[count++]?.value.length ?? 0;
  return count;
}

function refusedOutcome(rejected: readonly Rejection[]): IngestOutcome {
  const reason = rejected[0]?.reason;
  const refused = reason === "empty-payload" ? "empty" : reason === "payload-too-large" ? "too-large" : "malformed";
  return { ...emptyOutcome(), rejected, refused };
}

function emptyOutcome(): IngestOutcome {
  return { processed: 0, actions: emptyActions(), asl_triggers: 0, duplicates: 0, decisions: [], rejected: [] };
}
