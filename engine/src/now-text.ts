/**
 * The clock's time as RFC 3339, for events that come a few microseconds apart: the clock is asked again a fifth of a
 * millisecond after it was asked last, and the text is made anew only when the millisecond has changed.
 */
import type { Clock } from "./contracts.ts";

const ASK_AGAIN_US = 200;

/** @returns the text by the monotonic microseconds that the caller has at hand. */
export function createNowText(clock: Clock): (monotonicUs: number) => string {
  let askedUs = Number.NEGATIVE_INFINITY;
  let lastMs = Number.NaN;
  let text = "";
  return (monotonicUs) => {
    if (monotonicUs >= askedUs && monotonicUs < askedUs + ASK_AGAIN_US) return text;
    askedUs = monotonicUs;
    const nowMs = clock.nowMs();
    if (nowMs !== lastMs) {
      lastMs = nowMs;
      text = new Date(nowMs).toISOString();
    }
    return text;
  };
}
