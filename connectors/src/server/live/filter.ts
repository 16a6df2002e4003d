/** What a live reader asked for: `?action=block,escalate&org=a,b&sample=n&since=seq`. */
import { ACTIONS, type RecordedDecision } from "@sluice/engine";

export interface LiveFilter {
  /** Readers with the same key share their frames. */
  readonly key: string;
  takes(recorded: RecordedDecision): boolean;
}

export interface LiveQuery {
  readonly filter: LiveFilter;
  /** Resume after this ledger sequence. */
  readonly since: number | undefined;
}

const VALUES_MAX = 64;

/** @returns why the query cannot be followed, as a sentence, when it cannot. */
export function readLiveQuery(query: string): LiveQuery | string {
  const parameters = new URLSearchParams(query);
  const actions = listOf(parameters, "action");
  const orgs = listOf(parameters, "org");
  const sample = wholeNumber(parameters.get("sample") ?? "1");
  const sinceText = parameters.get("since");
  const since = sinceText === null ? undefined : wholeNumber(sinceText);
  const unknown = actions.find((action) => !(ACTIONS as readonly string[]).includes(action));
  if (unknown !== undefined) return `action must be of ${ACTIONS.join(", ")}`;
  if (actions.length > VALUES_MAX || orgs.length > VALUES_MAX) return `at most ${VALUES_MAX} values a filter`;
  if (Number.isNaN(sample) || sample === 0) return "sample must be a whole number from 1: one decision of so many";
  if (Number.isNaN(since)) return "since must be a ledger sequence, a whole number from 0";
  return { filter: filterOf(actions, orgs, sample), since };
}

function listOf(parameters: URLSearchParams, name: string): string[] {
  const values = parameters.getAll(name).flatMap((value) => value.split(","));
  return [...new Set(values.filter((value) => value !== ""))].sort();
}

/** NaN when it is none. */
function wholeNumber(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

function filterOf(actions: readonly string[], orgs: readonly string[], sample: number): LiveFilter {
  const actionSet = new Set(actions);
  const orgSet = new Set(orgs);
  return {
    key: JSON.stringify([actions, orgs, sample]),
    takes({ seq, facts }) {
      if (actionSet.size > 0 && !actionSet.has(facts.action)) return false;
      if (orgSet.size > 0 && !orgSet.has(facts.org_id)) return false;
      return sample === 1 || seq % sample === 0;
    },
  };
}
