/**
 * The segment that takes records: its three files and the end of what is good in each. A frame's text is written first,
 * then the frame, then its index entries; the ends move only when all is written (and synced, where asked), so after a
 * failure `restore` cuts the files back to where they were.
 */
import { close, ftruncate, openSync, unlinkSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import type { Fingerprinter } from "./fingerprint.ts";
import { ENTRY_BYTES, encodeIndexHeader, INDEX_HEADER_BYTES, shiftEntries } from "./index-format.ts";
import type { PendingFrame } from "./pending-frame.ts";
import { FILE_MODE, type SegmentPaths, syncData, syncDirectory, writeFully } from "./segment-files.ts";
import { encodeSegmentHeader, SEGMENT_HEADER_BYTES } from "./segment-format.ts";

const truncate = promisify(ftruncate);
const closeFile = promisify(close);

export interface ActiveSegment {
  readonly paths: SegmentPaths;
  readonly segmentEnd: number;
  /** Writes behind the good ends and returns what the ends become once `advance` is told so. */
  write(frame: PendingFrame): Promise<Ends>;
  advance(ends: Ends): void;
  /** Cuts the files back to the good ends. */
  restore(): Promise<void>;
  /** Makes everything written so far survive a power loss. The index needs none: it can be rebuilt. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface Ends {
  readonly segment: number;
  readonly index: number;
  readonly text: number;
}

/** Creates the files of a new segment. On failure nothing of them is left. */
export async function createSegment(
  paths: SegmentPaths,
  chainBefore: Buffer,
  fingerprints: Fingerprinter,
): Promise<ActiveSegment> {
  const fds: number[] = [];
  try {
    fds.push(openSync(paths.segment, "wx", FILE_MODE));
    fds.push(openSync(paths.index, "w", FILE_MODE));
    await writeFully(fds[0]!, encodeSegmentHeader({ firstSeq: paths.firstSeq, chainBefore }), 0);
    await writeFully(fds[1]!, encodeIndexHeader(paths.firstSeq, fingerprints), 0);
    await syncData(fds[0]!);
    syncDirectory(dirname(paths.segment));
  } catch (error) {
    for (const fd of fds) await closeFile(fd);
    if (fds.length > 0) unlinkSync(paths.segment); // only what this call created: "wx" opened it
    throw error;
  }
  return activeSegment(paths, fds[0]!, fds[1]!, { segment: SEGMENT_HEADER_BYTES, index: INDEX_HEADER_BYTES, text: 0 });
}

/** Goes on with a recovered segment. */
export function reopenSegment(
  paths: SegmentPaths,
  end: { segmentEnd: number; textEnd: number; count: number },
): ActiveSegment {
  const ends = { segment: end.segmentEnd, index: INDEX_HEADER_BYTES + end.count * ENTRY_BYTES, text: end.textEnd };
  return activeSegment(paths, openSync(paths.segment, "r+"), openSync(paths.index, "r+"), ends);
}

function activeSegment(paths: SegmentPaths, segmentFd: number, indexFd: number, start: Ends): ActiveSegment {
  let ends = start;
  let textFd: number | undefined;

  async function writeTexts(texts: readonly Buffer[]): Promise<void> {
    if (textFd === undefined) {
      textFd = openSync(paths.text, start.text === 0 ? "w" : "r+", FILE_MODE);
      syncDirectory(dirname(paths.text));
    }
    await writeFully(textFd, texts.length === 1 ? texts[0]! : Buffer.concat(texts), ends.text);
  }

  return {
    paths,
    get segmentEnd() {
      return ends.segment;
    },
    async write(frame) {
      if (frame.texts.length > 0) await writeTexts(frame.texts);
      await writeFully(segmentFd, frame.bytes, ends.segment);
      const entries = Buffer.from(frame.entries); // a copy: the frame's own are read by `find` meanwhile
      shiftEntries(entries, frame.count, ends.segment, ends.text);
      await writeFully(indexFd, entries, ends.index);
      return {
        segment: ends.segment + frame.byteLength,
        index: ends.index + entries.length,
        text: ends.text + frame.textBytes,
      };
    },
    advance(reached) {
      ends = reached;
    },
    async restore() {
      await truncate(segmentFd, ends.segment);
      await truncate(indexFd, ends.index);
      if (textFd !== undefined) await truncate(textFd, ends.text);
    },
    async sync() {
      if (textFd !== undefined) await syncData(textFd);
      await syncData(segmentFd);
    },
    async close() {
      await closeFile(segmentFd);
      await closeFile(indexFd);
      if (textFd !== undefined) await closeFile(textFd);
    },
  };
}
