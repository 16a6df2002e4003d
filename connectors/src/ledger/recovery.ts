/**
 * What a ledger does before it takes records again: find the end of what is valid, cut a torn tail, and have an index
 * that agrees with each segment.
 *
 * A segment is synced before the next one begins, so only the last can be torn: it is walked frame by frame. A bad end
 * with nothing valid behind it is a write that was cut off, and is cut. A bad frame with a valid one behind it is no
 * torn write but damage or tampering: opening is refused and nothing is touched. Earlier segments are trusted by header
 * and index here; `verify` checks them whole.
 */
import { readFileSync, statSync, truncateSync, unlinkSync } from "node:fs";
import { open } from "node:fs/promises";
import type { Fingerprinter } from "./fingerprint.ts";
import { findFrame, readFrames } from "./frame-reader.ts";
import { corruptSegment, isIndexWhole, rebuildIndex } from "./index-file.ts";
import { ENTRY_BYTES, INDEX_HEADER_BYTES, readEntry } from "./index-format.ts";
import { ledgerDirectory, listSegments, readFully, type SegmentPaths, syncDirectory } from "./segment-files.ts";
import {
  decodeSegmentHeader,
  FRAME_HEADER_BYTES,
  GENESIS_CHAIN,
  RECORD_HEADER_BYTES,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
} from "./segment-format.ts";
import { openText, readTextHeader } from "./text-file.ts";

/** What was cut off the end at opening; acknowledged records are never in it unless the disk lost or changed them. */
export interface Recovered {
  readonly cutBytes: number;
  readonly file: string;
  readonly reason: string;
}

export interface LedgerEnd {
  /** In order; the last is the active one. Empty for a new ledger. */
  readonly segments: SegmentPaths[];
  readonly nextSeq: number;
  readonly chain: Buffer;
  readonly segmentEnd: number;
  readonly textEnd: number;
  readonly recovered: Recovered | undefined;
}

/** @throws {EngineError} `ledger-corrupt` naming file and offset. */
export async function recover(directory: string, fingerprints: Fingerprinter): Promise<LedgerEnd> {
  const segments = listSegments(directory);
  const unfinished = await dropUnfinishedSegment(directory, segments);
  const active = segments.at(-1);
  if (active === undefined) {
    return { segments, nextSeq: 1, chain: GENESIS_CHAIN, segmentEnd: 0, textEnd: 0, recovered: unfinished };
  }
  if (segments[0]!.firstSeq !== 1) throw corruptSegment(segments[0]!.segment, 0, "the segments before it are missing");
  for (const [index, paths] of segments.slice(0, -1).entries()) {
    await checkClosed(paths, segments[index + 1]!, fingerprints);
  }
  const tail = await walkLast(active);
  if (!isIndexRight(active, tail.offsets, fingerprints)) await rebuildIndex(active, fingerprints);
  const textEnd = await cutTexts(active, tail.offsets.length);
  const nextSeq = active.firstSeq + tail.offsets.length;
  return {
    segments,
    nextSeq,
    chain: tail.chain,
    segmentEnd: tail.end,
    textEnd,
    recovered: tail.recovered ?? unfinished,
  };
}

/** A crash while a segment was being created leaves one without a whole header and without records. */
async function dropUnfinishedSegment(directory: string, segments: SegmentPaths[]): Promise<Recovered | undefined> {
  const last = segments.at(-1);
  if (last === undefined) return undefined;
  const handle = await open(last.segment, "r");
  const { size } = await handle.stat();
  try {
    const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
    await readFully(handle, header, 0);
    const isUnfinished = size < SEGMENT_HEADER_BYTES || header.every((byte) => byte === 0);
    if (!isUnfinished || (await findFrame(handle, 0, size)) !== undefined) return undefined;
  } finally {
    await handle.close();
  }
  unlinkSync(last.segment);
  syncDirectory(ledgerDirectory(directory));
  segments.pop();
  return { cutBytes: size, file: last.segment, reason: "the segment was being created and held no record" };
}

async function checkClosed(paths: SegmentPaths, next: SegmentPaths, fingerprints: Fingerprinter): Promise<void> {
  const handle = await open(paths.segment, "r");
  try {
    const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
    const bytesRead = await readFully(handle, header, 0);
    checkHeader(paths, header.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
  const count = next.firstSeq - paths.firstSeq;
  if (isIndexWhole(paths, fingerprints, count)) return;
  await rebuildIndex(paths, fingerprints);
  if (!isIndexWhole(paths, fingerprints, count)) {
    const { size } = statSync(paths.segment);
    throw corruptSegment(
      paths.segment,
      size,
      `it should hold ${count} records, up to seq ${next.firstSeq - 1}, and does not`,
    );
  }
}

function checkHeader(paths: SegmentPaths, bytes: Buffer): SegmentHeader {
  const header = decodeSegmentHeader(bytes);
  if (typeof header === "string") throw corruptSegment(paths.segment, 0, header);
  if (header.firstSeq !== paths.firstSeq) {
    throw corruptSegment(paths.segment, 0, `its header says that it starts at seq ${header.firstSeq}`);
  }
  return header;
}

interface Tail {
  readonly chain: Buffer;
  readonly end: number;
  /** Of each record's text in the file. */
  readonly offsets: readonly number[];
  readonly recovered: Recovered | undefined;
}

async function walkLast(paths: SegmentPaths): Promise<Tail> {
  const handle = await open(paths.segment, "r+");
  try {
    const { size } = await handle.stat();
    const headerBytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
    const bytesRead = await readFully(handle, headerBytes, 0);
    let chain = checkHeader(paths, headerBytes.subarray(0, bytesRead)).chainBefore;
    let end = SEGMENT_HEADER_BYTES;
    const offsets: number[] = [];
    for await (const step of readFrames(handle, end, size)) {
      if (step.kind === "fault") {
        if ((await findFrame(handle, step.offset + 1, size)) !== undefined) {
          throw corruptSegment(paths.segment, step.offset, step.what);
        }
        await handle.truncate(step.offset);
        await handle.datasync();
        const recovered = { cutBytes: size - step.offset, file: paths.segment, reason: step.what };
        return { chain, end, offsets, recovered };
      }
      const { frame } = step;
      const seq = paths.firstSeq + offsets.length;
      if (frame.firstSeq !== seq)
        throw corruptSegment(paths.segment, end, `expected seq ${seq}, found ${frame.firstSeq}`);
      if (!frame.previous.equals(chain))
        throw corruptSegment(paths.segment, end, "the frame does not follow the one before");
      let offset = end + FRAME_HEADER_BYTES;
      for (const record of frame.records) {
        offset += RECORD_HEADER_BYTES;
        offsets.push(offset);
        offset += record.length;
      }
      chain = Buffer.from(frame.chain);
      end += frame.byteLength;
    }
    return { chain, end, offsets, recovered: undefined };
  } finally {
    await handle.close();
  }
}

function isIndexRight(paths: SegmentPaths, offsets: readonly number[], fingerprints: Fingerprinter): boolean {
  if (!isIndexWhole(paths, fingerprints, offsets.length)) return false;
  const index = readFileSync(paths.index);
  return offsets.every((offset, at) => readEntry(index, INDEX_HEADER_BYTES + at * ENTRY_BYTES).offset === offset);
}

/** Text is written before its record: what lies behind the last recorded text belongs to no record and is cut. */
async function cutTexts(paths: SegmentPaths, count: number): Promise<number> {
  const handle = await openText(paths.text, "r");
  if (handle === undefined) return 0;
  try {
    const { size } = await handle.stat();
    const index = readFileSync(paths.index);
    let end = 0;
    for (let at = INDEX_HEADER_BYTES + (count - 1) * ENTRY_BYTES; at >= INDEX_HEADER_BYTES; at -= ENTRY_BYTES) {
      const { textPlace } = readEntry(index, at);
      if (textPlace === 0) continue;
      end = textPlace - 1 + ((await readTextHeader(handle, textPlace - 1))?.byteLength ?? 0);
      break;
    }
    if (size <= end) return size;
    truncateSync(paths.text, end);
    return end;
  } finally {
    await handle.close();
  }
}
