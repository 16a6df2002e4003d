/**
 * The numbered frames of one connection, in the order in which they came: up to which number all are settled. Frames
 * may be settled in any order; the number moves only when everything before it is settled too, so what it passes is
 * recorded. Numbers of one connection rise by one: a jump is a gap, a step back is a fault of the peer.
 */
interface Waiting {
  readonly seq: number;
  isSettled: boolean;
}

export type Arrival =
  | { readonly kind: "next" | "backwards" }
  /** Frames `from` to `to`, both included, did not come. */
  | { readonly kind: "gap"; readonly from: number; readonly to: number };

export interface FrameOrder {
  /** Says how a frame's number follows the one before. One that goes backwards is not to be taken. */
  arrive(seq: number): Arrival;
  /** Holds the number back until the frame that arrived last is settled. @returns settles it, once */
  take(seq: number): () => void;
  /** The number that the next frame should have; undefined while nothing says so. */
  readonly nextSeq: number | undefined;
}

/**
 * @param resumeSeq what the peer was asked to go on after; 0: nothing is known
 * @param onRecorded told each number up to which all is settled, rising
 */
export function frameOrder(resumeSeq: number, onRecorded: (seq: number) => void): FrameOrder {
  const waiting: Waiting[] = [];
  let lastSeq: number | undefined;

  function advance(): void {
    let recordedSeq: number | undefined;
    while (waiting[0]?.isSettled) recordedSeq = waiting.shift()?.seq;
    if (recordedSeq !== undefined) onRecorded(recordedSeq);
  }
  return {
    arrive(seq) {
      // A peer may begin earlier than it was asked to: repeats do no harm.
      const expected = lastSeq === undefined ? Math.min(seq, resumeSeq + 1) : lastSeq + 1;
      if (seq < expected) return { kind: "backwards" };
      const isStart = lastSeq === undefined && resumeSeq === 0;
      lastSeq = seq;
      return seq === expected || isStart ? { kind: "next" } : { kind: "gap", from: expected, to: seq - 1 };
    },
    take(seq) {
      const frame = { seq, isSettled: false };
      waiting.push(frame);
      return () => {
        frame.isSettled = true;
        advance();
      };
    },
    get nextSeq() {
      if (lastSeq !== undefined) return lastSeq + 1;
      return resumeSeq === 0 ? undefined : resumeSeq + 1;
    },
  };
}
