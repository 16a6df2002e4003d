/** The numbers of a ledger, as `/metrics` shows them. */
import type { HistogramSample, Metric } from "@sluice/engine";
import type { LedgerState } from "./segment-ledger.ts";

export interface LedgerNumbers {
  readonly bytes: number;
  readonly syncLagMs: number;
  readonly writeSeconds: HistogramSample;
}

export function ledgerMetrics(
  state: LedgerState,
  { bytes, syncLagMs, writeSeconds }: LedgerNumbers,
): readonly Metric[] {
  const gauge = (name: string, help: string, value: number): Metric => ({
    name: `sluice_ledger_${name}`,
    help,
    type: "gauge",
    samples: [{ value }],
  });
  return [
    gauge("up", "1 while the last write and the last sync went well.", state.state === "ready" ? 1 : 0),
    gauge("last_seq", "Sequence of the last record that is written.", state.lastSeq),
    gauge("bytes", "Bytes of the ledger's segments; retained texts and indexes are not counted.", bytes),
    gauge("segments", "Segments of the ledger.", state.segments),
    gauge("pending_records", "Records that have a sequence and are not written yet.", state.pendingRecords),
    gauge("pending_bytes", "Bytes that wait to be written.", state.pendingBytes),
    gauge("key_bytes", "Memory that holds the keys of events, by which repeats are known.", state.keyBytes),
    gauge("sync_lag_seconds", "For how long something is written and no sync has begun.", syncLagMs / 1000),
    {
      name: "sluice_ledger_write_seconds",
      help: "Time of a group commit: one write of all that gathered; with sync always, the sync too.",
      type: "histogram",
      samples: [writeSeconds],
    },
  ];
}
