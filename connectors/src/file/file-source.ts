/**
 * NDJSON from a file or standard input, one event a line, as batches of deliveries.
 * Delivery: at least once. Nothing is kept of where a run stopped: run the file again, and the ledger knows the
 * repeats. A slow reader makes the file wait: nothing is read ahead of what may be in flight. A line is whole or
 * refused: one over `lineBytesMax` is skipped as it streams by, reported with its line number, and the rest goes on.
 */
import { createReadStream } from "node:fs";
import { type Delivery, EngineError, type IngestOutcome, type Rejection, type Source } from "@sluice/engine";
import { lineSplitter } from "./line-splitter.ts";
import { LinesInFlight } from "./lines-in-flight.ts";

export interface FileProgress {
  /** Of the input, read so far; a `retry` is not counted again. */
  readonly bytes: number;
  /** Lines that were settled. */
  readonly lines: number;
}

export interface FileSourceOptions {
  /** A longer line is rejected. At most what the detector takes as one event, else it is rejected there. */
  readonly lineBytesMax: number;
  /** Lines a batch, 1 to 256. */
  readonly batchMax: number;
  /** Deliveries not yet settled; the file waits at this many. */
  readonly inFlightMax: number;
  readonly onProgress: (progress: FileProgress) => void;
  /** A line that is too long; `index` counts lines from 0. */
  readonly onReject: (rejection: Rejection) => void;
  /** The outcome of a settled line, in the order of settling. */
  readonly onOutcome: (outcome: IngestOutcome, lineIndex: number) => void;
}

const BATCH_MAX = 256;
const CHUNK_BYTES = 256 * 1024;
const DEFAULTS: FileSourceOptions = {
  lineBytesMax: 1024 * 1024,
  batchMax: BATCH_MAX,
  inFlightMax: 1024,
  onProgress() {},
  onReject() {},
  onOutcome() {},
};

/** @param path a file, or "-" for standard input */
export function fileSource(path: string, options: Partial<FileSourceOptions> = {}): Source<Uint8Array> {
  const settings = { ...DEFAULTS, ...options };
  const { batchMax, inFlightMax, lineBytesMax } = settings;
  if (!(batchMax >= 1 && batchMax <= BATCH_MAX)) {
    throw new EngineError("config-invalid", `batchMax must be 1 to ${BATCH_MAX}, got ${batchMax}`);
  }
  if (!(inFlightMax >= batchMax)) {
    throw new EngineError("config-invalid", `inFlightMax must be at least batchMax (${batchMax}), got ${inFlightMax}`);
  }
  if (!(lineBytesMax >= 1)) {
    throw new EngineError("config-invalid", `lineBytesMax must be positive, got ${lineBytesMax}`);
  }
  return { name: path === "-" ? "stdin" : `file:${path}`, read: (signal) => read(path, settings, signal) };
}

async function* read(
  path: string,
  settings: FileSourceOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly Delivery<Uint8Array>[]> {
  const flight = new LinesInFlight(settings, signal);
  const splitter = lineSplitter(settings.lineBytesMax);
  try {
    for await (const chunk of chunksOf(path, signal)) {
      flight.bytes += chunk.byteLength;
      yield* flight.batches(splitter.push(chunk));
      if (signal.aborted) return;
    }
    yield* flight.batches(splitter.finish());
    yield* flight.remaining();
  } catch (error) {
    if (signal.aborted) return; // the stream was ended by us
    const what = path === "-" ? "standard input" : path;
    throw new EngineError("source-lost", `cannot read ${what}: check that it exists and may be read`, { cause: error });
  }
}

function chunksOf(path: string, signal: AbortSignal): AsyncIterable<Buffer> {
  if (path !== "-") return createReadStream(path, { highWaterMark: CHUNK_BYTES, signal });
  const { stdin } = process;
  signal.addEventListener("abort", () => stdin.destroy(), { once: true });
  return stdin;
}
