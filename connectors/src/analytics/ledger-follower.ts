/**
 * Reads the records of a data folder in order, whole frames at a time, beside its writer and without its lock. Only
 * frames up to a sequence that is known to be written are taken: a later one may still be cut off and written anew.
 * Synchronous, because it runs where nothing else waits; memory is bounded by one read.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { corruptSegment } from "../ledger/index-file.ts";
import { listSegments, type SegmentPaths, segmentPaths } from "../ledger/segment-files.ts";
import { decodeFrame, decodeSegmentHeader, SEGMENT_HEADER_BYTES } from "../ledger/segment-format.ts";

const READ_BYTES = 4 * 1024 * 1024;

export interface FollowedRecord {
  readonly seq: number;
  /** JSON text; a view, valid until the next call. */
  readonly bytes: Buffer;
}

export class LedgerFollower {
  readonly #directory: string;
  #paths: SegmentPaths | undefined;
  #fd: number | undefined;
  #offset = SEGMENT_HEADER_BYTES;
  #lastSeq = 0;
  /** Of segments that are done. */
  #bytesBefore = 0;
  #buffer = Buffer.allocUnsafeSlow(READ_BYTES);

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Last sequence handed out. */
  get lastSeq(): number {
    return this.#lastSeq;
  }
  get bytesRead(): number {
    return this.#bytesBefore + (this.#fd === undefined ? 0 : this.#offset);
  }
  bytesTotal(): number {
    return listSegments(this.#directory).reduce((sum, { segment }) => sum + statSync(segment).size, 0);
  }

  /**
   * The next records up to `upToSeq`, in whole frames: none when there are none (yet), at most `recordsMax` unless the
   * first frame alone holds more.
   * @throws {EngineError} `ledger-corrupt` at a frame that is not what was written.
   */
  next(upToSeq: number, recordsMax: number): FollowedRecord[] {
    const records: FollowedRecord[] = [];
    if (!this.#openSegment()) return records;
    let bytes = this.#read(READ_BYTES);
    let at = 0;
    while (this.#lastSeq < upToSeq) {
      const decoded = decodeFrame(bytes, at);
      if (decoded.kind === "fault") throw this.#corrupt(decoded.what);
      if (decoded.kind !== "frame") {
        const bytesNeeded = decoded.kind === "short" ? decoded.bytesNeeded : 0;
        if (records.length > 0 || bytesNeeded <= bytes.length) return records;
        bytes = this.#read(bytesNeeded); // one frame larger than a read
        if (bytes.length < bytesNeeded) return records; // being written, or cut off
        continue;
      }
      const { firstSeq, records: texts, byteLength } = decoded.frame;
      const frameLastSeq = firstSeq + texts.length - 1;
      const isTooMany = records.length > 0 && records.length + texts.length > recordsMax;
      if (frameLastSeq > upToSeq || isTooMany) return records;
      for (const [index, text] of texts.entries()) records.push({ seq: firstSeq + index, bytes: text });
      this.#lastSeq = frameLastSeq;
      this.#offset += byteLength;
      at += byteLength;
    }
    return records;
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** Moves on to the next segment where this one is done. @returns whether there is one to read. */
  #openSegment(): boolean {
    if (this.#fd !== undefined) {
      if (this.#offset < fstatSync(this.#fd).size) return true;
      const next = segmentPaths(this.#directory, this.#lastSeq + 1);
      if (next.firstSeq === this.#paths?.firstSeq || !existsSync(next.segment)) return true;
      this.#bytesBefore += this.#offset;
      this.close();
      return this.#open(next);
    }
    const first = listSegments(this.#directory)[0];
    return first !== undefined && this.#open(first);
  }

  #open(paths: SegmentPaths): boolean {
    const fd = openSync(paths.segment, "r");
    const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
    const bytesRead = readSync(fd, header, 0, SEGMENT_HEADER_BYTES, 0);
    if (bytesRead < SEGMENT_HEADER_BYTES) {
      closeSync(fd); // made this moment
      return false;
    }
    const decoded = decodeSegmentHeader(header);
    this.#fd = fd;
    this.#paths = paths;
    this.#offset = SEGMENT_HEADER_BYTES;
    if (typeof decoded === "string") throw this.#corrupt(decoded);
    return true;
  }

  /** From the offset on. Read anew each time: what lay behind the last taken frame may have changed. */
  #read(bytesNeeded: number): Buffer {
    if (this.#buffer.length < bytesNeeded) this.#buffer = Buffer.allocUnsafeSlow(bytesNeeded);
    return this.#buffer.subarray(0, readSync(this.#fd!, this.#buffer, 0, this.#buffer.length, this.#offset));
  }

  #corrupt(what: string): Error {
    return corruptSegment(this.#paths!.segment, this.#offset, what);
  }
}
