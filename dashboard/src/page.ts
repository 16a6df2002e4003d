/** All that the views need, made once in `main` and handed down by context. */
import { type Signal, signal } from "@preact/signals";
import type { Decision, HourlyStats } from "@sluice/engine";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Api, ApiError, api, type Metrics, type Readiness, type Thresholds } from "./api.ts";
import { type Poll, poll } from "./polls.ts";
import { createStore, type Store } from "./store.ts";

export const HOURS = 24;

/** The decision in the detail panel; a link to the page may name one that must be fetched first. */
export type Selection =
  | { readonly kind: "none" }
  | { readonly kind: "loading"; readonly eventId: string }
  | { readonly kind: "failed"; readonly eventId: string; readonly message: string }
  | { readonly kind: "decision"; readonly decision: Decision };

export interface Page {
  readonly store: Store;
  readonly api: Api;
  readonly metrics: Poll<Metrics>;
  readonly readiness: Poll<Readiness>;
  readonly thresholds: Poll<Thresholds>;
  readonly hourly: Poll<HourlyStats>;
  readonly selection: Signal<Selection>;
  select(decision: Decision): void;
  unselect(): void;
}

export function createPage(base: string): Page {
  const store = createStore(base);
  const client = api(base);
  const selection = signal<Selection>({ kind: "none" });

  function remember(decision: Decision | undefined): void {
    const query = new URLSearchParams(location.search);
    for (const key of ["event", "in"]) query.delete(key);
    if (decision) {
      query.set("event", decision.event_id);
      query.set("in", decision.org_id);
    }
    const words = query.toString().replaceAll("%2C", ",");
    history.replaceState(null, "", words === "" ? location.pathname : `?${words}`);
  }
  async function open(eventId: string, organisation: string): Promise<void> {
    selection.value = { kind: "loading", eventId };
    try {
      selection.value = { kind: "decision", decision: await client.decision(eventId, organisation) };
    } catch (error) {
      const message = error instanceof ApiError ? error.message : "The decision could not be read.";
      selection.value = { kind: "failed", eventId, message };
    }
  }
  const query = new URLSearchParams(location.search);
  const eventId = query.get("event");
  if (eventId) void open(eventId, query.get("in") ?? "");

  return {
    store,
    api: client,
    metrics: poll(client.metrics, 3_000),
    readiness: poll(client.ready, 10_000),
    thresholds: poll(client.thresholds, 60_000),
    hourly: poll(() => client.hourly(HOURS), 15_000),
    selection,
    select(decision) {
      selection.value = { kind: "decision", decision };
      remember(decision);
    },
    unselect() {
      selection.value = { kind: "none" };
      remember(undefined);
    },
  };
}

const PageContext = createContext<Page | undefined>(undefined);
export const PageProvider = PageContext.Provider;

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error("a view was drawn outside of PageProvider");
  return page;
}
