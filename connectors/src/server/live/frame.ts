/**
 * The text of `/live` frames. Decisions are joined as they were serialised; a frame is made once for all its readers.
 */
import type { Alert, Counters, RecordedDecision, WindowResult } from "@sluice/engine";
import type { LiveFilter } from "./filter.ts";

/**
 * The decisions after `prev` that the filter takes, with the sequence of the last one considered.
 * @returns undefined when it takes none: then no frame is due, and the next one's `prev` stays
 */
export function decisionsFrame(
  batch: readonly RecordedDecision[],
  filter: LiveFilter,
  prev: number,
): Uint8Array | undefined {
  let decisions = "";
  for (const recorded of batch) {
    if (recorded.seq <= prev || !filter.takes(recorded)) continue;
    decisions += decisions === "" ? recorded.json : `,${recorded.json}`;
  }
  if (decisions === "") return undefined;
  const seq = batch.at(-1)!.seq;
  return Buffer.from(`{"type":"decisions","seq":${seq},"prev":${prev},"decisions":[${decisions}]}`);
}

/** `counters` are the totals up to ledger sequence `countersSeq`; the reader's decisions start after `seq`. */
export function snapshotFrame(seq: number, countersSeq: number, counters: Counters): string {
  return JSON.stringify({ type: "snapshot", seq, counters_seq: countersSeq, counters });
}

/** Decisions of ledger sequences `from` to `to`, both included, were not sent. */
export function gapFrame(from: number, to: number): string {
  return JSON.stringify({ type: "gap", from, to });
}

export function aggregatesFrame(windows: readonly WindowResult[]): string {
  return JSON.stringify({ type: "aggregates", windows });
}

/** What an operator should see; `at` in RFC 3339. */
export function alertsFrame(alerts: readonly Alert[]): string {
  const shown = alerts.map(({ code, severity, count, message, atMs }) => {
    return { code, severity, count, message, at: new Date(atMs).toISOString() };
  });
  return JSON.stringify({ type: "alerts", alerts: shown });
}
