/** All that the views need, made once in `main` and handed down by context. */
import type { Decision, HourlyStats } from "@sluice/engine";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Address, readAddress, type Target, writeAddress } from "./address.ts";
import { type Api, api, type Metrics, type Readiness } from "./api.ts";
import type { Filter } from "./decisions/filter.ts";
import { type Poll, poll } from "./polls.ts";
import { createSelection, type SelectionState } from "./selection.ts";
import { createStore, type Store } from "./store.ts";
import { createTheme, type ThemeState } from "./theme.ts";

export const HOURS = 24;

export interface Page extends Pick<SelectionState, "selection" | "why"> {
  readonly store: Store;
  readonly api: Api;
  readonly theme: ThemeState;
  readonly metrics: Poll<Metrics>;
  readonly readiness: Poll<Readiness>;
  readonly hourly: Poll<HourlyStats>;
  select(decision: Decision): void;
  unselect(): void;
  /** `isStep`: the back button undoes it; false while a word is being typed. */
  setFilter(filter: Filter, isStep?: boolean): void;
  setSample(sample: number): void;
}

export function createPage(base: string): Page {
  let address: Address = readAddress(location.search);
  const store = createStore(base, address);
  const client = api(base);
  const chosen = createSelection(client);

  function go(different: Partial<Address>, isStep: boolean): void {
    address = { ...address, ...different };
    const search = writeAddress(address, location.search);
    if (search === location.search) return;
    history[isStep ? "pushState" : "replaceState"](null, "", `${location.pathname}${search}`);
  }
  function show(target: Target | undefined): void {
    if (target) chosen.open(target);
    else chosen.close();
  }
  addEventListener("popstate", () => {
    const before = address;
    address = readAddress(location.search);
    store.list.setFilter(address.filter);
    if (address.sample !== before.sample) store.setSample(address.sample);
    const { target } = address;
    const isSame = target?.eventId === before.target?.eventId && target?.organisation === before.target?.organisation;
    if (!isSame) show(target);
  });
  if (address.target) show(address.target);

  return {
    store,
    api: client,
    theme: createTheme(),
    metrics: poll(client.metrics, 3_000),
    readiness: poll(client.ready, 5_000),
    hourly: poll(() => client.hourly(HOURS), 15_000),
    selection: chosen.selection,
    why: chosen.why,
    select(decision) {
      // Walking through the list is one step, however many decisions it passes.
      const isStep = address.target === undefined;
      chosen.select(decision);
      go({ target: { eventId: decision.event_id, organisation: decision.org_id } }, isStep);
    },
    unselect() {
      chosen.close();
      go({ target: undefined }, true);
    },
    setFilter(filter, isStep = true) {
      store.list.setFilter(filter);
      go({ filter }, isStep);
    },
    setSample(sample) {
      store.setSample(sample);
      go({ sample }, true);
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
