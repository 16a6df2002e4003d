/**
 * What the worker tells, as signals. They change at most once an animation frame (the list five times a second, panels
 * once a second), so a flood costs this thread a few small messages and no drawing.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { WindowResult } from "@sluice/engine";
import type { Address } from "./address.ts";
import { drawLoop } from "./draw-loop.ts";
import { createListView, type ListView } from "./list-view.ts";
import type { ConnectionState } from "./live/connection.ts";
import type { Gap } from "./live/feed.ts";
import type { LiveAlert } from "./live/frames.ts";
import type { Command, Message, Numbers, Series } from "./worker/messages.ts";

const LIST_EVERY_MS = 200;
const ALERTS_MAX = 50;

export interface Store {
  readonly connection: ReadonlySignal<ConnectionState>;
  /** Undefined until the first message. */
  readonly numbers: ReadonlySignal<Numbers | undefined>;
  readonly series: ReadonlySignal<Series | undefined>;
  /** Newest first. */
  readonly alerts: ReadonlySignal<readonly LiveAlert[]>;
  /** The newest window of each size, shortest first. */
  readonly windows: ReadonlySignal<readonly WindowResult[]>;
  readonly gapLoading: ReadonlySignal<Gap | undefined>;
  /** The server began a new ledger; true until the person has read so. */
  readonly restarted: Signal<boolean>;
  /** The worker could not be started or has failed: nothing here is live. */
  readonly fault: ReadonlySignal<string | undefined>;
  readonly list: ListView;
  showGap(gap: Gap): void;
  dismissGap(gap: Gap): void;
  setSample(sample: number): void;
  reconnect(): void;
}

/** @param base address of the page; the server's paths are beside it. */
export function createStore(base: string, { filter, sample }: Address): Store {
  const worker = new Worker(new URL("./worker/worker.ts", import.meta.url), { type: "module" });
  const tell = (command: Command) => worker.postMessage(command);
  const list = createListView(filter, (next, version) => tell({ kind: "filter", filter: next, version }));
  let latest: Numbers | undefined;
  const connection = signal<ConnectionState>({ kind: "connecting" });
  const numbers = signal<Numbers | undefined>(undefined);
  const series = signal<Series | undefined>(undefined);
  const alerts = signal<readonly LiveAlert[]>([]);
  const windows = signal<readonly WindowResult[]>([]);
  const gapLoading = signal<Gap | undefined>(undefined);
  const restarted = signal(false);
  const fault = signal<string | undefined>(undefined);

  const drawNumbers = () => {
    numbers.value = latest;
  };
  const changed = drawLoop({ drawFast: drawNumbers, drawSlow: list.draw, slowEveryMs: LIST_EVERY_MS });

  function onMessage(message: Message): void {
    if (message.kind === "numbers") {
      latest = message;
      list.take(message);
      if (message.restarted) restarted.value = true;
      changed();
    } else if (message.kind === "series") {
      series.value = message;
      list.drawSampling(message.sampling);
    } else if (message.kind === "connection") connection.value = message.state;
    else if (message.kind === "alerts") alerts.value = joinAlerts(alerts.value, message.alerts);
    else if (message.kind === "windows") windows.value = joinWindows(windows.value, message.windows);
    else {
      gapLoading.value = undefined;
      list.showLoaded(message.gap, message.loaded);
    }
  }
  worker.onmessage = (event: MessageEvent<Message>) => onMessage(event.data);
  worker.onerror = () => {
    fault.value = "The page's worker has stopped: reload the page. What was recorded is safe in the ledger.";
  };
  tell({ kind: "open", base, filter, sample });
  return {
    ...{ connection, numbers, series, alerts, windows, gapLoading, restarted, fault, list },
    showGap(gap) {
      gapLoading.value = gap;
      tell({ kind: "load-gap", gap });
    },
    dismissGap: (gap) => tell({ kind: "dismiss-gap", gap }),
    setSample: (next) => tell({ kind: "sample", sample: next }),
    reconnect: () => tell({ kind: "retry" }),
  };
}

/** After a reconnection the server sends its newest again. */
function joinAlerts(held: readonly LiveAlert[], come: readonly LiveAlert[]): readonly LiveAlert[] {
  const keyOf = ({ code, at }: LiveAlert) => `${at} ${code}`;
  const known = new Set(held.map(keyOf));
  const unknown = come.filter((alert) => !known.has(keyOf(alert))).reverse();
  return [...unknown, ...held].slice(0, ALERTS_MAX);
}

function joinWindows(held: readonly WindowResult[], come: readonly WindowResult[]): readonly WindowResult[] {
  const newest = new Map(held.map((window) => [window.sizeMs, window]));
  for (const window of come) {
    const known = newest.get(window.sizeMs);
    if (known === undefined || window.startMs >= known.startMs) newest.set(window.sizeMs, window);
  }
  return [...newest.values()].sort((left, right) => left.sizeMs - right.sizeMs);
}
