/**
 * One live reader: which sequence it has, and what was withheld from it while it was slow.
 * Invariant: every decision that its filter takes after the sequence of its first frame was sent to it once and in
 * order, or lies in a gap that it is told of before anything later.
 */
import type { PortSocket } from "../port.ts";
import type { LiveFilter } from "./filter.ts";
import { gapFrame } from "./frame.ts";

export interface LiveReader {
  readonly filter: LiveFilter;
  readonly socket: PortSocket;
  /** `seq` of its last frame. */
  seq: number;
  /** Last sequence withheld, 0 when nothing is. */
  withheldTo: number;
  /** When withholding began; meaningless while nothing is withheld. */
  stalledAtMs: number;
  /** Goes on with a resume that waits for room. */
  onRoom: (() => void) | undefined;
}

export function liveReader(socket: PortSocket, filter: LiveFilter, seq: number): LiveReader {
  return { socket, filter, seq, withheldTo: 0, stalledAtMs: 0, onRoom: undefined };
}

/** Sends a frame that ends at `seq`, or withholds it when the reader's buffer is full. */
export function deliver(reader: LiveReader, frame: Uint8Array, seq: number, nowMs: number): void {
  if (reader.withheldTo === 0 && reader.socket.send(frame) !== "dropped") reader.seq = seq;
  else withhold(reader, seq, nowMs);
}

export function withhold(reader: LiveReader, toSeq: number, nowMs: number): void {
  if (reader.withheldTo === 0) reader.stalledAtMs = nowMs;
  reader.withheldTo = toSeq;
}

/**
 * Tells the reader of its gap once it takes bytes again.
 * @returns true when a gap was told
 */
export function tellGap(reader: LiveReader): boolean {
  if (reader.withheldTo === 0 || reader.socket.bufferedBytes > 0) return false;
  if (reader.socket.send(gapFrame(reader.seq + 1, reader.withheldTo)) === "dropped") return false;
  reader.seq = reader.withheldTo;
  reader.withheldTo = 0;
  return true;
}
