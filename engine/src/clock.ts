/** The clock of a running system. Tests pass their own, so that a run is a function of its input. */
import type { Clock } from "./contracts.ts";

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicUs: () => performance.now() * 1000,
};
