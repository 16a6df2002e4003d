/** Keeps work at a steady rate: the n-th piece starts no earlier than n / rate after the first. */
import { pause } from "./shell.ts";

export interface Pacer {
  /** Waits until `count` further pieces may start; at once without a rate. Ends early when `stop` aborts. */
  take(count: number, stop: AbortSignal): Promise<void>;
}

/** @param ratePerSecond undefined: as fast as it goes. */
export function createPacer(ratePerSecond: number | undefined, nowMs: () => number = Date.now): Pacer {
  if (ratePerSecond === undefined) return { take: async () => {} };
  let dueMs = nowMs();
  return {
    async take(count, stop) {
      const waitMs = dueMs - nowMs();
      if (waitMs > 0) await pause(waitMs, stop);
      // Never catch up after a stall by a burst.
      dueMs = Math.max(dueMs, nowMs() - 1000) + (count / ratePerSecond) * 1000;
    },
  };
}
