/** An open ledger: what its writer holds and what lies on disk, answered as one. `openLedger` makes it. */
import { EngineError, type Ledger, type LedgerRecord, type Metric, type RecordDraft } from "@sluice/engine";
import type { AskedFingerprints } from "./asked-fingerprints.ts";
import { searchEvent } from "./event-search.ts";
import type { Fingerprinter } from "./fingerprint.ts";
import type { Horizon } from "./horizon.ts";
import type { KeyTable } from "./key-table.ts";
import { ledgerMetrics } from "./ledger-metrics.ts";
import { readTail } from "./record.ts";
import { RecordReader } from "./record-reader.ts";
import type { Recovered } from "./recovery.ts";
import type { SegmentPaths } from "./segment-files.ts";
import { eraseTextEntry, readTextEntry } from "./text-file.ts";
import { textMatches, textOf } from "./text-format.ts";
import type { SyncMode, Writer } from "./writer.ts";

export interface LedgerState {
  readonly state: "ready" | "failed" | "stopped";
  /** One sentence for a person. */
  readonly detail: string;
  readonly directory: string;
  readonly sync: SyncMode;
  readonly segments: number;
  /** Bytes in the segment that takes records. */
  readonly activeBytes: number;
  readonly lastSeq: number;
  readonly pendingRecords: number;
  readonly pendingBytes: number;
  /** Bytes of memory that hold idempotency keys. */
  readonly keyBytes: number;
  readonly recovered?: Recovered;
}

export interface LedgerStore extends Ledger {
  /** Records of any organisation with this event id, written ones, newest first, at most `max`. */
  findByEventId(eventId: string, max: number): Promise<LedgerRecord[]>;
  /** All records under this key within the horizon, written or about to be, in order: first decision and revisions. */
  findAll(orgId: string, eventId: string): readonly { readonly seq: number; readonly json: string }[];
  /**
   * Text retained beside a record; undefined when none was, or it was erased.
   * @throws {EngineError} `ledger-corrupt` when the text is not what the record was made of.
   */
  readText(seq: number): Promise<{ readonly prompt: string; readonly completion: string } | undefined>;
  /** Overwrites a record's text and its key, synced when it resolves. @returns whether there was a text to erase. */
  eraseText(seq: number): Promise<boolean>;
  state(): LedgerState;
  /** What of that an operator watches, and how long writes take. */
  metrics(): readonly Metric[];
  /** Writes and syncs what was appended, then lets the folder go. Idempotent. */
  close(): Promise<void>;
}

export interface SegmentLedgerParts {
  readonly directory: string;
  readonly sync: SyncMode;
  readonly nowMs: () => number;
  readonly fingerprints: Fingerprinter;
  /** Shared with the writer. */
  readonly asked: AskedFingerprints;
  readonly keys: KeyTable;
  readonly horizon: Horizon;
  /** Grown by the writer. */
  readonly segments: readonly SegmentPaths[];
  readonly writer: Writer;
  readonly recovered: Recovered | undefined;
  /** Gives the lock back. */
  readonly release: () => void;
}

export class SegmentLedger implements LedgerStore {
  readonly #parts: SegmentLedgerParts;
  readonly #writer: Writer;
  readonly #reader: RecordReader;
  #closed: Promise<void> | undefined;

  constructor(parts: SegmentLedgerParts) {
    this.#parts = parts;
    this.#writer = parts.writer;
    this.#reader = new RecordReader(parts.segments);
  }

  /** The last written seq: higher ones may still be lost. */
  get lastSeq(): number {
    return this.#writer.writtenSeq;
  }

  append(drafts: readonly RecordDraft[]): { readonly firstSeq: number; readonly written: Promise<void> } {
    return this.#writer.append(drafts);
  }

  flush(): Promise<void> {
    return this.#writer.flush();
  }

  /** The fingerprint only proposes: organisation and event id of the record itself decide. */
  find(
    orgId: string,
    eventId: string,
  ): { readonly seq: number; readonly digest: string; readonly json: string } | undefined {
    const { asked, keys } = this.#parts;
    const { nextSeq } = this.#writer;
    const candidates = keys.lookup(asked.ask(orgId, eventId).low, 1, nextSeq - 1);
    if (candidates.length === 0) return undefined; // nearly always: no look at the clock
    for (const { record, isRevision } of this.#recordsUnder(candidates, orgId, eventId)) {
      if (!isRevision) return record;
    }
    return undefined;
  }

  findAll(orgId: string, eventId: string): readonly { readonly seq: number; readonly json: string }[] {
    const { asked, keys } = this.#parts;
    const candidates = keys.lookup(asked.ask(orgId, eventId).low, 1, this.#writer.nextSeq - 1);
    return Array.from(this.#recordsUnder(candidates, orgId, eventId), ({ record }) => record);
  }

  *#recordsUnder(candidates: readonly number[], orgId: string, eventId: string) {
    const { horizon, nowMs } = this.#parts;
    const { nextSeq, writtenSeq } = this.#writer;
    const horizonSeq = horizon.seqAt(nowMs(), nextSeq);
    for (const seq of candidates) {
      if (seq < horizonSeq) continue;
      const bytes = seq > writtenSeq ? this.#writer.pendingRecord(seq) : this.#reader.record(seq);
      const digest = bytes && readTail(bytes).digest;
      if (digest === undefined) continue;
      const json = bytes!.toString();
      const { org_id, event_id, revision } = JSON.parse(json) as Readonly<Record<string, unknown>>;
      const isRevision = typeof revision === "number" && revision > 0;
      if (org_id === orgId && event_id === eventId) yield { record: { seq, digest, json }, isRevision };
    }
  }

  read(fromSeq: number): AsyncIterable<readonly LedgerRecord[]> {
    return this.#reader.batches(fromSeq, () => this.#writer.writtenSeq);
  }

  findByEventId(eventId: string, max: number): Promise<LedgerRecord[]> {
    const { segments, fingerprints } = this.#parts;
    const fingerprint = fingerprints.event(eventId);
    return searchEvent({ segments, reader: this.#reader, writtenSeq: this.lastSeq, eventId, fingerprint, max });
  }

  async readText(seq: number): Promise<{ readonly prompt: string; readonly completion: string } | undefined> {
    const place = await this.#textPlace(seq);
    const entry = place && (await readTextEntry(place.path, place.offset, seq));
    if (entry === undefined) return undefined;
    const { text } = readTail(this.#reader.record(seq));
    if (text !== undefined && textMatches(entry, text)) return textOf(entry);
    const message = `the text of record ${seq} is not what was recorded; run \`sluice ledger verify\``;
    throw new EngineError("ledger-corrupt", message);
  }

  async eraseText(seq: number): Promise<boolean> {
    const place = await this.#textPlace(seq);
    return place !== undefined && (await eraseTextEntry(place.path, place.offset, seq));
  }

  state(): LedgerState {
    const { directory, sync, segments, keys, recovered } = this.#parts;
    const { failure, nextSeq, writtenSeq, pendingBytes, activeBytes } = this.#writer;
    return {
      state: this.#closed !== undefined ? "stopped" : failure !== undefined ? "failed" : "ready",
      detail: this.#closed !== undefined ? "closed" : (failure?.message ?? `takes records up from seq ${nextSeq}`),
      directory,
      sync,
      segments: segments.length,
      activeBytes,
      lastSeq: writtenSeq,
      pendingRecords: nextSeq - 1 - writtenSeq,
      pendingBytes,
      keyBytes: keys.slotCount * 8,
      ...(recovered && { recovered }),
    };
  }

  metrics(): readonly Metric[] {
    const { bytes, syncLagMs } = this.#writer;
    return ledgerMetrics(this.state(), { bytes, syncLagMs, writeSeconds: this.#writer.writeSeconds() });
  }

  close(): Promise<void> {
    this.#closed ??= this.#writer.close().finally(() => {
      this.#reader.close();
      this.#parts.release();
    });
    return this.#closed;
  }

  /** Where a record's text should lie; undefined when the record has none or is not there. */
  async #textPlace(seq: number): Promise<{ readonly path: string; readonly offset: number } | undefined> {
    if (seq > this.lastSeq) await this.flush();
    if (!(seq >= 1 && seq <= this.lastSeq)) return undefined;
    const { textPlace } = this.#reader.entry(seq);
    return textPlace === 0 ? undefined : { path: this.#reader.segmentOf(seq).text, offset: textPlace - 1 };
  }
}
