/** Keeps work at a steady rate: the n-th piece starts no earlier than n / rate after the first. */
import { pause } from "./shell.ts";

export interface Pacer {
  /** Waits until `count` further pieces may start; at once without a rate. Ends early when `stop` aborts. */
  take(count: number, stop: AbortSignal): Promise<void>;
}

interface PacerTime {
  readonly nowMs: () => number;
  readonly pause: (delayMs: number, stop: AbortSignal) => Promise<void>;
}
/** After a stall, at most so much is made up for at once. */
const CATCH_UP_MAX_MS = 1000;

/** @param ratePerSecond undefined: as fast as it goes. */
export function createPacer(ratePerSecond: number | undefined, time: PacerTime = { nowMs: Date.now, pause }): Pacer {
  if (ratePerSecond === undefined) return { take: async () => {} };
  let dueMs = time.nowMs();
  return {
    async take(count, stop) {
      const waitMs = dueMs - time.nowMs();
      if (waitMs > 0) await time.pause(waitMs, stop);
      dueMs = Math.max(dueMs, time.nowMs() - CATCH_UP_MAX_MS) + (count / ratePerSecond) * 1000;
    },
  };
}
