/**
 * Posts batches of events to `/ingest`, at least once and in order: a batch is sent again after 429 and 503 (as
 * `Retry-After` asks) and after a lost connection; the server answers what it has already by event id, so nothing is
 * recorded twice.
 */
import { type Action, EngineError, type Rejection } from "@sluice/engine";

/** The part of the `/ingest` body that a sender needs. */
export interface IngestAnswer {
  readonly processed: number;
  readonly duplicates: number;
  readonly actions: Readonly<Record<Action, number>>;
  readonly rejected: readonly Rejection[];
}
export interface PostOptions {
  /** Of the server, without a path. */
  readonly server: URL;
  readonly stop: AbortSignal;
  /** Waits; injected by tests. */
  readonly pause: (delayMs: number, stop: AbortSignal) => Promise<void>;
  /** Told before each wait. */
  readonly retrying: (reason: string, delayMs: number) => void;
  /** A server that cannot be reached for this long is given up. */
  readonly unreachableMaxMs: number;
}

const BACKOFF_MIN_MS = 200;
const BACKOFF_MAX_MS = 5_000;
const RETRY_AFTER_MAX_MS = 60_000;
/** The server answers well within this, also when it waits for its disk. */
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * @param events each one JSON object.
 * @returns undefined when `stop` aborted before the batch was answered.
 * @throws {EngineError} `source-lost` when the server stays unreachable or answers what no ingest endpoint does.
 */
export async function postEvents(
  events: readonly Uint8Array[],
  options: PostOptions,
): Promise<IngestAnswer | undefined> {
  const body = joinLines(events);
  let unreachableMs = 0;
  let backoffMs = BACKOFF_MIN_MS;
  while (!options.stop.aborted) {
    const attempt = await post(body, options);
    if ("answer" in attempt) return attempt.answer;
    if (attempt.delayMs === undefined && unreachableMs >= options.unreachableMaxMs) {
      const message = `cannot reach ${options.server.origin}: ${attempt.reason}; is \`sluice serve\` running there?`;
      throw new EngineError("source-lost", message);
    }
    const delayMs = attempt.delayMs ?? backoffMs;
    unreachableMs = attempt.delayMs === undefined ? unreachableMs + delayMs : 0;
    backoffMs = Math.min(backoffMs * 2, BACKOFF_MAX_MS);
    options.retrying(attempt.reason, delayMs);
    await options.pause(delayMs, options.stop);
  }
  return undefined;
}

/** An answer, or why to try again: after `delayMs` when the server named it, undefined when there was no server. */
type Attempt = { readonly answer: IngestAnswer } | { readonly reason: string; readonly delayMs: number | undefined };

async function post(body: Buffer, { server, stop }: PostOptions): Promise<Attempt> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(new URL("/ingest", server), {
      method: "POST",
      headers: { "content-type": "application/x-ndjson" },
      body,
      signal: AbortSignal.any([stop, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    text = await response.text();
  } catch (error) {
    return { reason: networkReason(error), delayMs: undefined };
  }
  const { status } = response;
  if (status === 429 || status === 503) {
    return { reason: `the server answered ${status}`, delayMs: retryAfterMs(response.headers.get("retry-after")) };
  }
  const answer = answerOf(text);
  if (answer === undefined || (status !== 200 && answer.rejected.length === 0)) {
    throw new EngineError("source-lost", `${server.origin}/ingest answered ${status}: ${text.slice(0, 200)}`);
  }
  return { answer };
}

function answerOf(text: string): IngestAnswer | undefined {
  let body: Partial<IngestAnswer>;
  try {
    body = JSON.parse(text) as Partial<IngestAnswer>;
  } catch {
    return undefined; // not JSON: no ingest endpoint; the caller says so with the status
  }
  const none = { allow: 0, warn: 0, redact: 0, escalate: 0, block: 0 };
  const { processed = 0, duplicates = 0, actions = none, rejected } = body;
  return Array.isArray(rejected) ? { processed, duplicates, actions, rejected } : undefined;
}

/** RFC 9110 §10.2.3: seconds or a date. */
function retryAfterMs(header: string | null): number {
  const seconds = Number(header ?? 1);
  const delayMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header ?? "") - Date.now();
  return Math.min(Math.max(Number.isFinite(delayMs) ? delayMs : 1000, BACKOFF_MIN_MS), RETRY_AFTER_MAX_MS);
}

function networkReason(error: unknown): string {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause;
  return cause?.code ?? cause?.message ?? (error as Error).message;
}

function joinLines(lines: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const line of lines) parts.push(line, LINE_BREAK);
  return Buffer.concat(parts);
}
const LINE_BREAK = Buffer.from("\n");
