/** What an engine holds and how long it takes, as families of `/metrics`. Counters of decisions are not among them. */
import { boundedCount } from "./bounded-count.ts";
import type { HistogramSample, Metric } from "./contracts.ts";
import type { Gate } from "./gate.ts";
import type { WindowSet } from "./windows/window-set.ts";

/** Names of sources come from whoever attaches them. */
const SOURCES_MAX = 32;
const MS_A_SECOND = 1000;

export interface EngineNumbers {
  readonly sources: Iterable<{ readonly name: string; readonly gate: Gate }>;
  readonly inFlightPayloadsMax: number;
  readonly inFlightBytesMax: number;
  readonly windows: Pick<WindowSet, "openCounts" | "watermarkMs">;
  readonly latency: HistogramSample;
  /** Decisions revised, by the action that they came to; absent where no second judge is asked. */
  readonly revised: Readonly<Record<string, number>> | undefined;
}

export function engineMetrics(numbers: EngineNumbers): readonly Metric[] {
  const { sources, inFlightPayloadsMax, inFlightBytesMax, windows, latency } = numbers;
  const payloads = boundedCount(SOURCES_MAX);
  const bytes = boundedCount(SOURCES_MAX);
  const taken = boundedCount(SOURCES_MAX);
  for (const { name, gate } of sources) {
    payloads.add(name, gate.payloads);
    bytes.add(name, gate.bytes);
    taken.add(name, gate.taken);
  }
  const bySource = (counts: ReturnType<typeof boundedCount>) =>
    Object.entries(counts.toRecord()).map(([source, value]) => ({ labels: { source }, value }));
  const { watermarkMs } = windows;
  const gauge = (name: string, help: string, samples: Extract<Metric, { type: "gauge" | "counter" }>["samples"]) =>
    ({ name, help, type: "gauge", samples }) as const;
  return [
    {
      name: "sluice_revisions_total",
      help: "Decisions revised by a second opinion since the start.",
      type: "counter",
      samples: Object.entries(numbers.revised ?? {}).map(([action, value]) => ({ labels: { action }, value })),
    },
    {
      name: "sluice_decision_latency_seconds",
      help: "Work on an event, from taking it up to its verdict; waiting for its turn is not counted.",
      type: "histogram",
      samples: [latency],
    },
    {
      name: "sluice_payloads_total",
      help: "Payloads taken from each source that is attached, and by ingest, since the start.",
      type: "counter",
      samples: bySource(taken),
    },
    gauge("sluice_in_flight_payloads", "Payloads taken and not yet settled, by source.", bySource(payloads)),
    gauge("sluice_in_flight_bytes", "Bytes of those payloads, by source.", bySource(bytes)),
    gauge("sluice_in_flight_payloads_limit", "Payloads that one source may have in flight.", [
      { value: inFlightPayloadsMax },
    ]),
    gauge("sluice_in_flight_bytes_limit", "Bytes that one source may have in flight.", [{ value: inFlightBytesMax }]),
    gauge(
      "sluice_windows_open",
      "Windows that still take events, by size.",
      windows.openCounts.map(({ sizeMs, count }) => ({ labels: { size: `${sizeMs / MS_A_SECOND}s` }, value: count })),
    ),
    gauge(
      "sluice_watermark_timestamp_seconds",
      "Event time before which nothing more is expected; absent before the first event.",
      Number.isFinite(watermarkMs) ? [{ value: watermarkMs / MS_A_SECOND }] : [],
    ),
  ];
}
