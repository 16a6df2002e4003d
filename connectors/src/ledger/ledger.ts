/**
 * The ledger: append-only, hash-chained, with the idempotency of events. Recorded means written to the file, which
 * survives `kill -9`; what survives a power loss is chosen by `sync`. docs/guides/ledger-format.md describes the files.
 */
import { mkdirSync } from "node:fs";
import { type Clock, EngineError, type Ledger, type LedgerRecord } from "@sluice/engine";
import { type ActiveSegment, createSegment, reopenSegment } from "./active-segment.ts";
import { searchEvent } from "./event-search.ts";
import { fingerprinter } from "./fingerprint.ts";
import { loadFingerprintKey } from "./fingerprint-key.ts";
import { horizon as createHorizon, type HorizonOptions } from "./horizon.ts";
import { keyTable } from "./key-table.ts";
import { loadKeys } from "./load-keys.ts";
import { acquireLock } from "./lock.ts";
import { readTail } from "./record.ts";
import { recordReader } from "./record-reader.ts";
import { type LedgerEnd, type Recovered, recover } from "./recovery.ts";
import { DIRECTORY_MODE, ledgerDirectory, segmentPaths, syncDirectory, textDirectory } from "./segment-files.ts";
import { eraseTextEntry, readTextEntry } from "./text-file.ts";
import { textMatches, textOf } from "./text-format.ts";
import { writer as createWriter, type SyncMode, type WriterOptions } from "./writer.ts";

export interface LedgerOptions {
  /** The data folder; the ledger makes `ledger/`, `text/` and `lock` in it. */
  readonly directory: string;
  /** `interval` syncs in the background; `always` before each acknowledgement; `os` leaves it to the system. */
  readonly sync?: SyncMode;
  /** For `interval`. Default 100. */
  readonly syncIntervalMs?: number;
  /** A segment is closed before it exceeds this. Default 64 MiB; 4 KiB to 1 GiB. */
  readonly segmentBytesMax?: number;
  /** Bytes of records and texts that may wait to be written; more is refused as `queue-full`. Default 64 MiB. */
  readonly pendingBytesMax?: number;
  /** Keys are held for 24 h and over 10 M records by default, whichever ends first. */
  readonly idempotency?: Partial<HorizonOptions>;
  readonly clock?: Pick<Clock, "nowMs">;
  /** Told once, before `openLedger` resolves, when a torn tail was cut. */
  readonly onRecovered?: (recovered: Recovered) => void;
}

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
  /**
   * Text retained beside a record; undefined when none was, or it was erased.
   * @throws {EngineError} `ledger-corrupt` when the text is not what the record was made of.
   */
  readText(seq: number): Promise<{ readonly prompt: string; readonly completion: string } | undefined>;
  /** Overwrites a record's text and its key, synced when it resolves. @returns whether there was a text to erase. */
  eraseText(seq: number): Promise<boolean>;
  state(): LedgerState;
  /** Writes and syncs what was appended, then lets the folder go. Idempotent. */
  close(): Promise<void>;
}

const KIB = 1024;
const SEGMENT_BYTES_MIN = 4 * KIB;
const SEGMENT_BYTES_LIMIT = KIB ** 3; // offsets in the index have 32 bits
const DEFAULT_HORIZON: HorizonOptions = { horizonMs: 24 * 3_600_000, keysMax: 10_000_000 };

/**
 * Opens or creates the ledger in a folder, for one writer.
 * @throws {EngineError} `ledger-locked` (another writer lives), `ledger-corrupt` (damage that is no torn tail),
 *   `ledger-failed` (the folder cannot be read or written), `config-invalid`.
 */
export async function openLedger(options: LedgerOptions): Promise<LedgerStore> {
  checkOptions(options);
  const { directory } = options;
  let release: (() => void) | undefined;
  try {
    for (const path of [directory, ledgerDirectory(directory), textDirectory(directory)]) {
      mkdirSync(path, { recursive: true, mode: DIRECTORY_MODE });
    }
    release = await acquireLock(directory);
    return await openLocked(options, release);
  } catch (cause) {
    release?.();
    if (cause instanceof EngineError) throw cause;
    const message = `the ledger in ${directory} could not be opened: ${(cause as Error).message}`;
    throw new EngineError("ledger-failed", message, { cause });
  }
}

async function openLocked(options: LedgerOptions, release: () => void): Promise<LedgerStore> {
  const { directory, sync = "interval" } = options;
  const nowMs = () => options.clock?.nowMs() ?? Date.now();
  const fingerprints = fingerprinter(loadFingerprintKey(directory));
  const end = await recover(directory, fingerprints);
  if (end.recovered !== undefined) options.onRecovered?.(end.recovered);
  const { segments } = end;
  const idempotency = { ...DEFAULT_HORIZON, ...options.idempotency };
  const keys = keyTable(idempotency.keysMax);
  const horizon = createHorizon(idempotency);
  await loadKeys({
    segments,
    nextSeq: end.nextSeq,
    fromMs: nowMs() - idempotency.horizonMs,
    ...idempotency,
    keys,
    horizon,
  });
  const active = await openActive(directory, end, fingerprints);
  const writer = createWriter({
    ...withDefaults(options),
    nowMs,
    fingerprints,
    keys,
    horizon,
    segments,
    start: { active, nextSeq: end.nextSeq, chain: end.chain },
  });
  const reader = recordReader(segments);
  let closed: Promise<void> | undefined;

  const bytesOf = (seq: number) => (seq > writer.writtenSeq ? writer.pendingRecord(seq) : reader.record(seq));
  /** Where a record's text should lie; undefined when the record has none or is not there. */
  async function textPlace(seq: number) {
    if (seq > writer.writtenSeq) await writer.flush();
    if (!(seq >= 1 && seq <= writer.writtenSeq)) return undefined;
    const { textPlace: place } = reader.entry(seq);
    return place === 0 ? undefined : { path: reader.segmentOf(seq).text, offset: place - 1 };
  }

  return {
    append: writer.append,
    flush: writer.flush,
    find(orgId, eventId) {
      const { low } = fingerprints.key(orgId, eventId);
      for (const seq of keys.lookup(low, horizon.seqAt(nowMs(), writer.nextSeq), writer.nextSeq - 1)) {
        const bytes = bytesOf(seq);
        if (bytes === undefined) continue;
        const digest = readTail(bytes).digest;
        if (digest === undefined) continue;
        const json = bytes.toString();
        const { org_id, event_id } = JSON.parse(json) as { org_id?: unknown; event_id?: unknown };
        if (org_id === orgId && event_id === eventId) return { seq, digest, json };
      }
      return undefined;
    },
    read: (fromSeq) => reader.batches(fromSeq, () => writer.writtenSeq),
    get lastSeq() {
      return writer.writtenSeq;
    },
    findByEventId: (eventId, max) =>
      searchEvent({
        ...{ segments, reader, eventId, max },
        writtenSeq: writer.writtenSeq,
        fingerprint: fingerprints.event(eventId),
      }),
    async readText(seq) {
      const place = await textPlace(seq);
      const entry = place && (await readTextEntry(place.path, place.offset, seq));
      if (entry === undefined) return undefined;
      const { text } = readTail(reader.record(seq));
      if (text !== undefined && textMatches(entry, text)) return textOf(entry);
      throw new EngineError(
        "ledger-corrupt",
        `the text of record ${seq} is not what was recorded; run \`sluice ledger verify\``,
      );
    },
    async eraseText(seq) {
      const place = await textPlace(seq);
      return place !== undefined && (await eraseTextEntry(place.path, place.offset, seq));
    },
    state() {
      const { failure } = writer;
      return {
        state: closed !== undefined ? "stopped" : failure !== undefined ? "failed" : "ready",
        detail: closed !== undefined ? "closed" : (failure?.message ?? `takes records up from seq ${writer.nextSeq}`),
        directory,
        sync,
        segments: segments.length,
        activeBytes: writer.activeEnd,
        lastSeq: writer.writtenSeq,
        pendingRecords: writer.nextSeq - 1 - writer.writtenSeq,
        pendingBytes: writer.pendingBytes,
        keyBytes: keys.slotCount * 8,
        ...(end.recovered && { recovered: end.recovered }),
      };
    },
    close() {
      closed ??= writer.close().finally(() => {
        reader.close();
        release();
      });
      return closed;
    },
  };
}

async function openActive(
  directory: string,
  end: LedgerEnd,
  fingerprints: WriterOptions["fingerprints"],
): Promise<ActiveSegment> {
  const last = end.segments.at(-1);
  if (last !== undefined) return reopenSegment(last, { ...end, count: end.nextSeq - last.firstSeq });
  const active = await createSegment(segmentPaths(directory, 1), end.chain, fingerprints);
  end.segments.push(active.paths);
  syncDirectory(directory);
  return active;
}

function withDefaults(options: LedgerOptions) {
  const { directory, sync = "interval", syncIntervalMs = 100, segmentBytesMax = 64 * KIB ** 2 } = options;
  const { pendingBytesMax = 64 * KIB ** 2 } = options;
  return { directory, sync, syncIntervalMs, segmentBytesMax, pendingBytesMax };
}

function checkOptions(options: LedgerOptions): void {
  const { sync, syncIntervalMs, segmentBytesMax, pendingBytesMax } = withDefaults(options);
  const { horizonMs, keysMax } = { ...DEFAULT_HORIZON, ...options.idempotency };
  const inRange = (value: number, min: number, max: number) => Number.isInteger(value) && value >= min && value <= max;
  const faults = [
    ["always", "interval", "os"].includes(sync) || `sync must be always, interval or os, got ${sync}`,
    inRange(syncIntervalMs, 1, 60_000) || `syncIntervalMs must be 1 to 60000, got ${syncIntervalMs}`,
    inRange(segmentBytesMax, SEGMENT_BYTES_MIN, SEGMENT_BYTES_LIMIT) ||
      `segmentBytesMax must be ${SEGMENT_BYTES_MIN} to ${SEGMENT_BYTES_LIMIT}, got ${segmentBytesMax}`,
    inRange(pendingBytesMax, KIB, KIB ** 3) || `pendingBytesMax must be 1024 to ${KIB ** 3}, got ${pendingBytesMax}`,
    inRange(horizonMs, 1, 2 ** 40) || `idempotency.horizonMs must be 1 to ${2 ** 40}, got ${horizonMs}`,
    inRange(keysMax, 1, 100_000_000) || `idempotency.keysMax must be 1 to 100000000, got ${keysMax}`,
  ].filter((fault) => fault !== true);
  if (faults.length > 0) throw new EngineError("config-invalid", `ledger: ${faults.join("; ")}`);
}
