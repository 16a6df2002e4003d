/**
 * Checks a ledger from outside: every leaf and chain value, seqs without gap across segments, and each retained text
 * against its record. Takes no lock and writes nothing, so it may run beside the writer; it then sees the ledger up to
 * the last whole frame. Stops at the first fault, because nothing behind it is pinned any more.
 */
import { type FileHandle, open } from "node:fs/promises";
import { readFrames } from "./frame-reader.ts";
import { readTail } from "./record.ts";
import { listSegments, readFully, type SegmentPaths } from "./segment-files.ts";
import {
  decodeSegmentHeader,
  FRAME_HEADER_BYTES,
  GENESIS_CHAIN,
  RECORD_HEADER_BYTES,
  SEGMENT_HEADER_BYTES,
} from "./segment-format.ts";
import { readTextEntry, walkTexts } from "./text-file.ts";
import { type TextHeader, textMatches } from "./text-format.ts";

export interface VerifyFault {
  /** First seq that cannot be relied on. */
  readonly seq: number;
  readonly file: string;
  /** Byte in the file. */
  readonly offset: number;
  /** What is wrong, in words. */
  readonly what: string;
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly segments: number;
  /** Records that were checked and are sound. */
  readonly records: number;
  readonly lastSeq: number;
  /** Chain value after the last sound frame, 64 hex digits: noted elsewhere, it pins everything up to `lastSeq`. */
  readonly chain: string;
  /** Texts that match their record; that were erased; and that are no longer there. */
  readonly texts: { readonly kept: number; readonly erased: number; readonly missing: number };
  /** Bytes of an unfinished write at the end: one under way, or one cut off that the next opening removes. */
  readonly unfinishedBytes: number;
  readonly fault?: VerifyFault;
}

export interface VerifyOptions {
  /** Told after each segment part of about 1 MiB. */
  readonly onProgress?: (progress: {
    readonly bytes: number;
    readonly bytesTotal: number;
    readonly seq: number;
  }) => void;
}

interface Walk {
  nextSeq: number;
  chain: Buffer;
  kept: number;
  erased: number;
  missing: number;
  unfinishedBytes: number;
  bytes: number;
}

const PROGRESS_BYTES = 1024 * 1024;

/** @param directory the data folder that the ledger was opened with. */
export async function verifyLedger(directory: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const segments = listSegments(directory);
  const walk: Walk = { nextSeq: 1, chain: GENESIS_CHAIN, kept: 0, erased: 0, missing: 0, unfinishedBytes: 0, bytes: 0 };
  const handles: FileHandle[] = [];
  let fault: VerifyFault | undefined;
  try {
    for (const { segment } of segments) handles.push(await open(segment, "r"));
    const sizes = await Promise.all(handles.map(async (handle) => (await handle.stat()).size));
    const bytesTotal = sizes.reduce((sum, size) => sum + size, 0);
    const report = () => options.onProgress?.({ bytes: walk.bytes, bytesTotal, seq: walk.nextSeq - 1 });
    for (const [index, paths] of segments.entries()) {
      const isLast = index === segments.length - 1;
      fault = await verifySegment({ paths, handle: handles[index]!, size: sizes[index]!, isLast }, walk, report);
      if (fault !== undefined) break;
    }
  } finally {
    for (const handle of handles) await handle.close();
  }
  const { kept, erased, missing, unfinishedBytes, nextSeq } = walk;
  return {
    ok: fault === undefined,
    segments: segments.length,
    records: nextSeq - 1,
    lastSeq: nextSeq - 1,
    chain: walk.chain.toString("hex"),
    texts: { kept, erased, missing },
    unfinishedBytes,
    ...(fault && { fault }),
  };
}

interface Target {
  readonly paths: SegmentPaths;
  readonly handle: FileHandle;
  readonly size: number;
  readonly isLast: boolean;
}

async function verifySegment(target: Target, walk: Walk, report: () => void): Promise<VerifyFault | undefined> {
  const { paths, handle, size, isLast } = target;
  const at = (offset: number, what: string): VerifyFault => ({ seq: walk.nextSeq, file: paths.segment, offset, what });
  const headerBytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  const header = decodeSegmentHeader(headerBytes.subarray(0, await readFully(handle, headerBytes, 0)));
  if (typeof header === "string") {
    if (!isLast || size >= SEGMENT_HEADER_BYTES) return at(0, header);
    walk.unfinishedBytes = size; // a segment that is being created
    return undefined;
  }
  if (header.firstSeq !== walk.nextSeq || paths.firstSeq !== walk.nextSeq) {
    return at(
      16,
      `the segment starts at seq ${header.firstSeq}, expected ${walk.nextSeq}: a segment is missing or misnamed`,
    );
  }
  if (!header.chainBefore.equals(walk.chain)) return at(24, "the segment does not follow the one before");

  const texts = textFinder(paths.text);
  let reported = walk.bytes;
  walk.bytes += SEGMENT_HEADER_BYTES;
  try {
    for await (const step of readFrames(handle, SEGMENT_HEADER_BYTES, size)) {
      if (step.kind === "fault") {
        if (!isLast || !step.isIncomplete) return at(step.offset, step.what);
        walk.unfinishedBytes = size - step.offset;
        break;
      }
      const { frame, offset } = step;
      if (frame.firstSeq !== walk.nextSeq)
        return at(offset + 16, `expected seq ${walk.nextSeq}, found ${frame.firstSeq}`);
      if (!frame.previous.equals(walk.chain)) return at(offset + 32, "the frame does not follow the one before");
      let recordOffset = offset + FRAME_HEADER_BYTES;
      for (const record of frame.records) {
        const fault = checkSeq(record, walk.nextSeq) ?? (await checkText(record, walk, texts));
        if (fault !== undefined)
          return typeof fault === "string" ? at(recordOffset + RECORD_HEADER_BYTES, fault) : fault;
        recordOffset += RECORD_HEADER_BYTES + record.length;
        walk.nextSeq += 1;
      }
      walk.chain = Buffer.from(frame.chain);
      walk.bytes += frame.byteLength;
      if (walk.bytes - reported >= PROGRESS_BYTES) {
        reported = walk.bytes;
        report();
      }
    }
  } finally {
    await texts.close();
  }
  report();
  return undefined;
}

function checkSeq(record: Buffer, seq: number): string | undefined {
  const head = `{"seq":${seq},"type":"`;
  return record.toString("latin1", 0, head.length) === head ? undefined : `the record does not begin with seq ${seq}`;
}

type TextFinder = ReturnType<typeof textFinder>;

async function checkText(record: Buffer, walk: Walk, texts: TextFinder): Promise<VerifyFault | undefined> {
  const { text } = readTail(record);
  if (text === undefined) return undefined;
  const seq = walk.nextSeq;
  const place = await texts.find(seq);
  if (place === undefined) {
    walk.missing += 1;
  } else if (place.header.isErased) {
    walk.erased += 1;
  } else {
    const entry = await readTextEntry(texts.path, place.offset, seq);
    if (entry === undefined)
      walk.erased += 1; // between the two reads
    else if (textMatches(entry, text)) walk.kept += 1;
    else
      return {
        seq,
        file: texts.path,
        offset: place.offset,
        what: "the retained text is not what its record was made of",
      };
  }
  return undefined;
}

/** Entries lie in order of seq, as records do: one walk serves a whole segment. */
function textFinder(path: string) {
  const walk = walkTexts(path);
  let ahead: { readonly offset: number; readonly header: TextHeader } | undefined;
  return {
    path,
    async find(seq: number) {
      while (ahead === undefined || ahead.header.seq < seq) {
        const next = await walk.next();
        if (next.done === true) return undefined;
        ahead = next.value;
      }
      return ahead.header.seq === seq ? ahead : undefined;
    },
    close: () => walk.return(undefined),
  };
}
