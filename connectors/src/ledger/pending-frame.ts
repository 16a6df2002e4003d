/**
 * A frame that is being filled: records, their index entries and their texts, from `append` until they are written.
 * Its buffers are reused for later frames, so steady load allocates nothing that lasts.
 */
import type { RecordDraft } from "@sluice/engine";
import type { KeyFingerprints } from "./fingerprint.ts";
import { ENTRY_BYTES, readEntry, writeEntry } from "./index-format.ts";
import { ADDED_BYTES_MAX, draftBytes, draftBytesMax, writeRecord } from "./record.ts";
import {
  FRAME_BODY_BYTES_TARGET,
  FRAME_HEADER_BYTES,
  FRAME_RECORDS_MAX,
  HASH_BYTES,
  leafOf,
  RECORD_HEADER_BYTES,
  sealFrame,
} from "./segment-format.ts";
import { encodeText } from "./text-format.ts";

const FREE_FRAMES_MAX = 4;

interface FrameBuffers {
  bytes: Buffer;
  readonly entries: Buffer;
  /** The same memory as `entries`. */
  readonly entryView: DataView;
  readonly leaves: Buffer;
}

function createBuffers(): FrameBuffers {
  const entries = Buffer.allocUnsafeSlow(FRAME_RECORDS_MAX * ENTRY_BYTES);
  return {
    bytes: Buffer.allocUnsafeSlow(FRAME_HEADER_BYTES + FRAME_BODY_BYTES_TARGET),
    entries,
    entryView: new DataView(entries.buffer, entries.byteOffset, entries.length),
    leaves: Buffer.allocUnsafeSlow(FRAME_RECORDS_MAX * HASH_BYTES),
  };
}

export class FramePool {
  readonly #free: FrameBuffers[] = [];

  take(firstSeq: number): PendingFrame {
    return new PendingFrame(firstSeq, this.#free.pop() ?? createBuffers());
  }

  /** The frame's views are invalid from here on. */
  release(frame: PendingFrame): void {
    const isUsual = frame.buffers.bytes.length === FRAME_HEADER_BYTES + FRAME_BODY_BYTES_TARGET;
    if (isUsual && this.#free.length < FREE_FRAMES_MAX) this.#free.push(frame.buffers);
  }
}

export class PendingFrame {
  readonly firstSeq: number;
  /** Of the pool. */
  readonly buffers: FrameBuffers;
  /** Entries of the text file, in order of seq. */
  readonly texts: Buffer[] = [];
  #textBytes = 0;
  #count = 0;
  #end = FRAME_HEADER_BYTES;
  #timeMs = 0;

  constructor(firstSeq: number, buffers: FrameBuffers) {
    this.firstSeq = firstSeq;
    this.buffers = buffers;
  }

  get count(): number {
    return this.#count;
  }
  get byteLength(): number {
    return this.#end;
  }
  get textBytes(): number {
    return this.#textBytes;
  }
  /** A view: the whole frame, once it is sealed. */
  get bytes(): Buffer {
    return this.buffers.bytes.subarray(0, this.#end);
  }
  /** A view: index entries with offsets from the start of the frame and of its texts. */
  get entries(): Buffer {
    return this.buffers.entries.subarray(0, this.#count * ENTRY_BYTES);
  }

  /** False when the record does not fit: it needs a new frame. An empty frame takes any record. */
  add(draft: RecordDraft, fingerprints: KeyFingerprints | undefined, timeMs: number): boolean {
    if (!this.#hasRoom(draft)) return false;
    const { bytes, entryView } = this.buffers;
    const seq = this.firstSeq + this.#count;
    const text = draft.text === undefined ? undefined : encodeText(seq, draft.text);
    const offset = this.#end + RECORD_HEADER_BYTES;
    const recordEnd = writeRecord(bytes, offset, seq, draft, text?.hashes);
    const length = recordEnd - offset;
    bytes.writeUInt32LE(length, this.#end);
    bytes[this.#end + 4] = 0;
    const textPlace = text === undefined ? 0 : this.#textBytes + 1;
    writeEntry(entryView, this.#count * ENTRY_BYTES, fingerprints, { timeMs, offset, length, textPlace });
    if (text !== undefined) {
      this.texts.push(text.entry);
      this.#textBytes += text.entry.length;
    }
    this.#end = recordEnd;
    this.#count += 1;
    this.#timeMs = timeMs; // of the last record: keys read back from the frame are held rather longer than shorter
    return true;
  }

  /** The record's JSON text, a view. */
  record(seq: number): Buffer {
    const { offset, length } = readEntry(this.buffers.entries, (seq - this.firstSeq) * ENTRY_BYTES);
    return this.buffers.bytes.subarray(offset, offset + length);
  }

  /** Low half of the record's fingerprint; undefined when it has no key. */
  tag(seq: number): number | undefined {
    const { key } = readEntry(this.buffers.entries, (seq - this.firstSeq) * ENTRY_BYTES);
    return key.low === 0 && key.high === 0 ? undefined : key.low;
  }

  /** Closes the frame and returns its chain value; nothing may be added then. */
  seal(previous: Buffer): Buffer {
    const { bytes, leaves } = this.buffers;
    let recordAt = FRAME_HEADER_BYTES;
    let text = ""; // all leaves together, written once: a call for each costs a tenth of the hash
    for (let index = 0; index < this.#count; index += 1) {
      const recordEnd = recordAt + RECORD_HEADER_BYTES + bytes.readUInt32LE(recordAt);
      const start = bytes.byteOffset + recordAt + 4;
      // Half of a subarray's cost.
      text += leafOf(new Uint8Array(bytes.buffer, start, recordEnd - recordAt - 4));
      recordAt = recordEnd;
    }
    leaves.write(text, 0, "latin1");
    const { firstSeq } = this;
    const bodyBytes = this.#end - FRAME_HEADER_BYTES;
    return sealFrame(bytes, { bodyBytes, records: this.#count, firstSeq, timeMs: this.#timeMs, previous }, leaves);
  }

  #hasRoom(draft: RecordDraft): boolean {
    if (this.#count === FRAME_RECORDS_MAX) return false;
    if (this.#end + RECORD_HEADER_BYTES + ADDED_BYTES_MAX + draftBytesMax(draft) <= this.buffers.bytes.length)
      return true;
    if (this.#count > 0) return false;
    const bytesNeeded = this.#end + RECORD_HEADER_BYTES + ADDED_BYTES_MAX + draftBytes(draft);
    if (bytesNeeded > this.buffers.bytes.length) this.buffers.bytes = Buffer.allocUnsafeSlow(bytesNeeded);
    return true;
  }
}
