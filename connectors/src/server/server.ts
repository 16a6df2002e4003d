/**
 * The HTTP and WebSocket server of an engine: its routes and sockets put together on a port. Nothing here knows which
 * adapter carries it. Invariant: it listens beyond this machine only when callers are authorised.
 */
import {
  type Alert,
  type Clock,
  type Engine,
  EngineError,
  type Ledger,
  type Log,
  type PartReport,
} from "@sluice/engine";
import type { AnalyticsStore } from "../analytics/contracts.ts";
import type { LedgerStore } from "../ledger/ledger.ts";
import { readAssets } from "./assets.ts";
import { type Authorise, front } from "./front.ts";
import { gatheredIngest } from "./gathered-ingest.ts";
import { type Guard, guard, isLoopback } from "./guard.ts";
import { LIVE_OPTIONS, LiveHub, type LiveOptions } from "./live/hub.ts";
import {
  type ListenAddress,
  PORT_LIMITS,
  type PortHandlers,
  type PortLimits,
  type PortOptions,
  type PortRequest,
  type ServerAdapter,
} from "./port.ts";
import { processMetrics } from "./process-metrics.ts";
import { requestWatch } from "./request-watch.ts";
import { checkRoute } from "./routes/check.ts";
import { type DecisionLedger, decisionRoutes } from "./routes/decisions.ts";
import { ingestRoute } from "./routes/ingest.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { queryRoute } from "./routes/query.ts";
import { searchRoute } from "./routes/search.ts";
import { stateRoutes } from "./routes/state.ts";
import { eventsSocket } from "./sockets/events.ts";
import { monitorSocket } from "./sockets/monitor.ts";

export interface ServerOptions {
  /** Further names of this server in Host: `name` or `name:port`. */
  readonly allowedHosts: readonly string[];
  /** Further origins whose pages may call: `https://name[:port]`. */
  readonly allowedOrigins: readonly string[];
  /** Body of `/ingest` and frame of `/events`; at most what the detector takes. */
  readonly payloadBytesMax: number;
  /** Body of `/check` and frame of `/monitor`: one event and its envelope. */
  readonly eventBytesMax: number;
  readonly limits: PortLimits;
  readonly live: LiveOptions;
  /** Shown by `/health` and `/ready`. */
  readonly version: string;
  readonly tls?: NonNullable<PortOptions["tls"]>;
}

export const SERVER_OPTIONS: ServerOptions = {
  allowedHosts: [],
  allowedOrigins: [],
  payloadBytesMax: 8 * 1024 * 1024,
  eventBytesMax: 1024 * 1024 + 64 * 1024,
  limits: PORT_LIMITS,
  live: LIVE_OPTIONS,
  version: "unknown",
};

export interface ServerParts {
  readonly adapter: ServerAdapter;
  /** Why this adapter was chosen, for `/ready`. */
  readonly adapterReason?: string;
  readonly engine: Engine;
  readonly ledger: DecisionLedger & Pick<Ledger, "read" | "lastSeq"> & Partial<Pick<LedgerStore, "state" | "metrics">>;
  /** Parts beside the engine: shown on `/ready` and `/metrics`. */
  readonly reports?: readonly PartReport[];
  /** Answers searches and SQL; without it they get 503. */
  readonly analytics?: AnalyticsStore | undefined;
  /** Told of requests that were refused or failed. */
  readonly log?: Log;
  /** Folder of the built dashboard; without it `/` says that there is none. */
  readonly dashboardDirectory?: string;
  /** Without it the server listens on loopback only, and everybody there may do everything. */
  readonly authorise?: Authorise;
  readonly clock?: Pick<Clock, "nowMs">;
  readonly options?: Partial<ServerOptions>;
}

export interface SluiceServer {
  /** Name of the adapter in use. */
  readonly adapter: string;
  /**
   * @param port 0 takes any free one
   * @throws {EngineError} `config-invalid` for an address that is not loopback without authorisation; `port-in-use`
   */
  listen(host: string, port: number): Promise<ListenAddress>;
  /** Shows an alert to the readers of `/live`, now and to those who connect later. */
  alert(alert: Alert): void;
  /** Takes no more, finishes what is in flight, closes sockets with 1001; cuts what is left after `deadlineMs`. */
  close(deadlineMs?: number): Promise<void>;
}

const CLOSE_DEADLINE_MS = 10_000;

export function createServer(parts: ServerParts): SluiceServer {
  const options: ServerOptions = { ...SERVER_OPTIONS, ...parts.options };
  const { engine, authorise } = parts;
  const ingest = gatheredIngest(engine);
  const clock = parts.clock ?? { nowMs: () => Date.now() };
  const { limits, tls } = options;
  let isStopping = false;
  let allow: Guard = () => "the server does not listen yet";
  // The port needs the handlers and the routes need the port; it hands over no request before `listen`.
  let handlers: PortHandlers;
  const port = parts.adapter(
    {
      request: (request, response) => handlers.request(request, response),
      upgrade: (request) => handlers.upgrade(request),
      socketRoutes: () => handlers.socketRoutes(),
    },
    tls === undefined ? { limits } : { limits, tls },
  );
  const hub = new LiveHub({ engine, ledger: parts.ledger, publish: port.publish, options: options.live });
  const counts = () => ({
    connections: port.connectionCount,
    liveReaders: hub.readerCount,
    liveGaps: hub.gapCount,
    liveReadersBehind: hub.behindCount,
    liveReadersStalled: hub.stalledCount,
  });
  const { ledger, reports = [], log = () => {} } = parts;
  const watch = requestWatch(log);
  const ownProcess = processMetrics();
  const others = [ledger, watch, ownProcess, ...reports].map((part) => () => part.metrics?.() ?? []);
  handlers = front({
    watch,
    guard: (request) => allow(request),
    authorise,
    assets: readAssets(parts.dashboardDirectory),
    routes: [
      ingestRoute(ingest, options.payloadBytesMax),
      checkRoute(engine, clock, options.eventBytesMax),
      metricsRoute({ engine, clock, counts, adapter: port.name, version: options.version, others }),
      ...stateRoutes(engine, () => ({
        ...{ adapter: port.name, adapterReason: parts.adapterReason, version: options.version, isStopping },
        ledger: ledger.state?.(),
        reports,
      })),
      searchRoute(parts.analytics),
      queryRoute(parts.analytics),
      ...decisionRoutes({
        ledger: parts.ledger,
        policy: () => engine.policy,
        clock,
        whoOf: (request) => whoOf(parts, request),
      }),
    ],
    endpoints: [
      { route: hub.route, role: "read", check: (request) => hub.check(request) },
      { route: eventsSocket(ingest, options.payloadBytesMax), role: "ingest" },
      { route: monitorSocket(engine, clock, options.eventBytesMax), role: "ingest" },
    ],
  });
  return {
    adapter: port.name,
    async listen(host, portNumber) {
      if (authorise === undefined && !isLoopback(host)) {
        const advice = "listen on 127.0.0.1, or configure authentication first";
        throw new EngineError(
          "config-invalid",
          `${host} is open to other machines and nobody is authenticated: ${advice}`,
        );
      }
      const address = await port.listen(host, portNumber);
      allow = guard({ hosts: options.allowedHosts, origins: options.allowedOrigins }, address.port);
      return address;
    },
    alert: (alert) => hub.alert(alert),
    async close(deadlineMs = CLOSE_DEADLINE_MS) {
      isStopping = true;
      hub.close();
      ownProcess.stop();
      await port.close(deadlineMs);
    },
  };
}

function whoOf({ authorise }: ServerParts, request: PortRequest): string {
  const authorisation = authorise?.(request, "review");
  return authorisation?.isAllowed ? authorisation.who : "loopback";
}
