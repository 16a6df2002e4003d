/**
 * Everything that recorded decisions add up to: counters, hours, windows. Folded from the ledger at start, then kept up
 * by the pipeline, so a restart changes nothing. `add` is one step: what it holds is always as of one seq.
 */
import type { Decision, Ledger, LedgerRecord, WindowResult } from "./contracts.ts";
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
  const events: { decision: Decision; eventTimeMs: number }[] = [];
  for (const record of records) {
    if (record.type !== "decision") continue;
    const decision = decisionOfRecord(record.json);
    const event = { decision, eventTimeMs: eventTimeMs(decision.timestamp) };
    events.push(event);
    addDecision(folded, record.seq, event, nowMs);
  }
  return folded.windows.push({ kind: "batch", events, nowMs }).flatMap((output) => output.results);
}

/** One decision into counters and hours; windows take batches, through their own operator. */
export function addDecision(
  folded: Folded,
  seq: number,
  event: { readonly decision: Decision; readonly eventTimeMs: number },
  nowMs: number,
): void {
  folded.counters.add(event.decision);
  folded.hourly.add(event.decision, event.eventTimeMs, nowMs);
  folded.last = { seq, decisionId: event.decision.decision_id };
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
