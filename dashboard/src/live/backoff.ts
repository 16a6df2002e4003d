/** How long to wait before the next try: doubling, bounded, with jitter so that many pages do not come back at once. */
export const BACKOFF = { firstMs: 500, longestMs: 15_000, attemptsMax: 12 } as const;

/**
 * @param attempt failed tries so far, from 1
 * @param random in [0, 1)
 * @returns milliseconds, between half of the step and the whole of it
 */
export function backoffMs(attempt: number, random: number): number {
  const stepMs = Math.min(BACKOFF.longestMs, BACKOFF.firstMs * 2 ** (Math.max(1, attempt) - 1));
  return Math.round(stepMs * (0.5 + random / 2));
}
