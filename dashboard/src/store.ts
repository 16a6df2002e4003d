/**
 * Ties the pure parts to the page: frames go into them as they arrive, and signals change at most once an animation
 * frame (the list five times a second, tiles and charts once), so a flood costs counting and never drawing.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Decision } from "@sluice/engine";
import { ACTIONS } from "./decisions/actions.ts";
import { type Filter, readFilter, writeFilter } from "./decisions/filter.ts";
import { liveList, type Row, type Sampling } from "./decisions/live-list.ts";
import { type ConnectionState, connectLive } from "./live/connection.ts";
import { type Gap, liveFeed, type Totals } from "./live/feed.ts";
import type { Frame } from "./live/frames.ts";
import { loadGap } from "./live/load-gap.ts";
import { latencySeries } from "./series/latency-series.ts";
import { rateSeries } from "./series/rate-series.ts";

export const CHART_SECONDS = 300;
/** A chart of a page just opened shows this much, then grows. */
const CHART_SECONDS_MIN = 60;
/** Seconds that the tiles for rate and latency look back. */
export const TILE_SECONDS = { rate: 5, latency: 30 } as const;
const LIST_EVERY_MS = 200;
const GAP_DECISIONS_MAX = 500;

/** What the charts draw, oldest second first. `undefined` latencies: nothing was decided in that second. */
export interface ChartData {
  readonly seconds: readonly number[];
  readonly counts: readonly (readonly number[])[];
  readonly p50Us: readonly (number | undefined)[];
  readonly p99Us: readonly (number | undefined)[];
}

export interface Pulse {
  readonly perSecond: number;
  readonly p50Us: number | undefined;
  readonly p99Us: number | undefined;
}

/** What the list shows: what arrives, a moment that was held, or decisions loaded for a gap. */
export type ListMode =
  | { readonly kind: "live" }
  | { readonly kind: "paused"; readonly arrived: number }
  | {
      readonly kind: "gap";
      readonly gap: Gap;
      readonly count: number;
      readonly isComplete: boolean;
      readonly arrived: number;
    };

export type HoldReason = "pointer" | "scroll";

export interface Store {
  readonly connection: ReadonlySignal<ConnectionState>;
  readonly lastSeq: ReadonlySignal<number | undefined>;
  readonly totals: ReadonlySignal<Totals>;
  readonly pulse: ReadonlySignal<Pulse>;
  readonly chart: ReadonlySignal<ChartData>;
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly sampling: ReadonlySignal<Sampling>;
  readonly mode: ReadonlySignal<ListMode>;
  readonly gaps: ReadonlySignal<readonly Gap[]>;
  readonly gapLoading: ReadonlySignal<Gap | undefined>;
  readonly isSynthetic: ReadonlySignal<boolean>;
  /** Hashes of the last decision that arrived. */
  readonly hashes: ReadonlySignal<{ readonly policy: string; readonly pack: string } | undefined>;
  readonly restarted: Signal<boolean>;
  readonly organisations: ReadonlySignal<readonly string[]>;
  readonly categories: ReadonlySignal<readonly string[]>;
  readonly filter: ReadonlySignal<Filter>;
  setFilter(filter: Filter): void;
  /** Keeps the rows still while the person points at them or has scrolled away from the newest. */
  readonly holdReason: ReadonlySignal<"none" | HoldReason>;
  hold(reason: HoldReason, isHeld: boolean): void;
  pause(): void;
  resume(): void;
  showGap(gap: Gap): void;
  dismissGap(gap: Gap): void;
  reconnect(): void;
  find(eventId: string, organisation: string): Decision | undefined;
}

/** @param base address of the page; the server's paths are beside it. */
export function createStore(base: string): Store {
  const feed = liveFeed();
  const list = liveList();
  const rates = rateSeries(CHART_SECONDS + 10);
  const latencies = latencySeries(CHART_SECONDS + 10);
  const seen = { organisations: new Set<string>(), categories: new Set<string>(), namesMax: 200 };
  let clockAheadMs = Number.NEGATIVE_INFINITY; // the server's clock against ours, from the decision that came fastest
  let firstSecond = Number.POSITIVE_INFINITY; // the charts begin here and grow
  let arrivedWhileHeld = 0;
  let latest: Decision | undefined;

  const connection = signal<ConnectionState>({ kind: "connecting" });
  const lastSeq = signal<number | undefined>(undefined);
  const totals = signal(feed.totals);
  const pulse = signal<Pulse>({ perSecond: 0, p50Us: undefined, p99Us: undefined });
  const chart = signal<ChartData>(emptyChart());
  const rows = signal<readonly Row[]>([]);
  const sampling = signal<Sampling>({ admitted: 0, arrived: 0 });
  const mode = signal<ListMode>({ kind: "live" });
  const gaps = signal<readonly Gap[]>([]);
  const gapLoading = signal<Gap | undefined>(undefined);
  const isSynthetic = signal(false);
  const hashes = signal<{ policy: string; pack: string } | undefined>(undefined);
  const restarted = signal(false);
  const organisations = signal<readonly string[]>([]);
  const categories = signal<readonly string[]>([]);
  const holds = new Set<HoldReason>();
  const holdReason = signal<"none" | HoldReason>("none");
  const filter = signal(readFilter(location.search));
  list.setFilter(filter.value);

  function take(decision: Decision, nowMs: number): void {
    const decidedMs = Date.parse(decision.decided_at);
    clockAheadMs = Math.max(clockAheadMs, Math.min(decidedMs - nowMs, 86_400_000));
    const second = Math.floor(decidedMs / 1000);
    if (second >= 0) {
      firstSecond = Math.min(firstSecond, second);
      rates.add(second, decision.action);
      latencies.add(second, decision.latency_us);
    }
    list.add(decision, nowMs);
    if (seen.organisations.size < seen.namesMax) seen.organisations.add(decision.org_id);
    for (const side of [decision.scores.prompt, decision.scores.completion]) {
      for (const category in side) if (seen.categories.size < seen.namesMax) seen.categories.add(category);
    }
  }
  function onFrame(frame: Frame): void {
    const step = feed.push(frame);
    if (step.restarted) {
      for (const part of [list, rates, latencies]) part.clear();
      clockAheadMs = Number.NEGATIVE_INFINITY;
      restarted.value = true;
    }
    const nowMs = Date.now();
    for (const decision of step.decisions) take(decision, nowMs);
    arrivedWhileHeld += step.decisions.length;
    latest = step.decisions.at(-1) ?? latest;
    schedule();
  }

  let scheduled = false;
  let drawnListMs = 0;
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame((frameMs) => {
      scheduled = false;
      drawNumbers();
      if (frameMs - drawnListMs >= LIST_EVERY_MS) {
        drawnListMs = frameMs;
        drawList();
      } else setTimeout(schedule, LIST_EVERY_MS);
    });
  }
  function drawNumbers(): void {
    lastSeq.value = feed.lastSeq;
    totals.value = feed.totals;
    gaps.value = [...feed.gaps];
    if (latest === undefined) return;
    if (latest.synthetic) isSynthetic.value = true;
    if (hashes.value?.policy !== latest.policy || hashes.value.pack !== latest.pack) {
      hashes.value = { policy: latest.policy, pack: latest.pack };
    }
  }
  function drawList(): void {
    const shown = mode.value;
    if (shown.kind === "live") {
      if (holds.size === 0) rows.value = list.rows();
    } else mode.value = { ...shown, arrived: arrivedWhileHeld };
    if (seen.organisations.size !== organisations.value.length) organisations.value = [...seen.organisations].sort();
    if (seen.categories.size !== categories.value.length) categories.value = [...seen.categories].sort();
  }
  function everySecond(): void {
    const serverMs = Date.now() + (Number.isFinite(clockAheadMs) ? clockAheadMs : 0);
    const second = Math.floor(serverMs / 1000) - 1; // the last whole one
    chart.value = chartUpTo(second);
    pulse.value = {
      perSecond: rates.mean(second, TILE_SECONDS.rate),
      p50Us: latencies.percentile(0.5, second, TILE_SECONDS.latency),
      p99Us: latencies.percentile(0.99, second, TILE_SECONDS.latency),
    };
    sampling.value = list.sampling(Date.now());
  }
  function chartUpTo(endSecond: number): ChartData {
    firstSecond = Math.min(firstSecond, endSecond);
    const length = Math.min(CHART_SECONDS, Math.max(CHART_SECONDS_MIN, endSecond - firstSecond + 1));
    const seconds = lastSeconds(endSecond, length);
    return {
      seconds,
      counts: rates.columns(endSecond, length),
      p50Us: seconds.map((second) => latencies.percentile(0.5, second, 1)),
      p99Us: seconds.map((second) => latencies.percentile(0.99, second, 1)),
    };
  }
  function switchTo(next: ListMode): void {
    arrivedWhileHeld = 0;
    mode.value = next;
  }
  async function showGap(gap: Gap): Promise<void> {
    gapLoading.value = gap;
    const loaded = await loadGap(liveUrl(base, gap.from - 1), gap, GAP_DECISIONS_MAX);
    gapLoading.value = undefined;
    feed.closeGap(gap);
    switchTo({ kind: "gap", gap, count: loaded.count, isComplete: loaded.isComplete, arrived: 0 });
    rows.value = loaded.decisions.map((decision, index) => ({ ordinal: -1 - index, decision })).reverse();
    schedule();
  }

  const live = connectLive({
    url: (since) => liveUrl(base, since),
    lastSeq: () => feed.lastSeq,
    onFrame,
    onState: (state) => {
      connection.value = state;
    },
  });
  setInterval(everySecond, 1000);
  addEventListener("online", () => live.retryNow());

  return {
    ...{ connection, lastSeq, totals, pulse, chart, rows, sampling, mode, gaps, gapLoading, isSynthetic, hashes },
    ...{ restarted, organisations, categories, holdReason, filter },
    setFilter(next) {
      filter.value = next;
      list.setFilter(next);
      const query = writeFilter(next, location.search);
      history.replaceState(null, "", query === "" ? location.pathname : `?${query}`);
      if (mode.value.kind !== "gap") rows.value = list.rows();
    },
    hold(reason, isHeld) {
      if (isHeld) holds.add(reason);
      else holds.delete(reason);
      holdReason.value = holds.has("scroll") ? "scroll" : holds.has("pointer") ? "pointer" : "none";
      schedule();
    },
    pause() {
      if (mode.value.kind === "live") switchTo({ kind: "paused", arrived: 0 });
    },
    resume() {
      mode.value = { kind: "live" };
      rows.value = list.rows();
    },
    showGap: (gap) => void showGap(gap),
    dismissGap(gap) {
      feed.closeGap(gap);
      schedule();
    },
    reconnect: () => live.retryNow(),
    find: list.find,
  };
}

function liveUrl(base: string, since: number | undefined): string {
  const url = new URL("live", base);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  if (since !== undefined) url.searchParams.set("since", String(since));
  return url.href;
}

function lastSeconds(endSecond: number, length: number): number[] {
  return Array.from({ length }, (_none, index) => endSecond - length + 1 + index);
}

function emptyChart(): ChartData {
  const endSecond = Math.floor(Date.now() / 1000) - 1;
  const seconds = lastSeconds(endSecond, CHART_SECONDS_MIN);
  const nothing = seconds.map(() => undefined);
  const zeros = seconds.map(() => 0);
  return { seconds, counts: ACTIONS.map(() => zeros), p50Us: nothing, p99Us: nothing };
}
