/**
 * How long to wait before the next try: exponential, with full jitter above a half, so that many sources that lost the
 * same peer do not come back in the same moment.
 */
export interface BackoffOptions {
  readonly backoffFirstMs: number;
  readonly backoffMaxMs: number;
  /** 0 to below 1. */
  readonly random: () => number;
}

/** @param failures in a row, from 1 */
export function backoffMs(failures: number, { backoffFirstMs, backoffMaxMs, random }: BackoffOptions): number {
  const wholeMs = Math.min(backoffMaxMs, backoffFirstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(wholeMs * (0.5 + random() / 2));
}
