/**
 * Watermark: the event time before which nothing more is expected. It is the largest event time seen, over all sources,
 * less the bounded disorder, and never goes back. One clock for all sources, so an idle one holds nothing back.
 * An event further than `aheadMaxMs` ahead of the clock does not move it: one stray 2099 must not make all others late.
 * With no event for `idleAfterMs` it goes on at the clock's pace, so that the last windows of a quiet hour still fire.
 */
export interface WatermarkOptions {
  readonly disorderMs: number;
  readonly aheadMaxMs: number;
  readonly idleAfterMs: number;
}

export interface Watermark {
  /** False when the event is too far ahead of the clock. */
  observe(eventTimeMs: number, nowMs: number): boolean;
  /** Time passed, perhaps without events. */
  tick(nowMs: number): void;
  /** -Infinity before the first event. */
  readonly valueMs: number;
}

export function createWatermark(options: WatermarkOptions, initialMs = -Infinity): Watermark {
  const { disorderMs, aheadMaxMs, idleAfterMs } = options;
  let valueMs = initialMs;
  let heardMs = Number.NaN; // processing time of the last event
  let valueWhenHeardMs = valueMs;
  return {
    observe(eventTimeMs, nowMs) {
      if (eventTimeMs > nowMs + aheadMaxMs) return false;
      valueMs = Math.max(valueMs, eventTimeMs - disorderMs);
      heardMs = nowMs;
      valueWhenHeardMs = valueMs;
      return true;
    },
    tick(nowMs) {
      const idleMs = nowMs - heardMs;
      if (idleMs >= idleAfterMs) valueMs = Math.max(valueMs, valueWhenHeardMs + idleMs);
    },
    get valueMs() {
      return valueMs;
    },
  };
}
