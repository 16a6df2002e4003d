/**
 * Windows and alerts for whoever listens at the moment: core publishes, kept nowhere. Whoever needs all of them reads
 * `/live` or the ledger.
 */
import type { WindowResult } from "@sluice/engine";
import type { NatsNotices, NatsNoticesOptions } from "./contracts.ts";
import { AGGREGATES_PREFIX, ALERTS_PREFIX } from "./subjects.ts";

export function publishNatsNotices({ link, windows$ }: NatsNoticesOptions): NatsNotices {
  const running = windows$.subscribe((results) => {
    for (const result of results) link.publish(`${AGGREGATES_PREFIX}${windowName(result)}`, JSON.stringify(result));
  });
  let isClosed = false;
  return {
    alert(alert) {
      if (!isClosed) link.publish(`${ALERTS_PREFIX}${alert.severity}`, JSON.stringify(alert));
    },
    close() {
      isClosed = true;
      running.unsubscribe();
    },
  };
}

const UNITS = [
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;

/** `10s`, `1m`, `1h`. */
function windowName({ sizeMs }: Pick<WindowResult, "sizeMs">): string {
  for (const [unit, ms] of UNITS) if (sizeMs >= ms && sizeMs % ms === 0) return `${sizeMs / ms}${unit}`;
  return `${sizeMs}ms`;
}
