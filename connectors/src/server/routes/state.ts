/** `GET /health`, `/ready`, `/hourly-stats`, `/thresholds`: what the engine says of itself. */
import type { Engine, PartReport, PartState } from "@sluice/engine";
import type { LedgerState } from "../../ledger/segment-ledger.ts";
import { answerJson, answerProblem, JSON_HEADERS } from "../answer.ts";
import { queryOf, type Route } from "../router.ts";

/** Hours of `/hourly-stats`: the default, and the most that is answered (a month). */
const HOURS_DEFAULT = 24;
const HOURS_MAX = 744;

export interface ServerState {
  readonly adapter: string;
  /** Why it was chosen, when something chose. */
  readonly adapterReason: string | undefined;
  readonly version: string;
  readonly isStopping: boolean;
  /** How records are synced and how many wait; undefined for a ledger that keeps nothing. */
  readonly ledger: Pick<LedgerState, "sync" | "pendingRecords"> | undefined;
  /** Parts beside the engine. */
  readonly reports: readonly PartReport[];
}

export function stateRoutes(engine: Engine, state: () => ServerState): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/health",
      handle(_request, response) {
        const { adapter, version } = state();
        const body = { status: "ok", version, adapter, uptime_s: Math.floor(process.uptime()) };
        answerJson(response, 200, JSON.stringify(body));
      },
    },
    {
      method: "GET",
      path: "/ready",
      handle(_request, response) {
        const { isReady, body } = readiness(engine, state());
        const headers = isReady ? JSON_HEADERS : { ...JSON_HEADERS, "retry-after": "1" };
        response.end(isReady ? 200 : 503, headers, JSON.stringify(body));
      },
    },
    {
      method: "GET",
      path: "/hourly-stats",
      role: "read",
      handle(request, response) {
        const text = queryOf(request).get("hours") ?? String(HOURS_DEFAULT);
        const hours = /^\d{1,4}$/.test(text) ? Number(text) : 0;
        if (hours < 1 || hours > HOURS_MAX) {
          return answerProblem(response, 400, `hours must be a whole number from 1 to ${HOURS_MAX}`);
        }
        answerJson(response, 200, JSON.stringify(engine.hourlyStats(hours)));
      },
    },
    {
      method: "GET",
      path: "/thresholds",
      role: "read",
      handle: (_request, response) => answerJson(response, 200, JSON.stringify(engine.policy.thresholds)),
    },
  ];
}

function readiness(engine: Engine, state: ServerState) {
  const { adapter, adapterReason, version, isStopping, ledger, reports } = state;
  const server = isStopping
    ? ({ state: "stopped", detail: "stopping" } as const)
    : ({ state: "ready", detail: adapterReason === undefined ? adapter : `${adapter}: ${adapterReason}` } as const);
  const parts: Record<string, PartState> = { ...engine.parts(), server };
  if (parts.ledger?.state === "ready" && ledger !== undefined) {
    const detail = `${parts.ledger.detail}, sync ${ledger.sync}, ${ledger.pendingRecords} records wait for the disk`;
    parts.ledger = { state: "ready", detail };
  }
  for (const report of reports) parts[report.name] = report.state();
  const optional = new Set(reports.filter(({ isVital }) => !isVital).map(({ name }) => name));
  const isReady = Object.entries(parts).every(([name, { state }]) => state === "ready" || optional.has(name));
  const { policy, pack } = engine;
  const body = {
    status: isReady ? "ready" : "not_ready",
    version,
    adapter,
    adapter_reason: adapterReason,
    parts,
    policy: { name: policy.name, hash: policy.hash },
    pack: { name: pack.name, version: pack.version, hash: pack.hash },
  };
  return { isReady, body };
}
