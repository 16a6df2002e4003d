/**
 * Loads decisions that were announced as a gap: a second, short connection that resumes before the gap and ends after
 * it, so that the live one goes on undisturbed. Keeps the newest `decisionsMax` of them.
 */
import type { Decision } from "@sluice/engine";
import type { Gap } from "./feed.ts";
import { readFrame } from "./frames.ts";

export interface LoadedGap {
  /** Oldest first. */
  readonly decisions: readonly Decision[];
  /** How many came, also those no longer kept. */
  readonly count: number;
  /** False when the server no longer has them all or the connection broke. */
  readonly isComplete: boolean;
}

export function loadGap(url: string, gap: Gap, decisionsMax: number, timeoutMs = 15_000): Promise<LoadedGap> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    let decisions: Decision[] = [];
    let count = 0;
    let reached = gap.from - 1;
    let isComplete = true;
    const finish = () => {
      clearTimeout(timer);
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
      resolve({ decisions, count, isComplete: isComplete && reached >= gap.to });
    };
    const timer = setTimeout(finish, timeoutMs);
    socket.onclose = finish;
    socket.onmessage = (event) => {
      const frame = typeof event.data === "string" ? readFrame(event.data) : undefined;
      if (frame?.type === "gap") {
        isComplete = isComplete && frame.from > gap.to;
        reached = Math.max(reached, frame.to);
      } else if (frame?.type === "decisions") {
        // A frame may reach past the gap; it has at most one decision a sequence, so what is over is not of the gap.
        const inGap = frame.decisions.slice(0, Math.max(0, gap.to - gap.from + 1 - count));
        count += inGap.length;
        decisions = [...decisions, ...inGap].slice(-decisionsMax);
        reached = Math.max(reached, frame.seq);
      }
      if (reached >= gap.to) finish();
    };
  });
}
