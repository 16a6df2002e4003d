/** Finds records by event id alone, over all organisations, in the indexes on disk: newest first, no memory held. */
import { open } from "node:fs/promises";
import type { LedgerRecord } from "@sluice/engine";
import type { Fingerprint } from "./fingerprint.ts";
import { ENTRY_BYTES, INDEX_HEADER_BYTES } from "./index-format.ts";
import { readType } from "./record.ts";
import type { RecordReader } from "./record-reader.ts";
import { readFully, type SegmentPaths } from "./segment-files.ts";

const CHUNK_ENTRIES = 16_384;

export interface EventSearch {
  readonly segments: readonly SegmentPaths[];
  readonly reader: RecordReader;
  readonly writtenSeq: number;
  readonly eventId: string;
  readonly fingerprint: Fingerprint;
  /** Stops at this many records. */
  readonly max: number;
}

export async function searchEvent(search: EventSearch): Promise<LedgerRecord[]> {
  const { segments, reader, writtenSeq, eventId, max } = search;
  const found: LedgerRecord[] = [];
  let endSeq = writtenSeq;
  for (const paths of [...segments].reverse()) {
    if (found.length >= max) break;
    for await (const seq of candidates(paths, endSeq, search.fingerprint)) {
      const json = reader.record(seq).toString();
      if ((JSON.parse(json) as { event_id?: unknown }).event_id === eventId)
        found.push({ seq, type: readType(json), json });
      if (found.length >= max) break;
    }
    endSeq = paths.firstSeq - 1;
  }
  return found;
}

/** Seqs with this fingerprint, from `endSeq` down; read in chunks from the end of the index. */
async function* candidates(paths: SegmentPaths, endSeq: number, { low, high }: Fingerprint): AsyncGenerator<number> {
  const handle = await open(paths.index, "r");
  try {
    const chunk = Buffer.alloc(CHUNK_ENTRIES * ENTRY_BYTES);
    for (let end = endSeq - paths.firstSeq + 1; end > 0; end -= CHUNK_ENTRIES) {
      const start = Math.max(0, end - CHUNK_ENTRIES);
      const wanted = chunk.subarray(0, (end - start) * ENTRY_BYTES);
      const bytesRead = await readFully(handle, wanted, INDEX_HEADER_BYTES + start * ENTRY_BYTES);
      for (let entry = Math.floor(bytesRead / ENTRY_BYTES) - 1; entry >= 0; entry -= 1) {
        const at = entry * ENTRY_BYTES + 8;
        if (chunk.readInt32LE(at) === low && chunk.readInt32LE(at + 4) === high) yield paths.firstSeq + start + entry;
      }
    }
  } finally {
    await handle.close();
  }
}
