/**
 * All records as JSON lines, checked while they are read, without a lock: a plain copy of the evidence for programs
 * that know nothing of segments. An unfinished write at the end is left out.
 */
import { open } from "node:fs/promises";
import { readFrames } from "./frame-reader.ts";
import { corruptSegment } from "./index-file.ts";
import { listSegments, readFully } from "./segment-files.ts";
import { decodeSegmentHeader, SEGMENT_HEADER_BYTES } from "./segment-format.ts";

export interface ExportOptions {
  /** First seq to export; default 1. */
  readonly fromSeq?: number;
}

/**
 * @param directory the data folder.
 * @returns each record as `{"seq":…,"type":…,…}`, without a line feed.
 * @throws {EngineError} `ledger-corrupt` at the first frame that is not what was written.
 */
export async function* exportLedger(directory: string, { fromSeq = 1 }: ExportOptions = {}): AsyncGenerator<string> {
  const segments = listSegments(directory);
  for (const [index, paths] of segments.entries()) {
    const next = segments[index + 1];
    if (next !== undefined && next.firstSeq <= fromSeq) continue;
    const handle = await open(paths.segment, "r");
    try {
      const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
      const decoded = decodeSegmentHeader(header.subarray(0, await readFully(handle, header, 0)));
      const { size } = await handle.stat();
      if (typeof decoded === "string") {
        if (next === undefined && size < SEGMENT_HEADER_BYTES) return;
        throw corruptSegment(paths.segment, 0, decoded);
      }
      for await (const step of readFrames(handle, SEGMENT_HEADER_BYTES, size)) {
        if (step.kind === "fault") {
          if (next === undefined && step.isIncomplete) return;
          throw corruptSegment(paths.segment, step.offset, step.what);
        }
        const { firstSeq, records } = step.frame;
        for (const [position, record] of records.entries()) {
          if (firstSeq + position >= fromSeq) yield record.toString();
        }
      }
    } finally {
      await handle.close();
    }
  }
}
