/** The server's GET endpoints, each read with care: a member that is absent or of another shape is left out. */
import type { Decision, HourlyStats } from "@sluice/engine";

/** `GET /metrics` as JSON: what the live feed does not carry. */
export interface Metrics {
  readonly total: number;
  readonly actions: Readonly<Record<string, number>>;
  readonly aslTriggers: number;
  readonly duplicates: number | undefined;
  readonly rejected: number | undefined;
  readonly late: number | undefined;
  readonly latencyP50Us: number | undefined;
  readonly latencyP99Us: number | undefined;
}

export interface Readiness {
  readonly isReady: boolean;
  readonly policy: string | undefined;
  readonly pack: string | undefined;
  /** Part name to its state in words. */
  readonly parts: Readonly<Record<string, string>>;
}

/** Action to the score that asks for it; a number without an action stands under "". */
export type Ladder = Readonly<Record<string, number>>;
/** Category to tier to the ladders of both sides. */
export type Thresholds = Readonly<
  Record<string, Readonly<Record<string, { readonly prompt: Ladder; readonly completion: Ladder }>>>
>;

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

type Tree = { readonly [key: string]: unknown };

export interface Api {
  metrics(): Promise<Metrics>;
  ready(): Promise<Readiness>;
  thresholds(): Promise<Thresholds>;
  hourly(hours: number): Promise<HourlyStats>;
  decision(eventId: string, organisation: string): Promise<Decision>;
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
  const decisionPath = (eventId: string, organisation: string, rest = "") =>
    `decisions/${encodeURIComponent(eventId)}${rest}?org=${encodeURIComponent(organisation)}`;
  return {
    metrics: async () => readMetrics(await get("metrics")),
    ready: async () => readReadiness(await get("ready", [200, 503])),
    thresholds: async () => readThresholds(await get("thresholds")),
    hourly: async (hours) => (await get(`hourly-stats?hours=${hours}`)) as unknown as HourlyStats,
    decision: async (eventId, organisation) => (await get(decisionPath(eventId, organisation))) as unknown as Decision,
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
    latencyP50Us: asNumber(latency.p50),
    latencyP99Us: asNumber(latency.p99),
  };
}

function readReadiness(body: Tree): Readiness {
  const parts = Object.entries(asTree(body.parts)).map(([name, part]) => {
    const { state, detail } = asTree(part);
    return [name, [state, detail].filter((word) => typeof word === "string" && word !== "").join(": ")] as const;
  });
  return {
    isReady: body.ready === true || body.status === "ready",
    policy: asHash(body.policy),
    pack: asHash(body.pack),
    parts: Object.fromEntries(parts),
  };
}

function readThresholds(body: Tree): Thresholds {
  const table = asTree(body.thresholds ?? body.risk_thresholds ?? body);
  return Object.fromEntries(
    Object.entries(table).map(([category, tiers]) => [
      category,
      Object.fromEntries(Object.entries(asTree(tiers)).map(([tier, value]) => [tier, readLadders(value)])),
    ]),
  );
}

/** A number, a ladder for both sides, or one ladder a side. */
function readLadders(value: unknown): { readonly prompt: Ladder; readonly completion: Ladder } {
  const both = typeof value === "number" ? { "": value } : asNumbers(value);
  const { prompt, completion } = asTree(value);
  const isSided = prompt !== undefined || completion !== undefined;
  return isSided
    ? { prompt: asNumbers(prompt), completion: asNumbers(completion) }
    : { prompt: both, completion: both };
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
function asHash(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const { hash } = asTree(value);
  return typeof hash === "string" ? hash : undefined;
}
