/** What the outbox of decisions says of itself on `/metrics`. */
import type { Metric } from "@sluice/engine";
import { counter, gauge } from "./metric.ts";

export interface OutboxCounts {
  /** Repeats included. */
  readonly sent: number;
  readonly tooLarge: number;
  readonly skipped: number;
}

export function outboxMetrics({ sent, tooLarge, skipped }: OutboxCounts, lagRecords: number): Metric[] {
  return [
    counter("sluice_nats_decisions_sent_total", "Decisions sent to NATS, repeats included.", sent),
    counter("sluice_nats_decisions_too_large_total", "Decisions over the server's max_payload, left out.", tooLarge),
    counter("sluice_nats_decisions_skipped_total", "Decisions lost because no ledger keeps them.", skipped),
    gauge("sluice_nats_decisions_lag_records", "Ledger records that are not known to be in the stream.", lagRecords),
  ];
}
