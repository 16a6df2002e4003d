/**
 * The live feed as a state machine: frames in, decisions out, gaps and totals kept. No clock, no socket.
 * Invariant: every ledger sequence up to `lastSeq` was handed over, lies in one of `gaps`, or came before the first
 * snapshot; no frame is handed over twice. Totals start from the first snapshot and grow by what is handed over, so a
 * resumed connection counts nothing twice.
 */
import type { Action, Counters, Decision } from "@sluice/engine";
import { ACTIONS } from "../decisions/actions.ts";
import type { Frame } from "./frames.ts";

/** Ledger sequences, both included. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

export interface Totals {
  readonly total: number;
  readonly actions: Readonly<Record<Action, number>>;
  readonly aslTriggers: number;
}

export interface LiveFeed {
  /** Takes a frame and answers what it brought that was not seen before. */
  push(frame: Frame): FeedStep;
  /** The gap is dealt with (loaded or dismissed) and no longer announced. */
  closeGap(gap: Gap): void;
  /** The next snapshot starts everything anew: totals, sequence, gaps. What lies between is told of by nobody. */
  rebase(): void;
  /** Ask the server for everything after this; `undefined` before the first snapshot. */
  readonly lastSeq: number | undefined;
  /** Oldest first, at most `gapsMax`: past that the two oldest become one that spans both. */
  readonly gaps: readonly Gap[];
  readonly totals: Totals;
}

export interface FeedStep {
  readonly decisions: readonly Decision[];
  /** The server's ledger is a new one: what was kept belongs to another. */
  readonly restarted: boolean;
}

const NOTHING: FeedStep = { decisions: [], restarted: false };

export function liveFeed(options: { readonly gapsMax: number } = { gapsMax: 20 }): LiveFeed {
  let lastSeq: number | undefined;
  let gaps: Gap[] = [];
  let totals = readTotals({});

  function addGap(from: number, to: number): void {
    if (to < from) return;
    gaps.push({ from, to });
    const [first, second] = gaps;
    if (gaps.length > options.gapsMax && first && second) gaps.splice(0, 2, { from: first.from, to: second.to });
  }
  function onSnapshot(frame: Frame & { type: "snapshot" }): FeedStep {
    const restarted = lastSeq !== undefined && frame.seq < lastSeq;
    if (lastSeq === undefined || restarted) {
      lastSeq = frame.seq;
      gaps = [];
      totals = readTotals(frame.counters);
    }
    return { decisions: [], restarted };
  }
  function onDecisions(frame: Frame & { type: "decisions" }): FeedStep {
    if (lastSeq !== undefined && frame.seq <= lastSeq) return NOTHING;
    if (lastSeq !== undefined) addGap(lastSeq + 1, frame.prev);
    lastSeq = frame.seq;
    totals = count(totals, frame.decisions);
    return { decisions: frame.decisions, restarted: false };
  }
  function onGap(frame: Frame & { type: "gap" }): FeedStep {
    const from = lastSeq === undefined ? frame.from : Math.max(frame.from, lastSeq + 1);
    addGap(from, frame.to);
    lastSeq = Math.max(lastSeq ?? 0, frame.to);
    return NOTHING;
  }
  return {
    push(frame) {
      if (frame.type === "snapshot") return onSnapshot(frame);
      if (frame.type === "decisions") return onDecisions(frame);
      return frame.type === "gap" ? onGap(frame) : NOTHING;
    },
    closeGap(gap) {
      gaps = gaps.filter((other) => other.from !== gap.from || other.to !== gap.to);
    },
    rebase() {
      lastSeq = undefined;
    },
    get lastSeq() {
      return lastSeq;
    },
    get gaps() {
      return gaps;
    },
    get totals() {
      return totals;
    },
  };
}

function readTotals(counters: Partial<Counters>): Totals {
  const actions = Object.fromEntries(ACTIONS.map((action) => [action, counters.actions?.[action] ?? 0]));
  return {
    total: counters.total ?? 0,
    actions: actions as Record<Action, number>,
    aslTriggers: counters.aslTriggers ?? 0,
  };
}

function count(totals: Totals, decisions: readonly Decision[]): Totals {
  const actions = { ...totals.actions };
  let { total, aslTriggers } = totals;
  for (const { action, asl, revision } of decisions) {
    if (revision > 0) continue; // an event counts once, by its first decision
    total += 1;
    actions[action] += 1;
    if (asl !== null) aslTriggers += 1;
  }
  return { total, actions, aslTriggers };
}
