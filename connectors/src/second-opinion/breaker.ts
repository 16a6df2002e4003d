/**
 * Leaves a judge alone after faults in a row: closed, then open for a while that doubles with each vain trial, then one
 * trial call. Pure; time is handed in.
 */
export interface BreakerOptions {
  /** Faults in a row that open it. */
  readonly faultsMax: number;
  /** For the first time; at most `pauseMsMax` later. */
  readonly pauseMs: number;
  readonly pauseMsMax: number;
}

export interface Breaker {
  /** True: a call may be made now, and its end must be told. */
  allows(nowMs: number): boolean;
  succeeded(): void;
  /** @returns whether it opened by this. `retryAfterMs`: the judge said itself how long it wants to be left alone. */
  failed(nowMs: number, retryAfterMs?: number): boolean;
  /** The call ended without saying anything of the judge. */
  ended(): void;
  /** 0 when it is closed or a trial is due. */
  pausedMs(nowMs: number): number;
  readonly isOpen: boolean;
}

export function createBreaker({ faultsMax, pauseMs, pauseMsMax }: BreakerOptions): Breaker {
  let faults = 0;
  let opened = 0; // how often in a row
  let untilMs = Number.NEGATIVE_INFINITY;
  let isTrying = false;
  return {
    allows(nowMs) {
      if (opened === 0) return true;
      if (nowMs < untilMs || isTrying) return false;
      isTrying = true;
      return true;
    },
    succeeded() {
      faults = 0;
      opened = 0;
      isTrying = false;
    },
    failed(nowMs, retryAfterMs) {
      faults += 1;
      const wasOpen = opened > 0;
      if (wasOpen && !isTrying) return false; // a call from before it opened
      isTrying = false;
      if (!wasOpen && faults < faultsMax && retryAfterMs === undefined) return false;
      const pause = Math.max(pauseMs * 2 ** Math.min(opened, 20), retryAfterMs ?? 0);
      untilMs = nowMs + Math.min(pause, pauseMsMax);
      opened += 1;
      return true;
    },
    ended() {
      isTrying = false;
    },
    pausedMs: (nowMs) => (opened === 0 ? 0 : Math.max(0, untilMs - nowMs)),
    get isOpen() {
      return opened > 0;
    },
  };
}
