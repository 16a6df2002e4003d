/**
 * A frame that is being filled: records, their index entries and their texts, from `append` until they are written.
 * Its buffers are reused for later frames, so steady load allocates nothing that lasts.
 */
import type { RecordDraft } from "@sluice/engine";
import type { Fingerprint } from "./fingerprint.ts";
import { ENTRY_BYTES, readEntry, writeEntry } from "./index-format.ts";
import { ADDED_BYTES_MAX, writeRecord } from "./record.ts";
import {
  FRAME_BODY_BYTES_TARGET,
  FRAME_HEADER_BYTES,
  FRAME_RECORDS_MAX,
  HASH_BYTES,
  RECORD_HEADER_BYTES,
  sealFrame,
  writeLeaf,
} from "./segment-format.ts";
import { encodeText } from "./text-format.ts";

const FREE_FRAMES_MAX = 4;

export interface PendingFrame {
  readonly firstSeq: number;
  readonly count: number;
  readonly byteLength: number;
  /** False when the record does not fit: it needs a new frame. An empty frame takes any record. */
  add(draft: RecordDraft, fingerprints: { key: Fingerprint; event: Fingerprint } | undefined, timeMs: number): boolean;
  /** The record's JSON text, a view, while it is not written. */
  record(seq: number): Buffer;
  /** Low half of the record's fingerprint; undefined when it has no key. */
  tag(seq: number): number | undefined;
  /** Closes the frame and returns its chain value; nothing may be added then. */
  seal(previous: Buffer): Buffer;
  /** Views, after `seal`. */
  readonly bytes: Buffer;
  readonly entries: Buffer;
  readonly texts: readonly Buffer[];
  readonly textBytes: number;
}

interface FrameBuffers {
  bytes: Buffer;
  readonly entries: Buffer;
  readonly leaves: Buffer;
}

export interface FramePool {
  take(firstSeq: number): PendingFrame;
  /** The frame's views are invalid from here on. */
  release(frame: PendingFrame): void;
}

export function framePool(): FramePool {
  const free: FrameBuffers[] = [];
  const held = new WeakMap<PendingFrame, FrameBuffers>();
  return {
    take(firstSeq) {
      const buffers = free.pop() ?? {
        bytes: Buffer.allocUnsafeSlow(FRAME_HEADER_BYTES + FRAME_BODY_BYTES_TARGET),
        entries: Buffer.allocUnsafeSlow(FRAME_RECORDS_MAX * ENTRY_BYTES),
        leaves: Buffer.allocUnsafeSlow(FRAME_RECORDS_MAX * HASH_BYTES),
      };
      const frame = pendingFrame(firstSeq, buffers);
      held.set(frame, buffers);
      return frame;
    },
    release(frame) {
      const buffers = held.get(frame);
      held.delete(frame);
      const isUsual = buffers?.bytes.length === FRAME_HEADER_BYTES + FRAME_BODY_BYTES_TARGET;
      if (buffers !== undefined && isUsual && free.length < FREE_FRAMES_MAX) free.push(buffers);
    },
  };
}

function pendingFrame(firstSeq: number, buffers: FrameBuffers): PendingFrame {
  const { entries, leaves } = buffers;
  const texts: Buffer[] = [];
  let textBytes = 0;
  let count = 0;
  let end = FRAME_HEADER_BYTES;
  let timeMs = 0;

  function hasRoom(json: string): boolean {
    if (count === FRAME_RECORDS_MAX) return false;
    const bytesMax = RECORD_HEADER_BYTES + ADDED_BYTES_MAX + json.length * 3; // a code unit makes at most 3 bytes
    if (end + bytesMax <= buffers.bytes.length) return true;
    if (count > 0) return false;
    const bytesNeeded = end + RECORD_HEADER_BYTES + ADDED_BYTES_MAX + Buffer.byteLength(json);
    if (bytesNeeded > buffers.bytes.length) buffers.bytes = Buffer.allocUnsafeSlow(bytesNeeded);
    return true;
  }

  return {
    firstSeq,
    get count() {
      return count;
    },
    get byteLength() {
      return end;
    },
    add(draft, fingerprints, nowMs) {
      if (!hasRoom(draft.json)) return false;
      const seq = firstSeq + count;
      const text = draft.text === undefined ? undefined : encodeText(seq, draft.text);
      const offset = end + RECORD_HEADER_BYTES;
      const recordEnd = writeRecord(buffers.bytes, offset, seq, draft, text?.hashes);
      buffers.bytes.writeUInt32LE(recordEnd - offset, end);
      buffers.bytes[end + 4] = 0;
      const textPlace = text === undefined ? 0 : textBytes + 1;
      writeEntry(entries, count * ENTRY_BYTES, fingerprints, {
        timeMs: nowMs,
        offset,
        length: recordEnd - offset,
        textPlace,
      });
      if (text !== undefined) {
        texts.push(text.entry);
        textBytes += text.entry.length;
      }
      end = recordEnd;
      count += 1;
      timeMs = nowMs; // of the last record: keys read back from the frame are held rather longer than shorter
      return true;
    },
    record(seq) {
      const { offset, length } = readEntry(entries, (seq - firstSeq) * ENTRY_BYTES);
      return buffers.bytes.subarray(offset, offset + length);
    },
    tag(seq) {
      const { key } = readEntry(entries, (seq - firstSeq) * ENTRY_BYTES);
      return key.low === 0 && key.high === 0 ? undefined : key.low;
    },
    seal(previous) {
      let recordAt = FRAME_HEADER_BYTES;
      for (let index = 0; index < count; index += 1) {
        const recordEnd = recordAt + RECORD_HEADER_BYTES + buffers.bytes.readUInt32LE(recordAt);
        writeLeaf(leaves, index, buffers.bytes.subarray(recordAt + 4, recordEnd));
        recordAt = recordEnd;
      }
      const bodyBytes = end - FRAME_HEADER_BYTES;
      return sealFrame(buffers.bytes, { bodyBytes, records: count, firstSeq, timeMs, previous }, leaves);
    },
    get bytes() {
      return buffers.bytes.subarray(0, end);
    },
    get entries() {
      return entries.subarray(0, count * ENTRY_BYTES);
    },
    texts,
    get textBytes() {
      return textBytes;
    },
  };
}
