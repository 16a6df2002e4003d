/**
 * Ties the pure parts to the page: frames go into them as they arrive, and signals change at most once an animation
 * frame (the list five times a second, tiles and charts once), so a flood costs counting and never drawing.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Decision } from "@sluice/engine";
import { drawLoop } from "./draw-loop.ts";
import { createListView, type ListView } from "./list-view.ts";
import { type Connection, type ConnectionState, connectLive } from "./live/connection.ts";
import { type Gap, type LiveFeed, liveFeed, type Totals } from "./live/feed.ts";
import type { Frame } from "./live/frames.ts";
import { loadGap } from "./live/load-gap.ts";
import { type ChartData, type Pulse, traffic } from "./series/traffic.ts";

const LIST_EVERY_MS = 200;
const GAP_DECISIONS_MAX = 500;

export interface Store {
  readonly connection: ReadonlySignal<ConnectionState>;
  readonly lastSeq: ReadonlySignal<number | undefined>;
  readonly totals: ReadonlySignal<Totals>;
  readonly pulse: ReadonlySignal<Pulse>;
  readonly chart: ReadonlySignal<ChartData>;
  readonly gaps: ReadonlySignal<readonly Gap[]>;
  readonly gapLoading: ReadonlySignal<Gap | undefined>;
  /** The last decision that arrived, for the hashes in force. */
  readonly latest: ReadonlySignal<Decision | undefined>;
  readonly isSynthetic: ReadonlySignal<boolean>;
  /** The server began a new ledger; true until the person has read so. */
  readonly restarted: Signal<boolean>;
  readonly list: ListView;
  showGap(gap: Gap): void;
  dismissGap(gap: Gap): void;
  reconnect(): void;
}

/** @param base address of the page; the server's paths are beside it. */
export function createStore(base: string): Store {
  const feed = liveFeed();
  const list = createListView();
  const series = traffic();
  let newest: Decision | undefined;
  const connection = signal<ConnectionState>({ kind: "connecting" });
  const lastSeq = signal<number | undefined>(undefined);
  const totals = signal(feed.totals);
  const pulse = signal(series.pulse(Date.now()));
  const chart = signal(series.chart(Date.now()));
  const gaps = signal<readonly Gap[]>([]);
  const gapLoading = signal<Gap | undefined>(undefined);
  const latest = signal<Decision | undefined>(undefined);
  const isSynthetic = signal(false);
  const restarted = signal(false);

  function drawNumbers(): void {
    lastSeq.value = feed.lastSeq;
    totals.value = feed.totals;
    gaps.value = [...feed.gaps];
    latest.value = newest;
    if (newest?.synthetic) isSynthetic.value = true;
  }
  const changed = drawLoop({ drawFast: drawNumbers, drawSlow: list.draw, slowEveryMs: LIST_EVERY_MS });

  function onFrame(frame: Frame): void {
    const step = feed.push(frame);
    if (step.restarted) {
      list.clear();
      series.clear();
      restarted.value = true;
    }
    const nowMs = Date.now();
    for (const decision of step.decisions) series.take(decision, nowMs);
    list.take(step.decisions, nowMs);
    newest = step.decisions.at(-1) ?? newest;
    changed();
  }
  async function showGap(gap: Gap): Promise<void> {
    gapLoading.value = gap;
    const loaded = await loadGap(liveUrl(base, gap.from - 1), gap, GAP_DECISIONS_MAX);
    gapLoading.value = undefined;
    feed.closeGap(gap);
    list.showLoaded(gap, loaded);
    changed();
  }
  const live = openLive(base, feed, connection, onFrame);
  setInterval(() => {
    const nowMs = Date.now();
    chart.value = series.chart(nowMs);
    pulse.value = series.pulse(nowMs);
    list.drawSampling(nowMs);
  }, 1000);
  return {
    ...{ connection, lastSeq, totals, pulse, chart, gaps, gapLoading, latest, isSynthetic, restarted, list },
    showGap: (gap) => void showGap(gap),
    dismissGap(gap) {
      feed.closeGap(gap);
      changed();
    },
    reconnect: live.retryNow,
  };
}

function openLive(
  base: string,
  feed: LiveFeed,
  connection: Signal<ConnectionState>,
  onFrame: (frame: Frame) => void,
): Connection {
  const live = connectLive({
    url: (since) => liveUrl(base, since),
    lastSeq: () => feed.lastSeq,
    onFrame,
    onState: (state) => {
      connection.value = state;
    },
  });
  addEventListener("online", live.retryNow);
  return live;
}

function liveUrl(base: string, since: number | undefined): string {
  const url = new URL("live", base);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  if (since !== undefined) url.searchParams.set("since", String(since));
  return url.href;
}
