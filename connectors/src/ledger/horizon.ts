/**
 * The idempotency horizon: the seq before which keys count as absent. Times are kept as at most ~1,026 marks rather
 * than one a key, so a key is held for at least `horizonMs` and at most 1/1,024 of it (or 1 ms) longer; and for
 * `keysMax` records at most.
 */
export interface HorizonOptions {
  readonly horizonMs: number;
  readonly keysMax: number;
}

export interface Horizon {
  /**
   * The record `seq` was appended at `timeMs`. Called in order of seq; after a failed write the seqs start again lower.
   */
  note(seq: number, timeMs: number): void;
  /** Lowest seq that is still held. */
  seqAt(nowMs: number, nextSeq: number): number;
}

interface Mark {
  /** Records from this seq up to the next mark's were appended within [startMs, lastMs]. */
  readonly seq: number;
  readonly startMs: number;
  lastMs: number;
}

export function horizon({ horizonMs, keysMax }: HorizonOptions): Horizon {
  const stepMs = Math.max(1, Math.floor(horizonMs / 1024));
  const marks: Mark[] = [];
  return {
    note(seq, timeMs) {
      while (marks.length > 0 && marks.at(-1)!.seq >= seq) marks.pop();
      const last = marks.at(-1);
      if (last !== undefined && timeMs < last.startMs + stepMs) {
        last.lastMs = Math.max(last.lastMs, timeMs); // also when the clock went back: longer, never shorter
        return;
      }
      marks.push({ seq, startMs: timeMs, lastMs: timeMs });
      while (marks.length > 1 && marks[0]!.lastMs < timeMs - horizonMs) marks.shift();
    },
    seqAt(nowMs, nextSeq) {
      const isHeld = (mark: Mark) => mark.lastMs >= nowMs - horizonMs;
      const byTime = marks.find(isHeld)?.seq ?? nextSeq;
      return Math.max(byTime, nextSeq - keysMax, 1);
    },
  };
}
