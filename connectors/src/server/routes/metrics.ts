/**
 * `GET /metrics`: Prometheus or OpenMetrics text when Accept asks for it, else JSON with cgcp's keys and ours.
 * Numbers are read from the engine when asked: nothing is counted twice, and counters survive a restart with the
 * ledger.
 */
import type { Clock, Counters, Engine } from "@sluice/engine";
import { Counter, Gauge, Registry } from "prom-client";
import { answerJson, SAFE_HEADERS } from "../answer.ts";
import type { Route } from "../router.ts";

/** What the server itself counts. */
export interface ServerCounts {
  readonly connections: number;
  readonly liveReaders: number;
  /** Gaps announced to live readers since the start. */
  readonly liveGaps: number;
}

export function metricsRoute(engine: Engine, clock: Pick<Clock, "nowMs">, counts: () => ServerCounts): Route {
  const text = textRegistry(engine, counts, Registry.PROMETHEUS_CONTENT_TYPE);
  const openMetrics = textRegistry(engine, counts, Registry.OPENMETRICS_CONTENT_TYPE);
  return {
    method: "GET",
    path: "/metrics",
    role: "read",
    handle(request, response) {
      const format = formatOf(request.header("accept"));
      if (format === "json") {
        answerJson(response, 200, JSON.stringify(metricsJson(engine, clock, counts())));
        return;
      }
      const registry = format === "openmetrics" ? openMetrics : text;
      const headers = { "content-type": registry.contentType, "cache-control": "no-store", ...SAFE_HEADERS };
      void registry.metrics().then((body) => response.end(200, headers, body));
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

export function metricsJson(engine: Engine, clock: Pick<Clock, "nowMs">, server: ServerCounts) {
  const counters = engine.counters();
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

type ContentType = typeof Registry.PROMETHEUS_CONTENT_TYPE | typeof Registry.OPENMETRICS_CONTENT_TYPE;

function textRegistry(engine: Engine, counts: () => ServerCounts, contentType: ContentType): Registry<ContentType> {
  const registry = new Registry<ContentType>();
  registry.setContentType(contentType);
  const total = (name: string, help: string, value: (counters: Counters) => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(value(engine.counters()));
      },
    });
  const by = (name: string, help: string, label: string, values: (c: Counters) => Readonly<Record<string, number>>) =>
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        this.reset();
        for (const [key, value] of Object.entries(values(engine.counters()))) this.inc({ [label]: key }, value);
      },
    });
  by("sluice_decisions_total", "Decisions recorded, a repeat counted once.", "action", (c) => c.actions);
  by("sluice_surface_decisions_total", "Decisions by surface.", "surface", (c) => c.bySurface);
  by("sluice_tier_decisions_total", "Decisions by access tier.", "tier", (c) => c.byTier);
  by("sluice_organisation_decisions_total", "Decisions by organisation.", "org_id", (c) => c.byOrganisation);
  by("sluice_risk_detections_total", "Decisions with a score above 0.5.", "category", (c) => c.riskDetections);
  total("sluice_asl_triggers_total", "Decisions with an ASL trigger.", (c) => c.aslTriggers);
  total("sluice_duplicates_total", "Repeats answered again since the start.", (c) => c.duplicates);
  by("sluice_rejected_total", "Events refused since the start.", "reason", (c) => c.rejected);
  total("sluice_late_events_total", "Events too late for their windows since the start.", (c) => c.lateEvents);
  total("sluice_shed_total", "Events shed since the start.", (c) => c.shed);
  latencyGauge(engine, registry);
  serverGauges(counts, registry);
  return registry;
}

function latencyGauge(engine: Engine, registry: Registry<ContentType>): void {
  new Gauge({
    name: "sluice_decision_latency_seconds",
    help: "From payload in hand to decision made, by quantile; 1 is the largest.",
    labelNames: ["quantile"],
    registers: [registry],
    collect() {
      const { p50, p90, p99, max } = engine.latency();
      for (const [quantile, us] of Object.entries({ "0.5": p50, "0.9": p90, "0.99": p99, "1": max })) {
        this.set({ quantile }, us / 1e6);
      }
    },
  });
}

function serverGauges(counts: () => ServerCounts, registry: Registry<ContentType>): void {
  const gauge = (name: string, help: string, value: (server: ServerCounts) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value(counts()));
      },
    });
  gauge("sluice_connections", "Open connections.", (server) => server.connections);
  gauge("sluice_live_readers", "Open /live sockets.", (server) => server.liveReaders);
  gauge("sluice_live_gaps", "Gaps announced to live readers since the start.", (server) => server.liveGaps);
}
