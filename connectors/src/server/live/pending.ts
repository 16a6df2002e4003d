/**
 * Decisions on their way to the next frames: collected for a moment, cut to frames, held back when publishing would
 * cost more than its share. Invariant: at most `pendingBytesMax` wait; past it all that waits becomes a gap.
 */
import type { RecordedDecision } from "@sluice/engine";

export interface PendingOptions {
  /** Decisions wait this long for others. */
  readonly coalesceMs: number;
  /** A batch is cut at about this size; one decision may go over it. */
  readonly frameBytesMax: number;
  readonly pendingBytesMax: number;
  /** Share of the thread's time that publishing may take, over 0 to 1: after a costly batch the next one waits. */
  readonly publishShareMax: number;
  /** Sends one batch. */
  readonly publish: (batch: readonly RecordedDecision[]) => void;
  /** The batch will never be sent. */
  readonly overflow: (batch: readonly RecordedDecision[]) => void;
}

export interface PendingDecisions {
  push(batch: readonly RecordedDecision[]): void;
  /** Sends what waits, now. */
  flush(): void;
}

export function pendingDecisions(options: PendingOptions): PendingDecisions {
  let pending: RecordedDecision[] = [];
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;
  let nextPublishMs = 0;

  function take(): readonly RecordedDecision[] {
    clearTimeout(timer);
    timer = undefined;
    const taken = pending;
    pending = [];
    bytes = 0;
    return taken;
  }
  function flush(): void {
    const startMs = performance.now();
    for (const batch of cut(take(), options.frameBytesMax)) options.publish(batch);
    const endMs = performance.now();
    nextPublishMs = Math.max(nextPublishMs, endMs + (endMs - startMs) * (1 / options.publishShareMax - 1));
  }
  return {
    flush,
    push(batch) {
      for (const recorded of batch) {
        pending.push(recorded);
        bytes += recorded.json.length;
      }
      const nowMs = performance.now();
      if (bytes > options.pendingBytesMax) options.overflow(take());
      else if (bytes >= options.frameBytesMax && nowMs >= nextPublishMs) flush();
      else timer ??= setTimeout(flush, Math.max(options.coalesceMs, nextPublishMs - nowMs));
    },
  };
}

/** In batches of about `bytesMax`, each of one decision at least. */
function* cut(decisions: readonly RecordedDecision[], bytesMax: number): Generator<readonly RecordedDecision[]> {
  let start = 0;
  let bytes = 0;
  for (let index = 0; index < decisions.length; index += 1) {
    bytes += decisions[index]!.json.length;
    if (bytes < bytesMax) continue;
    yield decisions.slice(start, index + 1);
    start = index + 1;
    bytes = 0;
  }
  if (start < decisions.length) yield decisions.slice(start);
}
