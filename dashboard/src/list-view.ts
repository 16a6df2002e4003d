/** The list as the page shows it: live, paused, or the decisions of a gap; filtered; held while the person is at it. */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Decision } from "@sluice/engine";
import { type Filter, readFilter, writeFilter } from "./decisions/filter.ts";
import { liveList, type Row, type Sampling } from "./decisions/live-list.ts";
import { seenNames } from "./decisions/seen-names.ts";
import type { Gap } from "./live/feed.ts";
import type { LoadedGap } from "./live/load-gap.ts";

const NAMES_MAX = 200;

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
  readonly organisations: ReadonlySignal<readonly string[]>;
  readonly categories: ReadonlySignal<readonly string[]>;
  take(decisions: readonly Decision[], nowMs: number): void;
  /** Shows what was taken since. */
  draw(): void;
  drawSampling(nowMs: number): void;
  /** Also writes it into the page's address. */
  setFilter(filter: Filter): void;
  hold(reason: HoldReason, isHeld: boolean): void;
  pause(): void;
  resume(): void;
  showLoaded(gap: Gap, loaded: LoadedGap): void;
  clear(): void;
}

export function createListView(): ListView {
  const list = liveList();
  const names = seenNames(NAMES_MAX);
  const holds = new Set<HoldReason>();
  let arrived = 0;
  const rows = signal<readonly Row[]>([]);
  const mode = signal<ListMode>({ kind: "live" });
  const sampling = signal<Sampling>({ admitted: 0, arrived: 0 });
  const holdReason = signal<"none" | HoldReason>("none");
  const organisations = signal<readonly string[]>([]);
  const categories = signal<readonly string[]>([]);
  const filter = signal(readFilter(location.search));
  list.setFilter(filter.value);

  function switchTo(next: ListMode): void {
    arrived = 0;
    mode.value = next;
  }
  return {
    ...{ rows, mode, sampling, filter, holdReason, organisations, categories },
    take(decisions, nowMs) {
      arrived += decisions.length;
      for (const decision of decisions) {
        list.add(decision, nowMs);
        names.add(decision);
      }
    },
    draw() {
      organisations.value = names.organisations;
      categories.value = names.categories;
      if (mode.value.kind !== "live") mode.value = { ...mode.value, arrived };
      else if (holds.size === 0) rows.value = list.rows();
    },
    drawSampling(nowMs) {
      sampling.value = list.sampling(nowMs);
    },
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
      if (holds.size === 0 && mode.value.kind === "live") rows.value = list.rows();
    },
    pause() {
      if (mode.value.kind === "live") switchTo({ kind: "paused", arrived: 0 });
    },
    resume() {
      switchTo({ kind: "live" });
      rows.value = list.rows();
    },
    showLoaded(gap, { decisions, count, isComplete }) {
      switchTo({ kind: "gap", gap, count, isComplete, arrived: 0 });
      rows.value = decisions.map((decision, index) => ({ ordinal: -1 - index, decision })).reverse();
    },
    clear: list.clear,
  };
}
