/**
 * Everything that recorded decisions add up to: counters, hours, windows. Folded from the ledger at start, then kept up
 * by the pipeline, so a restart changes nothing. A batch is one step: what it holds is always as of one seq.
 */
import type { Decision, DecisionFacts, Ledger, LedgerRecord, WindowResult } from "./contracts.ts";
import { type CounterFold, createCounterFold } from "./counters.ts";
import { eventTimeMs } from "./event-time.ts";
import { createHourly, type Hourly } from "./hourly.ts";
import { readSnapshot, type Snapshot } from "./snapshot.ts";
import { decisionOfRecord } from "./stored-decision.ts";
import { createWindowSet, type WindowSet, type WindowSetOptions } from "./windows/window-set.ts";

export interface Folded {
  readonly counters: CounterFold;
  readonly hourly: Hourly;
  readonly windows: WindowSet;
  /** The last decision folded in. */
  last: { readonly seq: number; readonly decisionId: string } | undefined;
}

interface FoldedEvent {
  readonly seq: number;
  readonly facts: DecisionFacts;
  /** Asked of the last one alone. */
  readonly decision: Decision;
  readonly eventTimeMs: number;
}

export interface FoldOptions {
  readonly ledger: Ledger;
  readonly snapshotPath: string | undefined;
  readonly windows: WindowSetOptions;
  readonly nowMs: () => number;
}

/** Windows that fire while folding were fired before, or concern nobody any more: they are not published again. */
export async function foldLedger(options: FoldOptions): Promise<Folded> {
  const { ledger, snapshotPath, nowMs } = options;
  const snapshot = await usableSnapshot(ledger, snapshotPath);
  const folded: Folded = {
    counters: createCounterFold(snapshot?.counters),
    hourly: createHourly(snapshot?.hourly),
    windows: createWindowSet(options.windows, snapshot?.windows),
    last: snapshot && { seq: snapshot.seq, decisionId: snapshot.decisionId },
  };
  for await (const records of ledger.read((snapshot?.seq ?? 0) + 1)) foldRecords(folded, records, nowMs());
  return folded;
}

function foldRecords(folded: Folded, records: readonly LedgerRecord[], nowMs: number): readonly WindowResult[] {
  const events: FoldedEvent[] = [];
  for (const record of records) {
    if (record.type !== "decision") continue;
    const decision = decisionOfRecord(record.json);
    if (decision.revision > 0) continue; // an event counts once, by its first decision
    events.push({ seq: record.seq, facts: decision, decision, eventTimeMs: eventTimeMs(decision.timestamp) });
  }
  addDecisions(folded, events, nowMs);
  return folded.windows.push({ kind: "batch", events, nowMs }).flatMap((output) => output.results);
}

/** A batch of decisions into counters and hours; windows take theirs through their own operator. */
export function addDecisions(folded: Folded, events: readonly FoldedEvent[], nowMs: number): void {
  for (const { facts, eventTimeMs } of events) {
    folded.counters.add(facts);
    folded.hourly.add(facts, eventTimeMs, nowMs);
  }
  const last = events.at(-1);
  if (last !== undefined) folded.last = { seq: last.seq, decisionId: last.decision.decision_id };
}

async function usableSnapshot(ledger: Ledger, path: string | undefined): Promise<Snapshot | undefined> {
  const snapshot = path === undefined ? undefined : await readSnapshot(path);
  if (snapshot === undefined || snapshot.seq > ledger.lastSeq) return undefined;
  for await (const [record] of ledger.read(snapshot.seq)) {
    const isSame = record?.type === "decision" && decisionOfRecord(record.json).decision_id === snapshot.decisionId;
    return isSame ? snapshot : undefined;
  }
  return undefined;
}
