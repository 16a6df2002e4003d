/** A token bucket: so many calls a minute, and as many at once. Pure; time is handed in. */
export interface Budget {
  /** True: the call is paid for. */
  take(nowMs: number): boolean;
}

const MINUTE_MS = 60_000;

export function createBudget(callsPerMinuteMax: number): Budget {
  let tokens = callsPerMinuteMax;
  let filledAtMs = Number.NaN;
  return {
    take(nowMs) {
      const passedMs = Number.isNaN(filledAtMs) ? 0 : Math.max(0, nowMs - filledAtMs);
      tokens = Math.min(callsPerMinuteMax, tokens + (passedMs * callsPerMinuteMax) / MINUTE_MS);
      filledAtMs = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
