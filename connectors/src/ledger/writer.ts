/**
 * Group commit: `append` gives seqs and encodes at once; one loop writes whatever has gathered as one frame, syncs as
 * asked, and only then resolves, in order. While a frame is being written the next one fills, so batches grow with
 * load.
 *
 * A failed write fails everything that is not written yet, because those seqs follow the lost ones; keys are forgotten,
 * the files are cut back to the last good frame, and the next append tries again. Nothing is acknowledged unwritten.
 */
import { statSync } from "node:fs";
import { assert, createHistogram, EngineError, type HistogramSample, type RecordDraft } from "@sluice/engine";
import { type ActiveSegment, createSegment } from "./active-segment.ts";
import type { AskedFingerprints } from "./asked-fingerprints.ts";
import { BackgroundSync } from "./background-sync.ts";
import type { Fingerprinter } from "./fingerprint.ts";
import type { Horizon } from "./horizon.ts";
import type { KeyTable } from "./key-table.ts";
import { FramePool, type PendingFrame } from "./pending-frame.ts";
import { checkDraft } from "./record.ts";
import { type SegmentPaths, segmentPaths } from "./segment-files.ts";
import { SEGMENT_HEADER_BYTES } from "./segment-format.ts";
import { Waiters } from "./waiters.ts";

export type SyncMode = "always" | "interval" | "os";

export interface WriterOptions {
  readonly directory: string;
  readonly sync: SyncMode;
  readonly syncIntervalMs: number;
  readonly segmentBytesMax: number;
  readonly pendingBytesMax: number;
  readonly nowMs: () => number;
  readonly fingerprints: Fingerprinter;
  readonly asked: AskedFingerprints;
  readonly keys: KeyTable;
  readonly horizon: Horizon;
  /** Grows as segments are added. */
  readonly segments: SegmentPaths[];
  readonly start: { readonly active: ActiveSegment; readonly nextSeq: number; readonly chain: Buffer };
}

/** Seconds. A write to the page cache takes tens of microseconds; one that waits for a disk, milliseconds. */
const WRITE_BOUNDS = [1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 1] as const;

export class Writer {
  readonly #options: WriterOptions;
  readonly #writeSeconds = createHistogram(WRITE_BOUNDS);
  /** Of the segments before the active one. */
  #closedBytes: number;
  readonly #pool = new FramePool();
  readonly #waiters = new Waiters();
  readonly #background: BackgroundSync | undefined;
  /** Frames that nothing is written of; the last one is being filled. */
  readonly #waiting: PendingFrame[] = [];
  #inFlight: PendingFrame | undefined;
  #active: ActiveSegment;
  #chain: Buffer;
  #nextSeq: number;
  #writtenSeq: number;
  #isRunning = false;
  #isClosing = false;
  /** The files may hold bytes behind their good ends. */
  #mustRestore = false;
  #failure: EngineError | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#active = options.start.active;
    this.#chain = options.start.chain;
    this.#nextSeq = options.start.nextSeq;
    this.#writtenSeq = this.#nextSeq - 1;
    this.#closedBytes = options.segments
      .slice(0, -1)
      .reduce((sum, { segment }) => sum + (statSync(segment, { throwIfNoEntry: false })?.size ?? 0), 0);
    if (options.sync === "interval") {
      this.#background = new BackgroundSync(options.syncIntervalMs, () => this.#active.sync());
    }
  }

  get nextSeq(): number {
    return this.#nextSeq;
  }
  get writtenSeq(): number {
    return this.#writtenSeq;
  }
  get pendingBytes(): number {
    return this.#waiters.bytes;
  }
  get activeBytes(): number {
    return this.#active.segmentEnd;
  }
  /** Bytes of all segments; their texts and indexes not counted. */
  get bytes(): number {
    return this.#closedBytes + this.activeBytes;
  }
  /** For how long something has been written and not synced; 0 where syncs are not ours to do, or before the answer. */
  get syncLagMs(): number {
    return this.#background?.lagMs ?? 0;
  }
  /** How long each group commit took, in seconds. */
  writeSeconds(): HistogramSample {
    return this.#writeSeconds.sample();
  }
  /** The last write or sync failed, and none has succeeded since. */
  get failure(): EngineError | undefined {
    return this.#failure ?? this.#background?.failure;
  }

  append(drafts: readonly RecordDraft[]): { readonly firstSeq: number; readonly written: Promise<void> } {
    const { pendingBytesMax, nowMs, horizon } = this.#options;
    if (this.#isClosing) throw new EngineError("stopping", "the ledger is closing and takes no more records");
    const firstSeq = this.#nextSeq;
    if (drafts.length === 0) return { firstSeq, written: Promise.resolve() };
    let bytes = 0;
    for (const draft of drafts) {
      checkDraft(draft);
      bytes += draft.encoded === undefined ? draft.json.length : draft.encoded.end - draft.encoded.start;
      if (draft.text !== undefined) bytes += draft.text.prompt.length + draft.text.completion.length;
    }
    if (this.pendingBytes + bytes > pendingBytesMax) {
      throw new EngineError("queue-full", `more than ${pendingBytesMax} bytes wait to be written; append again later`);
    }
    const timeMs = nowMs();
    horizon.note(firstSeq, timeMs);
    const horizonSeq = horizon.seqAt(timeMs, firstSeq);
    for (const draft of drafts) this.#encode(draft, timeMs, horizonSeq);
    const written = this.#waiters.wait(this.#nextSeq - 1, bytes);
    if (!this.#isRunning) {
      this.#isRunning = true;
      queueMicrotask(() => void this.#run()); // not at once: appends of the same turn share a write
    }
    return { firstSeq, written };
  }

  flush(): Promise<void> {
    const lastSeq = this.#nextSeq - 1;
    return lastSeq === this.#writtenSeq ? Promise.resolve() : this.#waiters.wait(lastSeq, 0);
  }

  /** Text of a record that has a seq but is not written; a view. */
  pendingRecord(seq: number): Buffer | undefined {
    const frames = this.#inFlight === undefined ? this.#waiting : [this.#inFlight, ...this.#waiting];
    return frames.find((frame) => seq >= frame.firstSeq && seq < frame.firstSeq + frame.count)?.record(seq);
  }

  /** Writes what was appended, syncs, and lets go of the files even when that fails. */
  async close(): Promise<void> {
    this.#isClosing = true;
    try {
      await this.flush();
      await this.#background?.stop();
      await this.#active.sync();
    } finally {
      await this.#background?.stop();
      await this.#active.close();
    }
  }

  #encode(draft: RecordDraft, timeMs: number, horizonSeq: number): void {
    const { asked, keys } = this.#options;
    const { key } = draft;
    const fingerprint = key && asked.take(key.orgId, key.eventId);
    if (!this.#waiting.at(-1)?.add(draft, fingerprint, timeMs)) {
      const frame = this.#pool.take(this.#nextSeq);
      this.#waiting.push(frame);
      assert(frame.add(draft, fingerprint, timeMs), "an empty frame takes any record");
    }
    if (fingerprint !== undefined) keys.insert(fingerprint.low, this.#nextSeq, horizonSeq);
    this.#nextSeq += 1;
  }

  async #run(): Promise<void> {
    for (let frame = this.#waiting.shift(); frame !== undefined; frame = this.#waiting.shift()) {
      this.#inFlight = frame;
      try {
        await this.#write(frame);
      } catch (cause) {
        await this.#failAll(cause as Error);
      }
    }
    this.#isRunning = false;
  }

  async #write(frame: PendingFrame): Promise<void> {
    const startMs = performance.now();
    if (this.#mustRestore) await this.#restore();
    const isFull = this.#active.segmentEnd + frame.byteLength > this.#options.segmentBytesMax;
    if (isFull && this.#active.segmentEnd > SEGMENT_HEADER_BYTES) await this.#rotate(frame.firstSeq);
    const chain = frame.seal(this.#chain);
    this.#mustRestore = true; // until all of it is written
    const ends = await this.#active.write(frame);
    if (this.#options.sync === "always") await this.#active.sync();
    this.#active.advance(ends);
    this.#mustRestore = false;
    this.#background?.noteWrite();
    this.#writeSeconds.observe((performance.now() - startMs) / 1000);
    this.#failure = undefined;
    this.#chain = chain;
    this.#writtenSeq = frame.firstSeq + frame.count - 1;
    this.#inFlight = undefined;
    this.#pool.release(frame);
    this.#waiters.resolveUpTo(this.#writtenSeq);
  }

  async #restore(): Promise<void> {
    await this.#active.restore();
    this.#mustRestore = false;
  }

  /** The old segment is synced first in every mode, so that only the last one can ever be torn. */
  async #rotate(firstSeq: number): Promise<void> {
    const { directory, fingerprints, segments } = this.#options;
    await this.#background?.settled();
    await this.#active.sync();
    const old = this.#active;
    this.#closedBytes += old.segmentEnd;
    this.#active = await createSegment(segmentPaths(directory, firstSeq), this.#chain, fingerprints);
    segments.push(this.#active.paths);
    await this.#background?.settled(); // one may have begun on the old files meanwhile
    await old.close();
  }

  async #failAll(cause: Error): Promise<void> {
    const what = `records could not be written to ${this.#active.paths.segment} (${cause.message})`;
    const advice = "make room on the disk or repair it: the next append tries again";
    const error = new EngineError("ledger-failed", `${what}; ${advice}`, { cause });
    this.#failure = error;
    if (this.#mustRestore) await this.#restore().catch(() => undefined); // stays due: the next write tries it first
    // From here on without a pause: what was appended meanwhile has seqs behind the lost ones and fails as well.
    const lost = this.#waiting.splice(0);
    if (this.#inFlight !== undefined) lost.unshift(this.#inFlight);
    this.#inFlight = undefined;
    for (const frame of lost) this.#forget(frame);
    this.#nextSeq = this.#writtenSeq + 1;
    this.#waiters.rejectAll(error);
  }

  #forget(frame: PendingFrame): void {
    for (let seq = frame.firstSeq; seq < frame.firstSeq + frame.count; seq += 1) {
      const tag = frame.tag(seq);
      if (tag !== undefined) this.#options.keys.forget(tag, seq);
    }
    this.#pool.release(frame);
  }
}
