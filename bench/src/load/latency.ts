/** Latencies of a run in an HDR histogram: three significant digits from a nanosecond to a minute, bounded memory. */
import { build } from "hdr-histogram-js";

const NANOS_PER_MS = 1e6;
const LATENCY_MAX_NS = 60_000 * NANOS_PER_MS;
const SHARES = { p50: 50, p90: 90, p99: 99, p999: 99.9, max: 100 } as const;

/** In milliseconds. */
export type LatencySummary = Readonly<Record<keyof typeof SHARES, number>>;

export interface LatencyRecorder {
  /** Longer than a minute counts as a minute. */
  recordMs(latencyMs: number): void;
  readonly count: number;
  /** @throws {Error} when nothing was recorded */
  summary(): LatencySummary;
}

export function latencyRecorder(): LatencyRecorder {
  const histogram = build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: LATENCY_MAX_NS,
    numberOfSignificantValueDigits: 3,
  });
  return {
    recordMs(latencyMs) {
      histogram.recordValue(Math.min(LATENCY_MAX_NS, Math.max(0, Math.round(latencyMs * NANOS_PER_MS))));
    },
    get count() {
      return histogram.totalCount;
    },
    summary() {
      if (histogram.totalCount === 0) throw new Error("no latency was recorded");
      const named = Object.entries(SHARES).map(([name, share]) => {
        const ms = histogram.getValueAtPercentile(share) / NANOS_PER_MS;
        return [name, Number(ms.toPrecision(4))];
      });
      return Object.fromEntries(named) as LatencySummary;
    },
  };
}
