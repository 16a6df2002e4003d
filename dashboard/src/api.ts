/** The server's GET endpoints, each read with care: a member that is absent or of another shape is left out. */
import type { Comparison, Decision, HourlyStats, PartState } from "@sluice/engine";

/** `GET /metrics` as JSON: what the live feed does not carry. */
export interface Metrics {
  readonly total: number;
  readonly actions: Readonly<Record<string, number>>;
  readonly aslTriggers: number;
  readonly duplicates: number | undefined;
  readonly rejected: number | undefined;
  readonly late: number | undefined;
  readonly shed: number | undefined;
  readonly latencyP50Us: number | undefined;
  readonly latencyP90Us: number | undefined;
  readonly latencyP99Us: number | undefined;
  readonly connections: number | undefined;
  readonly liveReaders: number | undefined;
  readonly liveGaps: number | undefined;
}

export interface Readiness {
  readonly isReady: boolean;
  readonly policy: string | undefined;
  readonly pack: string | undefined;
  readonly version: string | undefined;
  readonly adapter: string | undefined;
  readonly parts: Readonly<Record<string, PartState>>;
}

/** What `?explain=true` adds to a decision. */
export interface Explanation {
  /** False: the policy that decided is no longer in force, so nothing but the reasons is known. */
  readonly isInForce: boolean;
  readonly note: string | undefined;
  readonly comparisons: readonly Comparison[];
}

export interface AuditedText {
  readonly prompt: string | undefined;
  readonly completion: string | undefined;
}

/** What went wrong in words for a person, with the HTTP status (0: no answer came). */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ExplainedDecision {
  readonly decision: Decision;
  readonly explanation: Explanation;
}

type Tree = { readonly [key: string]: unknown };

export interface Api {
  metrics(): Promise<Metrics>;
  ready(): Promise<Readiness>;
  hourly(hours: number): Promise<HourlyStats>;
  /** The newest decision of the event, with all that it was compared with. */
  decision(eventId: string, organisation: string): Promise<ExplainedDecision>;
  /** The server writes down who looked, before it answers. */
  text(eventId: string, organisation: string): Promise<AuditedText>;
}

export function api(base: string): Api {
  async function get(path: string, statusesRead: readonly number[] = [200]): Promise<Tree> {
    let response: Response;
    try {
      response = await fetch(new URL(path, base), { headers: { accept: "application/json" }, cache: "no-store" });
    } catch {
      throw new ApiError(0, "The server gave no answer.");
    }
    const body = asTree(await response.json().catch(() => undefined));
    if (statusesRead.includes(response.status)) return body;
    throw new ApiError(response.status, typeof body.error === "string" ? body.error : `Status ${response.status}.`);
  }
  function decisionPath(eventId: string, organisation: string, rest = "", query = ""): string {
    const org = organisation === "" ? "" : `org=${encodeURIComponent(organisation)}`;
    return `decisions/${encodeURIComponent(eventId)}${rest}?${[org, query].filter(Boolean).join("&")}`;
  }
  return {
    metrics: async () => readMetrics(await get("metrics")),
    ready: async () => readReadiness(await get("ready", [200, 503])),
    hourly: async (hours) => (await get(`hourly-stats?hours=${hours}`)) as unknown as HourlyStats,
    decision: async (eventId, organisation) =>
      readExplained(await get(decisionPath(eventId, organisation, "", "explain=true"))),
    text: async (eventId, organisation) => readText(await get(decisionPath(eventId, organisation, "/text"))),
  };
}

function readMetrics(body: Tree): Metrics {
  const latency = asTree(body.latency_us ?? body.latency);
  return {
    total: asNumber(body.total_events) ?? 0,
    actions: asNumbers(body.actions_taken),
    aslTriggers: asNumber(body.asl_triggers) ?? 0,
    duplicates: asSum(body.duplicates),
    rejected: asSum(body.rejected),
    late: asSum(body.late_events),
    shed: asSum(body.shed),
    latencyP50Us: asNumber(latency.p50),
    latencyP90Us: asNumber(latency.p90),
    latencyP99Us: asNumber(latency.p99),
    connections: asNumber(body.connections),
    liveReaders: asNumber(body.live_readers),
    liveGaps: asNumber(body.live_gaps),
  };
}

const PART_STATES = ["ready", "starting", "failed", "stopped"] as const;

function readReadiness(body: Tree): Readiness {
  const parts = Object.entries(asTree(body.parts)).map(([name, part]) => {
    const { state, detail } = asTree(part);
    const known = PART_STATES.find((one) => one === state) ?? "failed"; // a state that nobody knows is no good news
    return [name, { state: known, detail: asWord(detail) ?? asWord(state) ?? "" }] as const;
  });
  return {
    isReady: body.ready === true || body.status === "ready",
    policy: asHash(body.policy),
    pack: asHash(body.pack),
    version: asWord(body.version),
    adapter: asWord(body.adapter),
    parts: Object.fromEntries(parts),
  };
}

function readExplained({ explain, seq: _seq, ...decision }: Tree): ExplainedDecision {
  const { in_force: isInForce, note, comparisons } = asTree(explain);
  return {
    decision: decision as unknown as Decision,
    explanation: {
      isInForce: isInForce === true,
      note: asWord(note),
      comparisons: Array.isArray(comparisons) ? comparisons : [],
    },
  };
}

function readText(body: Tree): AuditedText {
  const text = asTree(body.text ?? body);
  return {
    prompt: typeof text.prompt === "string" ? text.prompt : undefined,
    completion: typeof text.completion === "string" ? text.completion : undefined,
  };
}

function asTree(value: unknown): Tree {
  return typeof value === "object" && value !== null ? (value as Tree) : {};
}
function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
function asNumbers(value: unknown): Record<string, number> {
  const entries = Object.entries(asTree(value)).filter(
    (entry): entry is [string, number] => asNumber(entry[1]) !== undefined,
  );
  return Object.fromEntries(entries);
}
/** A count, or the sum of counts by reason. */
function asSum(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null) return asNumber(value);
  return Object.values(asNumbers(value)).reduce((sum, count) => sum + count, 0);
}
function asWord(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
function asHash(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const { hash } = asTree(value);
  return typeof hash === "string" ? hash : undefined;
}
