/**
 * The decisions that the list shows, newest first. Every decision is kept for a while by action, so that a rare `block`
 * outlives a flood of `allow` and a changed filter finds something at once. The visible list takes in at most
 * `admittedMax` a second: the first ones of the second and, past `anyMax`, only severe ones. What is skipped is
 * counted.
 */
import type { Action, Decision } from "@sluice/engine";
import { ACTIONS } from "./actions.ts";
import { type Filter, matchesFilter, NO_FILTER } from "./filter.ts";

export interface Row {
  /** Order of arrival; unique while the page lives. */
  readonly ordinal: number;
  readonly decision: Decision;
}

export interface Sampling {
  /** Of the decisions that match the filter: shown and arrived in the last whole second. */
  readonly admitted: number;
  readonly arrived: number;
}

export interface LiveListOptions {
  readonly rowsMax: number;
  readonly keptPerActionMax: number;
  /** Rows a second of any action. */
  readonly anyMax: number;
  /** Rows a second in all, severe ones included. */
  readonly admittedMax: number;
}

export interface LiveList {
  add(decision: Decision, nowMs: number): void;
  /** Decisions from before all others, oldest first: shown beneath them, and counted nowhere. */
  addOlder(decisions: readonly Decision[]): void;
  setFilter(filter: Filter): void;
  /** Admitted since this was last asked, oldest first, at most `rowsMax`. */
  takeNew(): readonly Row[];
  /** Newest first, at most `rowsMax`. */
  rows(): readonly Row[];
  sampling(nowMs: number): Sampling;
  clear(): void;
}

const DEFAULTS: LiveListOptions = { rowsMax: 300, keptPerActionMax: 200, anyMax: 60, admittedMax: 80 };
const QUIET: Sampling = { admitted: 0, arrived: 0 };

export function liveList(options: LiveListOptions = DEFAULTS): LiveList {
  const kept = new Map<Action, Row[]>(ACTIONS.map((action) => [action, []])); // oldest first
  let shown: Row[] = []; // oldest first
  let filter = NO_FILTER;
  let fresh: Row[] = []; // oldest first
  let ordinal = 0;
  let second = -1;
  let current = QUIET;
  let last = QUIET;

  function turn(nowMs: number): void {
    const now = Math.floor(nowMs / 1000);
    if (now === second) return;
    last = now === second + 1 ? current : QUIET;
    current = QUIET;
    second = now;
  }
  function isAdmitted(decision: Decision): boolean {
    const isSevere = decision.action === "block" || decision.action === "escalate" || decision.action === "redact";
    return current.admitted < (isSevere ? options.admittedMax : options.anyMax);
  }
  function allKept(): Row[] {
    return [...kept.values()].flat().sort((left, right) => left.ordinal - right.ordinal);
  }
  function refill(): void {
    fresh = [];
    shown = allKept()
      .filter((row) => matchesFilter(filter, row.decision))
      .slice(-options.rowsMax);
  }
  return {
    add(decision, nowMs) {
      turn(nowMs);
      const row = { ordinal, decision };
      ordinal += 1;
      push(kept.get(decision.action) ?? [], row, options.keptPerActionMax);
      if (!matchesFilter(filter, decision)) return;
      const admit = isAdmitted(decision);
      current = { admitted: current.admitted + (admit ? 1 : 0), arrived: current.arrived + 1 };
      if (!admit) return;
      push(shown, row, options.rowsMax);
      push(fresh, row, options.rowsMax);
    },
    addOlder(decisions) {
      const known = new Set(allKept().map((row) => row.decision.decision_id));
      const unknown = decisions.filter((decision) => !known.has(decision.decision_id));
      unknown.forEach((decision, index) => {
        const rows = kept.get(decision.action) ?? [];
        if (rows.length >= options.keptPerActionMax) return;
        rows.push({ ordinal: index - unknown.length, decision });
        rows.sort((left, right) => left.ordinal - right.ordinal);
      });
      refill();
    },
    takeNew() {
      const taken = fresh.slice(-options.rowsMax);
      fresh = [];
      return taken;
    },
    setFilter(next) {
      filter = next;
      current = QUIET;
      last = QUIET;
      refill();
    },
    rows: () => shown.slice(-options.rowsMax).reverse(),
    sampling(nowMs) {
      turn(nowMs);
      return last;
    },
    clear() {
      for (const rows of kept.values()) rows.length = 0;
      shown = [];
      fresh = [];
      current = QUIET;
      last = QUIET;
    },
  };
}

/** Appends to a bounded list; cuts in blocks, because `shift` on each arrival would cost at high rates. */
function push(rows: Row[], row: Row, rowsMax: number): void {
  rows.push(row);
  if (rows.length >= rowsMax * 2) rows.splice(0, rows.length - rowsMax);
}
