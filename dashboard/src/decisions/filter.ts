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
  /** Exact tier and surface; "": all. */
  readonly tier: string;
  readonly surface: string;
  /** A category with a score on either side; "": all. */
  readonly category: string;
  /** Lowest score, 0 to 1: of the category when there is one, else of any; 0: all. */
  readonly scoreMin: number;
  /** Part of an event, user, decision or conversation id, any case; "": all. */
  readonly id: string;
}

export const NO_FILTER: Filter = {
  actions: [],
  ...{ organisation: "", tier: "", surface: "", category: "", id: "" },
  scoreMin: 0,
};

export function isFiltering({ actions, scoreMin, ...words }: Filter): boolean {
  return actions.length > 0 || scoreMin > 0 || Object.values(words).some((word) => word !== "");
}

export function matchesFilter(filter: Filter, decision: Decision): boolean {
  const { actions, organisation, tier, surface, id } = filter;
  if (actions.length > 0 && !actions.includes(decision.action)) return false;
  if (organisation !== "" && decision.org_id !== organisation) return false;
  if (tier !== "" && decision.tier !== tier) return false;
  if (surface !== "" && decision.surface !== surface) return false;
  if (!matchesScore(filter, decision)) return false;
  if (id === "") return true;
  const wanted = id.toLowerCase();
  const ids = [decision.event_id, decision.user_id, decision.decision_id, decision.conversation_id ?? ""];
  return ids.some((one) => one.toLowerCase().includes(wanted));
}

function matchesScore({ category, scoreMin }: Filter, { scores }: Decision): boolean {
  if (category === "" && scoreMin === 0) return true;
  const { prompt, completion } = scores;
  if (category !== "") return Math.max(prompt[category] ?? -1, completion[category] ?? -1) >= scoreMin;
  return [prompt, completion].some((side) => Object.values(side).some((score) => score >= scoreMin));
}

/** Query string parameters; other parameters in `search` stay. */
export function writeFilter(filter: Filter, search = ""): string {
  const query = new URLSearchParams(search);
  const values = {
    action: filter.actions.join(","),
    org: filter.organisation,
    tier: filter.tier,
    surface: filter.surface,
    category: filter.category,
    min: filter.scoreMin === 0 ? "" : String(filter.scoreMin),
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
    tier: query.get("tier") ?? "",
    surface: query.get("surface") ?? "",
    category: query.get("category") ?? "",
    scoreMin: readScore(query.get("min") ?? ""),
    id: query.get("id") ?? "",
  };
}

/** 0 to 1, to 1/10,000; 0 for anything else. */
function readScore(word: string): number {
  const score = Number(word);
  return score > 0 && score <= 1 ? Math.round(score * 10_000) / 10_000 : 0;
}
