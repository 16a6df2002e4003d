/**
 * `GET /metrics`: Prometheus or OpenMetrics text when Accept asks for it, else JSON with cgcp's keys and ours.
 * Numbers are read when asked: nothing is counted twice, and counters of decisions survive a restart with the ledger.
 * docs/guides/metrics.md lists every family; a test holds it to what is served.
 */
import type { Clock, Counters, Engine, Metric } from "@sluice/engine";
import { answerJson, SAFE_HEADERS } from "../answer.ts";
import type { Route } from "../router.ts";
import { exposition, OPENMETRICS_TYPE, TEXT_TYPE } from "./exposition.ts";

/** What the server itself counts. */
export interface ServerCounts {
  readonly connections: number;
  readonly liveReaders: number;
  /** Gaps announced to live readers since the start. */
  readonly liveGaps: number;
  /** From which frames are withheld now. */
  readonly liveReadersBehind: number;
  /** Closed since the start because they took nothing. */
  readonly liveReadersStalled: number;
}

export interface MetricsParts {
  readonly engine: Engine;
  readonly clock: Pick<Clock, "nowMs">;
  readonly counts: () => ServerCounts;
  readonly adapter: string;
  readonly version: string;
  /** What other parts show, in this order after the engine's own. */
  readonly others: readonly (() => readonly Metric[])[];
}

export function metricsRoute(parts: MetricsParts): Route {
  return {
    method: "GET",
    path: "/metrics",
    role: "read",
    handle(request, response) {
      const format = formatOf(request.header("accept"));
      if (format === "json") {
        answerJson(response, 200, JSON.stringify(metricsJson(parts)));
        return;
      }
      const isOpenMetrics = format === "openmetrics";
      const type = isOpenMetrics ? OPENMETRICS_TYPE : TEXT_TYPE;
      const headers = { "content-type": type, "cache-control": "no-store", ...SAFE_HEADERS };
      response.end(200, headers, exposition(allMetrics(parts), isOpenMetrics));
    },
  };
}

/** Clients that name JSON first (a common default is `application/json, text/plain, *\/*`) mean JSON. */
export function formatOf(accept: string): "json" | "text" | "openmetrics" {
  const types = accept
    .toLowerCase()
    .split(",")
    .map((part) => part.split(";")[0]?.trim());
  if (types[0] === "application/json") return "json";
  if (types.includes("application/openmetrics-text")) return "openmetrics";
  return types.includes("text/plain") ? "text" : "json";
}

function metricsJson({ engine, clock, counts }: MetricsParts) {
  const counters = engine.counters();
  const server = counts();
  return {
    total_events: counters.total,
    events_by_surface: counters.bySurface,
    events_by_tier: counters.byTier,
    risk_detections: counters.riskDetections,
    actions_taken: counters.actions,
    asl_triggers: counters.aslTriggers,
    timestamp: new Date(clock.nowMs()).toISOString(),
    events_by_organisation: counters.byOrganisation,
    duplicates: counters.duplicates,
    rejected: counters.rejected,
    late_events: counters.lateEvents,
    shed: counters.shed,
    latency_us: engine.latency(),
    connections: server.connections,
    live_readers: server.liveReaders,
    live_gaps: server.liveGaps,
  };
}

function allMetrics(parts: MetricsParts): readonly Metric[] {
  const { engine, counts, others } = parts;
  return [
    ...infoMetrics(parts),
    ...decisionMetrics(engine.counters()),
    ...engine.metrics(),
    ...serverMetrics(counts()),
    ...others.flatMap((metrics) => metrics()),
  ];
}

/** Names that come from outside are bounded by the counters, with `other` for what is beyond. */
function decisionMetrics(counters: Counters): readonly Metric[] {
  const total = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    type: "counter",
    samples: [{ value }],
  });
  const by = (name: string, help: string, label: string, values: Readonly<Record<string, number>>): Metric => ({
    name,
    help,
    type: "counter",
    samples: Object.entries(values).map(([key, value]) => ({ labels: { [label]: key }, value })),
  });
  const { actions, bySurface, byTier, byOrganisation, riskDetections, rejected } = counters;
  return [
    by("sluice_decisions_total", "Decisions recorded, a repeat counted once.", "action", actions),
    by("sluice_surface_decisions_total", "Decisions by surface.", "surface", bySurface),
    by("sluice_tier_decisions_total", "Decisions by access tier.", "tier", byTier),
    by("sluice_organisation_decisions_total", "Decisions by organisation.", "org_id", byOrganisation),
    by("sluice_risk_detections_total", "Decisions with a score above 0.5.", "category", riskDetections),
    total("sluice_asl_triggers_total", "Decisions with an ASL trigger.", counters.aslTriggers),
    total("sluice_duplicates_total", "Repeats answered again since the start.", counters.duplicates),
    by("sluice_rejected_total", "Events refused since the start.", "reason", rejected),
    total("sluice_late_events_total", "Events that no window took since the start.", counters.lateEvents),
    total("sluice_shed_total", "Payloads shed since the start, because too much was waiting.", counters.shed),
  ];
}

function infoMetrics({ engine, adapter, version }: MetricsParts): readonly Metric[] {
  const { policy, pack } = engine;
  const info = (name: string, help: string, labels: Readonly<Record<string, string>>): Metric => ({
    name: `sluice_${name}_info`,
    help,
    type: "gauge",
    samples: [{ labels, value: 1 }],
  });
  const { hash, name, version: packVersion } = pack;
  return [
    info("build", "Version of the program and of Node, and the server adapter in use.", {
      version,
      node: process.version,
      adapter,
    }),
    info("policy", "Policy in force.", { name: policy.name, hash: policy.hash }),
    info("pack", "Detector pack in use.", { name, version: packVersion, hash }),
  ];
}

function serverMetrics(counts: ServerCounts): readonly Metric[] {
  const one = (type: "gauge" | "counter", name: string, help: string, value: number): Metric => ({
    name,
    help,
    type,
    samples: [{ value }],
  });
  return [
    one("gauge", "sluice_connections", "Open connections.", counts.connections),
    one("gauge", "sluice_live_readers", "Open /live sockets.", counts.liveReaders),
    one("gauge", "sluice_live_readers_behind", "Those that take too little now.", counts.liveReadersBehind),
    one("counter", "sluice_live_gaps_total", "Gaps told to live readers since the start.", counts.liveGaps),
    one("counter", "sluice_live_stalled_total", "Readers closed: they took nothing.", counts.liveReadersStalled),
  ];
}
