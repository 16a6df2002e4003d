/** The list as the page shows it: live, paused, or the decisions of a gap; filtered; held while the person is at it. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { type Filter, matchesFilter } from "./decisions/filter.ts";
import type { Row, Sampling } from "./decisions/live-list.ts";
import { type Names, NO_NAMES } from "./decisions/seen-names.ts";
import type { Gap } from "./live/feed.ts";
import type { LoadedGap } from "./live/load-gap.ts";
import type { Numbers } from "./worker/messages.ts";

const ROWS_MAX = 300;

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

/** Why the rows keep still although the list is live. */
export type HoldReason = "pointer" | "scroll";

export interface ListView {
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly mode: ReadonlySignal<ListMode>;
  readonly sampling: ReadonlySignal<Sampling>;
  readonly filter: ReadonlySignal<Filter>;
  readonly holdReason: ReadonlySignal<"none" | HoldReason>;
  readonly names: ReadonlySignal<Names>;
  take(numbers: Numbers): void;
  /** Shows what was taken since. */
  draw(): void;
  drawSampling(sampling: Sampling): void;
  setFilter(filter: Filter): void;
  hold(reason: HoldReason, isHeld: boolean): void;
  pause(): void;
  resume(): void;
  showLoaded(gap: Gap, loaded: LoadedGap): void;
}

/** @param tellFilter hands a filter to the worker; rows that passed an older version are not taken any more */
export function createListView(initial: Filter, tellFilter: (filter: Filter, version: number) => void): ListView {
  const holds = new Set<HoldReason>();
  let live: readonly Row[] = []; // newest first
  let version = 0;
  let arrived = 0;
  let arrivedAtHold = 0;
  let isAnswered = false; // the worker's rows for a new filter came: shown even while the person is at the list
  const rows = signal<readonly Row[]>([]);
  const mode = signal<ListMode>({ kind: "live" });
  const sampling = signal<Sampling>({ admitted: 0, arrived: 0 });
  const holdReason = signal<"none" | HoldReason>("none");
  const names = signal(NO_NAMES);
  const filter = signal(initial);

  function switchTo(next: ListMode): void {
    arrivedAtHold = arrived;
    mode.value = next;
  }
  function showLive(): void {
    if (mode.value.kind !== "live" || (holds.size > 0 && !isAnswered)) return;
    isAnswered = false;
    rows.value = live;
  }
  return {
    ...{ rows, mode, sampling, filter, holdReason, names },
    take(numbers) {
      arrived = numbers.arrived;
      if (numbers.names) names.value = numbers.names;
      if (numbers.filterVersion !== version) return;
      const newest = [...numbers.rows].reverse();
      isAnswered ||= numbers.isWhole;
      live = (numbers.isWhole ? newest : [...newest, ...live]).slice(0, ROWS_MAX);
    },
    draw() {
      if (mode.value.kind !== "live") mode.value = { ...mode.value, arrived: arrived - arrivedAtHold };
      showLive();
    },
    drawSampling(next) {
      sampling.value = next;
    },
    setFilter(next) {
      filter.value = next;
      version += 1;
      // Until the worker has looked through all that it keeps.
      live = live.filter((row) => matchesFilter(next, row.decision));
      if (mode.value.kind === "live") rows.value = live;
      tellFilter(next, version);
    },
    hold(reason, isHeld) {
      if (isHeld) holds.add(reason);
      else holds.delete(reason);
      holdReason.value = holds.has("scroll") ? "scroll" : holds.has("pointer") ? "pointer" : "none";
      showLive();
    },
    pause() {
      if (mode.value.kind === "live") switchTo({ kind: "paused", arrived: 0 });
    },
    resume() {
      switchTo({ kind: "live" });
      rows.value = live;
    },
    showLoaded(gap, { decisions, count, isComplete }) {
      switchTo({ kind: "gap", gap, count, isComplete, arrived: 0 });
      rows.value = decisions.map((decision, index) => ({ ordinal: -1_000_000 - index, decision })).reverse();
    },
  };
}
