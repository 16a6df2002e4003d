/**
 * Totals since the ledger began. Two sources that can only be too small, never too large: the live feed (misses what
 * lies in a gap or was not sampled) and /metrics (some seconds old). The larger one is shown.
 */
import type { Action } from "@sluice/engine";
import { ACTIONS } from "./decisions/actions.ts";
import type { Totals } from "./live/feed.ts";
import { usePage } from "./page.ts";

export function useTotals(): Totals {
  const { store, metrics } = usePage();
  const live = store.numbers.value?.totals;
  const polled = metrics.value.value;
  const larger = (action: Action) => Math.max(live?.actions[action] ?? 0, polled?.actions[action] ?? 0);
  return {
    total: Math.max(live?.total ?? 0, polled?.total ?? 0),
    actions: Object.fromEntries(ACTIONS.map((action) => [action, larger(action)])) as Record<Action, number>,
    aslTriggers: Math.max(live?.aslTriggers ?? 0, polled?.aslTriggers ?? 0),
  };
}
