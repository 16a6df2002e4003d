/**
 * What the tiles and charts say of the last minutes: rate by action and latencies, by the server's clock. How far that
 * clock is ahead of ours is taken from the decision that came fastest, so a page on another machine draws no empty end.
 */
import type { Decision } from "@sluice/engine";
import { latencySeries } from "./latency-series.ts";
import { rateSeries } from "./rate-series.ts";

/** A chart of a page just opened shows the least, then grows to the most. */
export const CHART_SECONDS = { least: 60, most: 300 } as const;
/** Seconds that the tiles for rate and latency look back. */
export const TILE_SECONDS = { rate: 5, latency: 30 } as const;
const SHARES = [0.5, 0.9, 0.99] as const;
const CLOCK_AHEAD_MS_MAX = 86_400_000;

/** What the charts draw, oldest second first. `undefined` latencies: nothing was decided in that second. */
export interface ChartData {
  readonly seconds: readonly number[];
  /** Of the first decision that came; Infinity before it. */
  readonly firstSecond: number;
  /** One row an action, in order of severity. */
  readonly counts: readonly (readonly number[])[];
  readonly p50Us: readonly (number | undefined)[];
  readonly p90Us: readonly (number | undefined)[];
  readonly p99Us: readonly (number | undefined)[];
}

export interface Pulse {
  readonly perSecond: number;
  readonly p50Us: number | undefined;
  readonly p90Us: number | undefined;
  readonly p99Us: number | undefined;
}

export interface Traffic {
  /**
   * @param nowMs our clock when the decision arrived
   * @param weight how many decisions this one stands for when the feed is sampled
   */
  take(decision: Decision, nowMs: number, weight?: number): void;
  /** Up to the last whole second. */
  chart(nowMs: number): ChartData;
  pulse(nowMs: number): Pulse;
  clear(): void;
}

export function traffic(): Traffic {
  const rates = rateSeries(CHART_SECONDS.most + 10);
  const latencies = latencySeries(CHART_SECONDS.most + 10);
  let clockAheadMs = Number.NEGATIVE_INFINITY;
  let firstSecond = Number.POSITIVE_INFINITY;
  let lastWord = "";
  let decidedMs = Number.NaN;
  const lastWhole = (nowMs: number) =>
    Math.floor((nowMs + (Number.isFinite(clockAheadMs) ? clockAheadMs : 0)) / 1000) - 1;

  return {
    take(decision, nowMs, weight = 1) {
      if (decision.decided_at !== lastWord) {
        lastWord = decision.decided_at; // many decisions share their millisecond, and parsing is the costly part
        decidedMs = Date.parse(lastWord);
      }
      const second = Math.floor(decidedMs / 1000);
      if (!(second >= 0)) return;
      clockAheadMs = Math.max(clockAheadMs, Math.min(decidedMs - nowMs, CLOCK_AHEAD_MS_MAX));
      firstSecond = Math.min(firstSecond, second);
      rates.add(second, decision.action, weight);
      latencies.add(second, decision.latency_us, weight);
    },
    chart(nowMs) {
      const end = lastWhole(nowMs);
      const length = Math.min(CHART_SECONDS.most, Math.max(CHART_SECONDS.least, end - firstSecond + 1));
      const seconds = Array.from({ length }, (_none, index) => end - length + 1 + index);
      const each = seconds.map((second) => latencies.percentiles(SHARES, second, 1));
      const column = (index: number) => each.map((percentiles) => percentiles[index]);
      return {
        seconds,
        firstSecond,
        counts: rates.columns(end, length),
        p50Us: column(0),
        p90Us: column(1),
        p99Us: column(2),
      };
    },
    pulse(nowMs) {
      const end = lastWhole(nowMs);
      const [p50Us, p90Us, p99Us] = latencies.percentiles(SHARES, end, TILE_SECONDS.latency);
      return { perSecond: rates.mean(end, TILE_SECONDS.rate), p50Us, p90Us, p99Us };
    },
    clear() {
      rates.clear();
      latencies.clear();
      clockAheadMs = Number.NEGATIVE_INFINITY;
      firstSecond = Number.POSITIVE_INFINITY;
    },
  };
}
