/** Latencies as a DDSketch (Masson, Rim, Lee, VLDB 2019): quantiles within 1 % of the value, in bounded memory. */
import { DDSketch } from "@datadog/sketches-js";
import type { LatencySummary } from "./contracts.ts";

export interface Latencies {
  accept(latencyUs: number): void;
  summary(): LatencySummary;
}

export function createLatencies(): Latencies {
  const sketch = new DDSketch({ relativeAccuracy: 0.01 });
  const quantile = (q: number) => Math.round(sketch.getValueAtQuantile(q));
  return {
    accept: (latencyUs) => sketch.accept(latencyUs),
    summary() {
      const count = sketch.count;
      if (count === 0) return { count, p50: 0, p90: 0, p99: 0, max: 0 };
      return { count, p50: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99), max: sketch.max };
    },
  };
}
