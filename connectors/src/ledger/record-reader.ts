/**
 * Records by seq, from disk through the index. Single records are read synchronously, because `find` answers at once;
 * they nearly always lie in the page cache. At most `FILES_MAX` files stay open for it.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { assert, EngineError, type LedgerRecord } from "@sluice/engine";
import { ENTRY_BYTES, entryAt, type IndexEntry, readEntry } from "./index-format.ts";
import { readType } from "./record.ts";
import { readFully, type SegmentPaths } from "./segment-files.ts";

const FILES_MAX = 8;
const BATCH_RECORDS_MAX = 256;
const BATCH_BYTES_MAX = 1024 * 1024;

export interface RecordReader {
  entry(seq: number): IndexEntry;
  /** The record's JSON text. */
  record(seq: number): Buffer;
  segmentOf(seq: number): SegmentPaths;
  /** From `fromSeq` to the last written record at the time each batch is read; at most 256 records or 1 MiB a batch. */
  batches(fromSeq: number, writtenSeq: () => number): AsyncGenerator<readonly LedgerRecord[]>;
  close(): void;
}

/** @param segments in order; may grow meanwhile. */
export function recordReader(segments: readonly SegmentPaths[]): RecordReader {
  const files = new Map<string, number>(); // in order of use, so the first is the one to close

  function fileOf(path: string): number {
    const known = files.get(path);
    const fd = known ?? openSync(path, "r");
    files.delete(path);
    files.set(path, fd);
    if (files.size > FILES_MAX) {
      const [oldest] = files.keys();
      closeSync(files.get(oldest!)!);
      files.delete(oldest!);
    }
    return fd;
  }

  function read(path: string, offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    try {
      if (readSync(fileOf(path), bytes, 0, length, offset) === length) return bytes;
    } catch (cause) {
      throw new EngineError("ledger-failed", `${path} could not be read at byte ${offset}; check the disk`, { cause });
    }
    throw endsEarly(path, offset + length);
  }

  function segmentIndex(seq: number): number {
    let index = segments.length - 1;
    for (let low = 0; low < index; ) {
      const middle = (low + index + 1) >> 1;
      if (segments[middle]!.firstSeq <= seq) low = middle;
      else index = middle - 1;
    }
    const found = segments[index];
    assert(found !== undefined && found.firstSeq <= seq, "a written seq lies in a segment");
    return index;
  }

  const segmentOf = (seq: number) => segments[segmentIndex(seq)]!;
  const entry = (seq: number) => {
    const { index, firstSeq } = segmentOf(seq);
    return readEntry(read(index, entryAt(seq, firstSeq), ENTRY_BYTES), 0);
  };

  /** One segment's share of `batches`; both files stay open for it. */
  async function* inSegment(at: number, fromSeq: number, writtenSeq: () => number) {
    const paths = segments[at]!;
    const [segment, index] = [await open(paths.segment, "r"), await open(paths.index, "r")];
    try {
      const endSeq = () => Math.min(writtenSeq(), (segments[at + 1]?.firstSeq ?? Number.POSITIVE_INFINITY) - 1);
      for (let seq = fromSeq; seq <= endSeq(); ) {
        const entries = Buffer.allocUnsafe(Math.min(BATCH_RECORDS_MAX, endSeq() - seq + 1) * ENTRY_BYTES);
        await readAll(index, paths.index, entries, entryAt(seq, paths.firstSeq));
        const places: IndexEntry[] = [];
        for (let place = 0; place < entries.length; place += ENTRY_BYTES) places.push(readEntry(entries, place));
        const start = places[0]!.offset;
        const isNear = (place: IndexEntry) => place.offset + place.length - start <= BATCH_BYTES_MAX;
        const near = places.slice(0, Math.max(1, places.filter(isNear).length));
        const bytes = Buffer.allocUnsafe(near.at(-1)!.offset + near.at(-1)!.length - start);
        await readAll(segment, paths.segment, bytes, start);
        const firstSeq = seq;
        seq += near.length;
        yield near.map(({ offset, length }, position): LedgerRecord => {
          const json = bytes.toString("utf8", offset - start, offset - start + length);
          return { seq: firstSeq + position, type: readType(json), json };
        });
      }
    } finally {
      await segment.close();
      await index.close();
    }
  }

  return {
    entry,
    segmentOf,
    record(seq) {
      const { offset, length } = entry(seq);
      return read(segmentOf(seq).segment, offset, length);
    },
    async *batches(fromSeq, writtenSeq) {
      for (let seq = Math.max(1, fromSeq); seq <= writtenSeq(); ) {
        for await (const batch of inSegment(segmentIndex(seq), seq, writtenSeq)) {
          yield batch;
          seq = batch.at(-1)!.seq + 1;
        }
      }
    },
    close() {
      for (const fd of files.values()) closeSync(fd);
      files.clear();
    },
  };
}

async function readAll(handle: FileHandle, path: string, bytes: Buffer, offset: number): Promise<void> {
  if ((await readFully(handle, bytes, offset)) < bytes.length) throw endsEarly(path, offset + bytes.length);
}

function endsEarly(path: string, offset: number): EngineError {
  return new EngineError("ledger-corrupt", `${path} ends before byte ${offset}; run \`sluice ledger verify\``);
}
