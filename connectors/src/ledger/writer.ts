/**
 * Group commit: `append` gives seqs and encodes at once; one loop writes whatever has gathered as one frame, syncs as
 * asked, and only then resolves, in order. While a frame is being written the next one fills, so batches grow with load.
 *
 * A failed write fails everything that is not written yet, because those seqs follow the lost ones; keys are forgotten,
 * the files are cut back to the last good frame, and the next append tries again. Nothing is acknowledged unwritten.
 */
import { assert, EngineError, type RecordDraft } from "@sluice/engine";
import { type ActiveSegment, createSegment } from "./active-segment.ts";
import type { Fingerprinter } from "./fingerprint.ts";
import type { Horizon } from "./horizon.ts";
import type { KeyTable } from "./key-table.ts";
import { framePool, type PendingFrame } from "./pending-frame.ts";
import { checkDraft } from "./record.ts";
import { type SegmentPaths, segmentPaths } from "./segment-files.ts";
import { SEGMENT_HEADER_BYTES } from "./segment-format.ts";

export type SyncMode = "always" | "interval" | "os";

export interface WriterOptions {
  readonly directory: string;
  readonly sync: SyncMode;
  readonly syncIntervalMs: number;
  readonly segmentBytesMax: number;
  readonly pendingBytesMax: number;
  readonly nowMs: () => number;
  readonly fingerprints: Fingerprinter;
  readonly keys: KeyTable;
  readonly horizon: Horizon;
  /** Grows as segments are added. */
  readonly segments: SegmentPaths[];
  readonly start: { readonly active: ActiveSegment; readonly nextSeq: number; readonly chain: Buffer };
}

export interface Writer {
  append(drafts: readonly RecordDraft[]): { readonly firstSeq: number; readonly written: Promise<void> };
  flush(): Promise<void>;
  /** Text of a record that has a seq but is not written; a view. */
  pendingRecord(seq: number): Buffer | undefined;
  readonly nextSeq: number;
  readonly writtenSeq: number;
  readonly pendingBytes: number;
  readonly activeEnd: number;
  /** The last write or sync failed, and none has succeeded since. */
  readonly failure: EngineError | undefined;
  /** Writes what was appended, syncs, and lets go of the files even when that fails. */
  close(): Promise<void>;
}

interface Waiter {
  readonly lastSeq: number;
  readonly bytes: number;
  resolve(): void;
  reject(error: EngineError): void;
}

export function writer(options: WriterOptions): Writer {
  const { directory, segmentBytesMax, pendingBytesMax, nowMs, fingerprints, keys, horizon, segments } = options;
  const pool = framePool();
  const waiting: PendingFrame[] = []; // the last one is being filled
  let inFlight: PendingFrame | undefined;
  let waiters: Waiter[] = [];
  let { active, nextSeq, chain } = options.start;
  let writtenSeq = nextSeq - 1;
  let pendingBytes = 0;
  let isRunning = false;
  let isClosing = false;
  let mustRestore = false;
  let isDirty = false;
  let syncing: Promise<void> | undefined;
  let writeFailure: EngineError | undefined;
  let syncFailure: EngineError | undefined;

  function encode(draft: RecordDraft, timeMs: number, horizonSeq: number): void {
    const { key } = draft;
    const fingerprint = key && {
      key: fingerprints.key(key.orgId, key.eventId),
      event: fingerprints.event(key.eventId),
    };
    let frame = waiting.at(-1);
    if (frame === undefined || !frame.add(draft, fingerprint, timeMs)) {
      frame = pool.take(nextSeq);
      waiting.push(frame);
      assert(frame.add(draft, fingerprint, timeMs), "an empty frame takes any record");
    }
    if (fingerprint !== undefined) keys.insert(fingerprint.key.low, nextSeq, horizonSeq);
    nextSeq += 1;
  }

  function wait(bytes: number): Promise<void> {
    pendingBytes += bytes;
    return new Promise((resolve, reject) => waiters.push({ lastSeq: nextSeq - 1, bytes, resolve, reject }));
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      inFlight = waiting.shift()!;
      try {
        await write(inFlight);
      } catch (cause) {
        await failAll(cause as Error);
      }
    }
    isRunning = false;
  }

  async function write(frame: PendingFrame): Promise<void> {
    if (mustRestore) await restore();
    const isFull = active.segmentEnd + frame.byteLength > segmentBytesMax;
    if (isFull && active.segmentEnd > SEGMENT_HEADER_BYTES) await rotate(frame.firstSeq);
    const next = frame.seal(chain);
    mustRestore = true; // until all of it is written
    await active.write(frame);
    if (options.sync === "always") await active.sync();
    mustRestore = false;
    chain = next;
    isDirty = true;
    writeFailure = undefined;
    writtenSeq = frame.firstSeq + frame.count - 1;
    inFlight = undefined;
    pool.release(frame);
    settle((waiter) => waiter.resolve(), writtenSeq);
  }

  async function restore(): Promise<void> {
    await active.restore();
    mustRestore = false;
  }

  /** The old segment is synced first in every mode, so that only the last one can ever be torn. */
  async function rotate(firstSeq: number): Promise<void> {
    await syncing;
    await active.sync();
    isDirty = false;
    const old = active;
    active = await createSegment(segmentPaths(directory, firstSeq), chain, fingerprints);
    segments.push(active.paths);
    await old.close();
  }

  async function failAll(cause: Error): Promise<void> {
    const file = active.paths.segment;
    const error = new EngineError(
      "ledger-failed",
      `records could not be written to ${file} (${cause.message}); make room on the disk or repair it: the next append tries again`,
      { cause },
    );
    writeFailure = error;
    if (mustRestore) await restore().catch(() => undefined); // stays due: the next write tries it first
    // From here on without a pause: what was appended meanwhile has seqs behind the lost ones and fails as well.
    const lost = inFlight === undefined ? [] : [inFlight];
    lost.push(...waiting.splice(0));
    inFlight = undefined;
    for (const frame of lost) forget(frame);
    nextSeq = writtenSeq + 1;
    settle((waiter) => waiter.reject(error), Number.POSITIVE_INFINITY);
  }

  function forget(frame: PendingFrame): void {
    for (let seq = frame.firstSeq; seq < frame.firstSeq + frame.count; seq += 1) {
      const tag = frame.tag(seq);
      if (tag !== undefined) keys.forget(tag, seq);
    }
    pool.release(frame);
  }

  function settle(how: (waiter: Waiter) => void, lastSeq: number): void {
    const open = waiters.findIndex((waiter) => waiter.lastSeq > lastSeq);
    const done = open < 0 ? waiters : waiters.slice(0, open);
    waiters = open < 0 ? [] : waiters.slice(open);
    for (const waiter of done) {
      pendingBytes -= waiter.bytes;
      how(waiter);
    }
  }

  async function syncInBackground(): Promise<void> {
    isDirty = false;
    try {
      await active.sync();
      syncFailure = undefined;
    } catch (cause) {
      isDirty = true;
      const what = `${active.paths.segment} could not be synced (${(cause as Error).message}): a power loss now may lose records`;
      syncFailure = new EngineError("ledger-failed", `${what}; check the disk`, { cause });
    }
    syncing = undefined;
  }

  const timer =
    options.sync !== "interval"
      ? undefined
      : setInterval(() => {
          if (isDirty && syncing === undefined) syncing = syncInBackground();
        }, options.syncIntervalMs).unref();

  return {
    append(drafts) {
      if (isClosing) throw new EngineError("stopping", "the ledger is closing and takes no more records");
      if (drafts.length === 0) return { firstSeq: nextSeq, written: Promise.resolve() };
      let bytes = 0;
      for (const draft of drafts) {
        checkDraft(draft);
        bytes +=
          draft.json.length + (draft.text === undefined ? 0 : draft.text.prompt.length + draft.text.completion.length);
      }
      if (pendingBytes + bytes > pendingBytesMax) {
        throw new EngineError(
          "queue-full",
          `more than ${pendingBytesMax} bytes wait to be written; append again later`,
        );
      }
      const firstSeq = nextSeq;
      const timeMs = nowMs();
      horizon.note(firstSeq, timeMs);
      const horizonSeq = horizon.seqAt(timeMs, nextSeq);
      for (const draft of drafts) encode(draft, timeMs, horizonSeq);
      const written = wait(bytes);
      if (!isRunning) {
        isRunning = true;
        queueMicrotask(() => void run()); // not at once: appends of the same turn share a write
      }
      return { firstSeq, written };
    },
    flush: () => (nextSeq - 1 === writtenSeq ? Promise.resolve() : wait(0)),
    pendingRecord(seq) {
      const frames = inFlight === undefined ? waiting : [inFlight, ...waiting];
      return frames.find((frame) => seq >= frame.firstSeq && seq < frame.firstSeq + frame.count)?.record(seq);
    },
    get nextSeq() {
      return nextSeq;
    },
    get writtenSeq() {
      return writtenSeq;
    },
    get pendingBytes() {
      return pendingBytes;
    },
    get activeEnd() {
      return active.segmentEnd;
    },
    get failure() {
      return writeFailure ?? syncFailure;
    },
    async close() {
      isClosing = true;
      clearInterval(timer);
      try {
        await this.flush();
        await syncing;
        await active.sync();
      } finally {
        await syncing;
        await active.close();
      }
    },
  };
}
