/**
 * When the messages of an open loop are due: by the clock alone, whatever has come back. Latency counts from here, so
 * that a stall shows in every message that it delayed ("coordinated omission" otherwise; Tene, "How NOT to Measure
 * Latency", 2013). No clock, no I/O.
 */
export interface Schedule {
  /** Messages in all. */
  readonly total: number;
  /** From the start of the run to the moment at which message `index`, counted from 0, is due. */
  dueMs(index: number): number;
  /** How many are due when this much time has passed; the first one at 0. */
  dueCount(elapsedMs: number): number;
}

export function openLoop(perSecond: number, seconds: number): Schedule {
  const total = Math.round(perSecond * seconds);
  if (!(perSecond > 0 && total > 0))
    throw new Error(`an open loop needs a rate and a time, got ${perSecond}, ${seconds}`);
  return {
    total,
    dueMs: (index) => (index * 1000) / perSecond,
    dueCount: (elapsedMs) => Math.min(total, Math.floor((elapsedMs * perSecond) / 1000) + 1),
  };
}
