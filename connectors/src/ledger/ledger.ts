/**
 * The ledger: append-only, hash-chained, with the idempotency of events. Recorded means written to the file, which
 * survives `kill -9`; what survives a power loss is chosen by `sync`. docs/guides/ledger-format.md describes the files.
 */
import { mkdirSync } from "node:fs";
import { type Clock, EngineError } from "@sluice/engine";
import { type ActiveSegment, createSegment, reopenSegment } from "./active-segment.ts";
import { AskedFingerprints } from "./asked-fingerprints.ts";
import { type Fingerprinter, fingerprinter } from "./fingerprint.ts";
import { loadFingerprintKey } from "./fingerprint-key.ts";
import { horizon as createHorizon, type HorizonOptions } from "./horizon.ts";
import { keyTable } from "./key-table.ts";
import { loadKeys } from "./load-keys.ts";
import { acquireLock } from "./lock.ts";
import { type LedgerEnd, type Recovered, recover } from "./recovery.ts";
import { DIRECTORY_MODE, ledgerDirectory, segmentPaths, syncDirectory, textDirectory } from "./segment-files.ts";
import { type LedgerStore, SegmentLedger } from "./segment-ledger.ts";
import { type SyncMode, Writer } from "./writer.ts";

export type { LedgerState, LedgerStore } from "./segment-ledger.ts";

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
  const { directory } = options;
  const nowMs = () => options.clock?.nowMs() ?? Date.now();
  const fingerprints = fingerprinter(loadFingerprintKey(directory));
  const end = await recover(directory, fingerprints);
  if (end.recovered !== undefined) options.onRecovered?.(end.recovered);
  const { segments, nextSeq, chain } = end;
  const idempotency = { ...DEFAULT_HORIZON, ...options.idempotency };
  const keys = keyTable(idempotency.keysMax);
  const horizon = createHorizon(idempotency);
  await loadKeys({ segments, nextSeq, fromMs: nowMs() - idempotency.horizonMs, ...idempotency, keys, horizon });
  const active = await openActive(directory, end, fingerprints);
  const shared = {
    ...withDefaults(options),
    nowMs,
    fingerprints,
    asked: new AskedFingerprints(fingerprints),
    keys,
    horizon,
    segments,
  };
  const writer = new Writer({ ...shared, start: { active, nextSeq, chain } });
  return new SegmentLedger({ ...shared, writer, recovered: end.recovered, release });
}

async function openActive(directory: string, end: LedgerEnd, fingerprints: Fingerprinter): Promise<ActiveSegment> {
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
