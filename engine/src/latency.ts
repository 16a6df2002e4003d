/** Latencies as a DDSketch (Masson, Rim, Lee, VLDB 2019): quantiles within 1 % of the value, in bounded memory. */
import { DDSketch } from "@datadog/sketches-js";
import type { LatencySummary } from "./contracts.ts";

/** The sketch takes a logarithm for each value; counting is twenty times cheaper and loses nothing (measured). */
const USUAL_BELOW_US = 16_384;

export interface Latencies {
  accept(latencyUs: number): void;
  summary(): LatencySummary;
}

export function createLatencies(): Latencies {
  const sketch = new DDSketch({ relativeAccuracy: 0.01 });
  /** Of the usual latencies, how often each came since they were last put into the sketch, by whole microsecond. */
  const usual = new Float64Array(USUAL_BELOW_US);
  const quantile = (q: number) => Math.round(sketch.getValueAtQuantile(q));
  return {
    accept(latencyUs) {
      if (Number.isInteger(latencyUs) && latencyUs >= 0 && latencyUs < USUAL_BELOW_US) {
        usual[latencyUs] = (usual[latencyUs] as number) + 1;
      } else sketch.accept(latencyUs);
    },
    summary() {
      for (const [latencyUs, count] of usual.entries()) if (count > 0) sketch.accept(latencyUs, count);
      usual.fill(0);
      const count = sketch.count;
      if (count === 0) return { count, p50: 0, p90: 0, p99: 0, max: 0 };
      return { count, p50: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99), max: sketch.max };
    },
  };
}
