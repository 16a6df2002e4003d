/**
 * Which decisions the list shows, and how that is written in the page's address. Unknown words in an address are left
 * out; writing and reading a filter gives the same filter.
 */
import type { Action, Decision } from "@sluice/engine";
import { ACTIONS, isAction } from "./actions.ts";

export interface Filter {
  /** Empty: all. In order of severity. */
  readonly actions: readonly Action[];
  /** Exact `org_id`; "": all. */
  readonly organisation: string;
  /** A category with a score on either side; "": all. */
  readonly category: string;
  /** Part of an event, user, decision or conversation id, any case; "": all. */
  readonly id: string;
}

export const NO_FILTER: Filter = { actions: [], organisation: "", category: "", id: "" };

export function isFiltering(filter: Filter): boolean {
  return filter.actions.length > 0 || filter.organisation !== "" || filter.category !== "" || filter.id !== "";
}

export function matchesFilter(filter: Filter, decision: Decision): boolean {
  const { actions, organisation, category, id } = filter;
  if (actions.length > 0 && !actions.includes(decision.action)) return false;
  if (organisation !== "" && decision.org_id !== organisation) return false;
  const { prompt, completion } = decision.scores;
  if (category !== "" && prompt[category] === undefined && completion[category] === undefined) return false;
  if (id === "") return true;
  const wanted = id.toLowerCase();
  const ids = [decision.event_id, decision.user_id, decision.decision_id, decision.conversation_id ?? ""];
  return ids.some((one) => one.toLowerCase().includes(wanted));
}

/** Query string parameters; other parameters in `search` stay. */
export function writeFilter(filter: Filter, search = ""): string {
  const query = new URLSearchParams(search);
  const values = {
    action: filter.actions.join(","),
    org: filter.organisation,
    category: filter.category,
    id: filter.id,
  };
  for (const [key, value] of Object.entries(values)) {
    if (value === "") query.delete(key);
    else query.set(key, value);
  }
  return query.toString().replaceAll("%2C", ",");
}

export function readFilter(search: string): Filter {
  const query = new URLSearchParams(search);
  const wanted = (query.get("action") ?? "").split(",").filter(isAction);
  return {
    actions: ACTIONS.filter((action) => wanted.includes(action)),
    organisation: query.get("org") ?? "",
    category: query.get("category") ?? "",
    id: query.get("id") ?? "",
  };
}
