/** A histogram as Prometheus wants it: how many values were at most each bound, and their sum. Never allocates. */
import type { HistogramSample } from "./contracts.ts";

export interface Histogram {
  /** @param count how many values of this size */
  observe(value: number, count?: number): void;
  sample(labels?: Readonly<Record<string, string>>): HistogramSample;
}

/** @param bounds rising */
export function createHistogram(bounds: readonly number[]): Histogram {
  const counts = new Float64Array(bounds.length + 1); // the last one: above every bound
  let sum = 0;
  return {
    observe(value, count = 1) {
      let at = 0;
      while (at < bounds.length && value > (bounds[at] as number)) at += 1;
      counts[at] = (counts[at] as number) + count;
      sum += value * count;
    },
    sample(labels = {}) {
      let below = 0;
      const buckets = bounds.map((upTo, at) => {
        below += counts[at] as number;
        return { upTo, count: below };
      });
      return { labels, buckets, sum, count: below + (counts[bounds.length] as number) };
    },
  };
}
