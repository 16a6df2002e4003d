/** What analytics tells operators. Never vital: without it events are taken and decided as ever. */
import type { Metric, PartReport, PartState } from "@sluice/engine";

/** Kept by the store, read by the report. */
export interface Tally {
  state: "idle" | "reading" | "ready" | "failed" | "missing" | "closed";
  /** Why it failed. */
  message: string;
  restarts: number;
  answered: number;
  refused: number;
  rows: number;
  seq: number;
}

export function analyticsReport(tally: Readonly<Tally>, writtenSeq: () => number): PartReport {
  return {
    name: "analytics",
    isVital: false,
    state: () => stateOf(tally, writtenSeq()),
    metrics: () => metricsOf(tally, writtenSeq()),
  };
}

function stateOf({ state, message, rows, seq }: Readonly<Tally>, writtenSeq: number): PartState {
  switch (state) {
    case "idle":
      return { state: "ready", detail: "reads the ledger at the first search or query" };
    case "reading": {
      const percent = writtenSeq === 0 ? 100 : Math.floor((100 * seq) / writtenSeq);
      return { state: "starting", detail: `has read ${seq} of ${writtenSeq} records (${percent} %)` };
    }
    case "ready":
      return { state: "ready", detail: `${rows} rows, up to seq ${seq}` };
    case "failed":
      return { state: "failed", detail: message };
    case "missing":
      return { state: "stopped", detail: message };
    case "closed":
      return { state: "stopped", detail: "closed" };
  }
}

function metricsOf({ state, rows, seq, restarts, answered, refused }: Readonly<Tally>, writtenSeq: number): Metric[] {
  const isRunning = state === "reading" || state === "ready";
  const gauge = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    type: "gauge",
    samples: [{ value }],
  });
  const counter = (name: string, help: string, samples: Metric["samples"]) =>
    ({ name, help, type: "counter", samples }) as Metric;
  return [
    gauge("sluice_analytics_rows", "Decisions held as single rows.", rows),
    gauge("sluice_analytics_lag_records", "Records of the ledger not read yet.", isRunning ? writtenSeq - seq : 0),
    counter("sluice_analytics_restarts_total", "Threads replaced since the start.", [{ value: restarts }]),
    counter("sluice_analytics_questions_total", "Searches and queries since the start, by result.", [
      { labels: { result: "answered" }, value: answered },
      { labels: { result: "refused" }, value: refused },
    ]),
  ];
}
