/**
 * Alerts on their way to live readers. Invariant: one fault that repeats floods nobody: within `coalesceMs` alerts of the
 * same code become one with their counts summed, and `recentMax` of the newest are kept for readers who come later.
 */
import type { Alert } from "@sluice/engine";

export const LIVE_ALERTS = { coalesceMs: 1_000, recentMax: 32 } as const;

export interface LiveAlerts {
  push(alert: Alert): void;
  /** Those that were published, oldest first. */
  readonly recent: readonly Alert[];
  /** Publishes what waits, then nothing more. */
  close(): void;
}

/** The first alert after a quiet `coalesceMs` is published at once. */
export function liveAlerts(publish: (alerts: readonly Alert[]) => void, options = LIVE_ALERTS): LiveAlerts {
  const waiting = new Map<Alert["code"], Alert>(); // bounded: codes are a closed union
  let recent: readonly Alert[] = [];
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    timer = undefined;
    if (waiting.size === 0) return;
    const alerts = [...waiting.values()];
    waiting.clear();
    recent = [...recent, ...alerts].slice(-options.recentMax);
    publish(alerts);
    timer = setTimeout(flush, options.coalesceMs);
    timer.unref();
  }
  return {
    push(alert) {
      const count = (waiting.get(alert.code)?.count ?? 0) + alert.count;
      waiting.set(alert.code, { ...alert, count });
      if (timer === undefined) flush();
    },
    get recent() {
      return recent;
    },
    close() {
      clearTimeout(timer);
      flush();
      clearTimeout(timer);
    },
  };
}
