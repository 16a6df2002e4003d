/**
 * Latencies as a DDSketch (Masson, Rim, Lee, VLDB 2019): quantiles within 1 % of the value, in bounded memory; and as a
 * histogram of fixed bounds, which can be added up over processes.
 */
import { DDSketch } from "@datadog/sketches-js";
import type { HistogramSample, LatencySummary } from "./contracts.ts";
import { createHistogram } from "./histogram.ts";

/** The sketch takes a logarithm for each value; counting is twenty times cheaper and loses nothing (measured). */
const USUAL_BELOW_US = 16_384;
/** Seconds. An event takes tens of microseconds; a long text hundreds; from a millisecond on something is wrong. */
const BOUNDS = [5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 0.1, 1] as const;
const US_A_SECOND = 1e6;

export interface Latencies {
  accept(latencyUs: number): void;
  summary(): LatencySummary;
  /** In seconds. */
  histogram(): HistogramSample;
  /** As if none had come. */
  clear(): void;
}

export function createLatencies(): Latencies {
  const emptySketch = () => new DDSketch({ relativeAccuracy: 0.01 });
  let sketch = emptySketch();
  let histogram = createHistogram(BOUNDS);
  /** Of the usual latencies, how often each came since they were last put into the sketch, by whole microsecond. */
  const usual = new Float64Array(USUAL_BELOW_US);
  const quantile = (q: number) => Math.round(sketch.getValueAtQuantile(q));

  function put(latencyUs: number, count: number): void {
    sketch.accept(latencyUs, count);
    histogram.observe(latencyUs / US_A_SECOND, count);
  }
  function putUsual(): void {
    for (const [latencyUs, count] of usual.entries()) if (count > 0) put(latencyUs, count);
    usual.fill(0);
  }
  return {
    accept(latencyUs) {
      if (Number.isInteger(latencyUs) && latencyUs >= 0 && latencyUs < USUAL_BELOW_US) {
        usual[latencyUs] = (usual[latencyUs] as number) + 1;
      } else put(latencyUs, 1);
    },
    summary() {
      putUsual();
      const count = sketch.count;
      if (count === 0) return { count, p50: 0, p90: 0, p99: 0, max: 0 };
      return { count, p50: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99), max: sketch.max };
    },
    histogram() {
      putUsual();
      return histogram.sample();
    },
    clear() {
      usual.fill(0);
      sketch = emptySketch();
      histogram = createHistogram(BOUNDS);
    },
  };
}
