/**
 * Reads a segment frame by frame, checking each by itself, in memory bounded by one frame. It takes no lock and writes
 * nothing, so it may run beside a writer: it sees what lay in the file up to `endOffset`.
 */
import type { FileHandle } from "node:fs/promises";
import { readFully } from "./segment-files.ts";
import { decodeFrame, FRAME_HEADER_BYTES, FRAME_MAGIC, type Frame } from "./segment-format.ts";

const WINDOW_BYTES = 1024 * 1024;

export type FrameStep =
  /** Its buffers are views, valid until the next step. */
  | { readonly kind: "frame"; readonly offset: number; readonly frame: Frame }
  /**
   * The last step. `isIncomplete`: the file ends before the frame does, as when a write is under way or was cut off.
   */
  | { readonly kind: "fault"; readonly offset: number; readonly what: string; readonly isIncomplete: boolean };

export async function* readFrames(handle: FileHandle, from: number, endOffset: number): AsyncGenerator<FrameStep> {
  const window = slidingWindow(handle, endOffset);
  let offset = from;
  let bytes = await window.at(offset, FRAME_HEADER_BYTES);
  while (offset < endOffset) {
    const decoded = decodeFrame(bytes, 0);
    if (decoded.kind === "frame") {
      yield { kind: "frame", offset, frame: decoded.frame };
      offset += decoded.frame.byteLength;
      bytes = await window.at(offset, FRAME_HEADER_BYTES);
    } else if (decoded.kind === "fault") {
      yield { kind: "fault", offset, what: decoded.what, isIncomplete: false };
      return;
    } else if (offset + decoded.bytesNeeded > endOffset) {
      yield { kind: "fault", offset, what: "the file ends before the frame does", isIncomplete: true };
      return;
    } else {
      bytes = await window.at(offset, decoded.bytesNeeded);
    }
  }
}

/** Looks for a whole, valid frame that starts at or after `from`; what separates damage from a torn tail. */
export async function findFrame(handle: FileHandle, from: number, endOffset: number): Promise<number | undefined> {
  const window = slidingWindow(handle, endOffset);
  for (let offset = from; offset < endOffset; ) {
    const bytes = await window.at(offset, FRAME_HEADER_BYTES);
    const found = bytes.indexOf(FRAME_MAGIC);
    if (found < 0) {
      offset += Math.max(1, bytes.length - FRAME_MAGIC.length + 1); // a magic may lie across the edge
      continue;
    }
    offset += found;
    let decoded = decodeFrame(await window.at(offset, FRAME_HEADER_BYTES), 0);
    if (decoded.kind === "short" && offset + decoded.bytesNeeded <= endOffset) {
      decoded = decodeFrame(await window.at(offset, decoded.bytesNeeded), 0);
    }
    if (decoded.kind === "frame") return offset;
    offset += 1;
  }
  return undefined;
}

function slidingWindow(handle: FileHandle, endOffset: number) {
  let buffer = Buffer.allocUnsafeSlow(WINDOW_BYTES);
  let start = 0;
  let filled = 0;
  return {
    /** The bytes from `offset` on: at least `bytesNeeded` unless the file ends first, and what else is at hand. */
    async at(offset: number, bytesNeeded: number): Promise<Buffer> {
      if (offset < start || offset + bytesNeeded > start + filled) {
        const kept = offset >= start && offset < start + filled ? buffer.subarray(offset - start, filled) : EMPTY;
        const target = bytesNeeded > buffer.length ? Buffer.allocUnsafeSlow(bytesNeeded) : buffer;
        kept.copy(target);
        const wanted = Math.min(target.length, Math.max(0, endOffset - offset));
        const rest = target.subarray(kept.length, Math.max(kept.length, wanted));
        filled = kept.length + (await readFully(handle, rest, offset + kept.length));
        buffer = target;
        start = offset;
      }
      return buffer.subarray(offset - start, filled);
    },
  };
}

const EMPTY = Buffer.alloc(0);
