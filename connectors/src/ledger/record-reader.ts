/**
 * Records by seq, from disk through the index. Single records are read synchronously, because `find` answers at once;
 * they nearly always lie in the page cache. Repeats come in the order in which they came first, so a read takes along
 * what lies behind, and the next one mostly needs none. At most `FILES_MAX` files stay open for it.
 */
import { closeSync, openSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { assert, EngineError, type LedgerRecord } from "@sluice/engine";
import { ENTRY_BYTES, entryAt, type IndexEntry, readEntry } from "./index-format.ts";
import { ReadWindow } from "./read-window.ts";
import { readType } from "./record.ts";
import { readFully, type SegmentPaths } from "./segment-files.ts";

const FILES_MAX = 8;
const WINDOW_BYTES = 16 * 1024;
const INDEX_WINDOW_BYTES = 1024;
const BATCH_RECORDS_MAX = 256;
const BATCH_BYTES_MAX = 1024 * 1024;

export class RecordReader {
  readonly #segments: readonly SegmentPaths[];
  /** In order of use, so the first is the one to close. */
  readonly #files = new Map<string, number>();
  readonly #records = new ReadWindow(WINDOW_BYTES);
  readonly #entries = new ReadWindow(INDEX_WINDOW_BYTES);

  /** @param segments in order; may grow meanwhile. */
  constructor(segments: readonly SegmentPaths[]) {
    this.#segments = segments;
  }

  segmentOf(seq: number): SegmentPaths {
    return this.#segments[this.#positionOf(seq)]!;
  }

  entry(seq: number): IndexEntry {
    const { index, firstSeq } = this.segmentOf(seq);
    return readEntry(this.#read(this.#entries, index, entryAt(seq, firstSeq), ENTRY_BYTES), 0);
  }

  /** The record's JSON text. */
  record(seq: number): Buffer {
    const { offset, length } = this.entry(seq);
    return this.#read(this.#records, this.segmentOf(seq).segment, offset, length);
  }

  /** From `fromSeq` to the last written record at the time each batch is read; at most 256 records or 1 MiB a batch. */
  async *batches(fromSeq: number, writtenSeq: () => number): AsyncGenerator<readonly LedgerRecord[]> {
    for (let seq = Math.max(1, fromSeq); seq <= writtenSeq(); ) {
      for await (const batch of this.#inSegment(this.#positionOf(seq), seq, writtenSeq)) {
        yield batch;
        seq = batch.at(-1)!.seq + 1;
      }
    }
  }

  close(): void {
    for (const fd of this.#files.values()) closeSync(fd);
    this.#files.clear();
  }

  /** One segment's share of `batches`; both files stay open for it. */
  async *#inSegment(
    position: number,
    fromSeq: number,
    writtenSeq: () => number,
  ): AsyncGenerator<readonly LedgerRecord[]> {
    const paths = this.#segments[position]!;
    const [segment, index] = [await open(paths.segment, "r"), await open(paths.index, "r")];
    try {
      const endSeq = () =>
        Math.min(writtenSeq(), (this.#segments[position + 1]?.firstSeq ?? Number.POSITIVE_INFINITY) - 1);
      for (let seq = fromSeq; seq <= endSeq(); ) {
        const entries = Buffer.alloc(Math.min(BATCH_RECORDS_MAX, endSeq() - seq + 1) * ENTRY_BYTES);
        await readAll(index, paths.index, entries, entryAt(seq, paths.firstSeq));
        const places = nearPlaces(entries);
        const [first, last] = [places[0]!, places.at(-1)!];
        const bytes = Buffer.alloc(last.offset + last.length - first.offset);
        await readAll(segment, paths.segment, bytes, first.offset);
        const firstSeq = seq;
        seq += places.length;
        yield places.map(({ offset, length }, at): LedgerRecord => {
          const json = bytes.toString("utf8", offset - first.offset, offset - first.offset + length);
          return { seq: firstSeq + at, type: readType(json), json };
        });
      }
    } finally {
      await segment.close();
      await index.close();
    }
  }

  #positionOf(seq: number): number {
    let [low, high] = [0, this.#segments.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#segments[middle]!.firstSeq <= seq) low = middle;
      else high = middle - 1;
    }
    assert(seq >= (this.#segments[low]?.firstSeq ?? Number.POSITIVE_INFINITY), "a written seq lies in a segment");
    return low;
  }

  #read(window: ReadWindow, path: string, offset: number, length: number): Buffer {
    let bytes: Buffer | undefined;
    try {
      bytes = window.read(path, offset, length, () => this.#fileOf(path));
    } catch (cause) {
      throw new EngineError("ledger-failed", `${path} could not be read at byte ${offset}; check the disk`, { cause });
    }
    if (bytes === undefined) throw endsEarly(path, offset + length);
    return bytes;
  }

  #fileOf(path: string): number {
    const fd = this.#files.get(path) ?? openSync(path, "r");
    this.#files.delete(path);
    this.#files.set(path, fd);
    if (this.#files.size > FILES_MAX) {
      const [oldest] = this.#files;
      closeSync(oldest![1]);
      this.#files.delete(oldest![0]);
    }
    return fd;
  }
}

/** The first entry and those behind it that lie within one batch's bytes. */
function nearPlaces(entries: Buffer): IndexEntry[] {
  const places: IndexEntry[] = [];
  for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
    const place = readEntry(entries, at);
    if (places.length > 0 && place.offset + place.length - places[0]!.offset > BATCH_BYTES_MAX) break;
    places.push(place);
  }
  return places;
}

async function readAll(handle: FileHandle, path: string, bytes: Buffer, offset: number): Promise<void> {
  if ((await readFully(handle, bytes, offset)) < bytes.length) throw endsEarly(path, offset + bytes.length);
}

function endsEarly(path: string, offset: number): EngineError {
  return new EngineError("ledger-corrupt", `${path} ends before byte ${offset}; run \`sluice ledger verify\``);
}
