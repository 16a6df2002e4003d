/**
 * When the page cannot keep up, it asks the server for one decision of `sample` instead of all. A state machine fed once
 * a second: it doubles `sample` after `slowSecondsMax` busy seconds in a row or a second gap within `gapSeconds`, and
 * halves it after `calmSeconds` in which twice the work would still have been easy. No clock inside.
 */
export const OVERLOAD = {
  /** Share of a second spent on frames: above the one it is too much, below the other there is room. */
  busyShare: 0.9,
  calmShare: 0.3,
  slowSecondsMax: 5,
  calmSeconds: 30,
  gapSeconds: 10,
  gapsMax: 2,
  sampleMax: 64,
} as const;

export interface Second {
  /** Share of the last second that went into frames, 0 to 1. */
  readonly busyShare: number;
  /** Gaps that the server announced in it. */
  readonly gaps: number;
}

export interface Overload {
  /** @returns the sample to ask for from now on */
  push(second: Second): number;
  /** The person decided: the sample is this, and it does not fall below it by itself. */
  choose(sample: number): void;
  readonly sample: number;
}

export function overload(initial = 1): Overload {
  let sample = initial;
  let least = initial;
  let slow = 0;
  let calm = 0;
  let gaps: number[] = []; // of the last `gapSeconds`

  function change(to: number): void {
    sample = Math.max(least, Math.min(OVERLOAD.sampleMax, to));
    slow = 0;
    calm = 0;
    gaps = [];
  }
  return {
    push(second) {
      slow = second.busyShare >= OVERLOAD.busyShare ? slow + 1 : 0;
      gaps = [...gaps, second.gaps].slice(-OVERLOAD.gapSeconds);
      const gapCount = gaps.reduce((sum, count) => sum + count, 0);
      calm = second.busyShare < OVERLOAD.calmShare && second.gaps === 0 ? calm + 1 : 0;
      if (slow >= OVERLOAD.slowSecondsMax || gapCount >= OVERLOAD.gapsMax) change(sample * 2);
      else if (calm >= OVERLOAD.calmSeconds && sample > least) change(sample / 2);
      return sample;
    },
    choose(to) {
      least = Math.max(1, Math.min(OVERLOAD.sampleMax, Math.floor(to)));
      change(least);
    },
    get sample() {
      return sample;
    },
  };
}
