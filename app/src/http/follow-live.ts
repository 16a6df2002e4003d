/**
 * Follows `/live`: every decision after a ledger sequence, in order, once; or an announced gap. A lost connection is
 * made again and resumes after the last sequence seen.
 */
import { type Decision, EngineError } from "@sluice/engine";
import { WebSocket } from "ws";

export interface FollowOptions {
  /** Of the server, `http:` or `https:`. */
  readonly server: URL;
  /** As `/live` takes them: `action`, `org`. */
  readonly filters: Readonly<Record<string, string>>;
  /** Ledger sequence to resume after; undefined starts with what comes next. */
  readonly since: number | undefined;
  readonly stop: AbortSignal;
  readonly pause: (delayMs: number, stop: AbortSignal) => Promise<void>;
  /** After each (re)connection, when the server has answered. */
  readonly subscribed: (seq: number) => void;
  readonly decisions: (decisions: readonly Decision[]) => void;
  /** Decisions with these ledger sequences, both included, were not delivered. */
  readonly gap: (from: number, to: number) => void;
  readonly lost: (reason: string, retryInMs: number) => void;
}

type Frame =
  | { readonly type: "snapshot"; readonly seq: number }
  | { readonly type: "decisions"; readonly seq: number; readonly prev: number; readonly decisions: readonly Decision[] }
  | { readonly type: "gap"; readonly from: number; readonly to: number }
  | { readonly type: "aggregates" | "alerts" };

const BACKOFF_MIN_MS = 200;
const BACKOFF_MAX_MS = 5_000;

/**
 * Resolves when `stop` aborts.
 * @throws {EngineError} `source-lost` when the server refuses the subscription: trying again would not help.
 */
export async function followLive(options: FollowOptions): Promise<void> {
  const { stop, pause, lost } = options;
  const place: Place = { since: options.since, backoffMs: BACKOFF_MIN_MS };
  while (!stop.aborted) {
    const reason = await connection(options, place);
    if (stop.aborted) return;
    lost(reason, place.backoffMs);
    await pause(place.backoffMs, stop);
    place.backoffMs = Math.min(place.backoffMs * 2, BACKOFF_MAX_MS);
  }
}

/** What outlives a connection. */
interface Place {
  since: number | undefined;
  backoffMs: number;
}

/** One connection from open to close; resolves with why it ended. */
function connection(options: FollowOptions, place: Place): Promise<string> {
  const { server, filters, stop } = options;
  const url = new URL("/live", server);
  url.protocol = server.protocol === "https:" ? "wss:" : "ws:";
  for (const [name, value] of Object.entries(filters)) url.searchParams.set(name, value);
  if (place.since !== undefined) url.searchParams.set("since", String(place.since));
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const end = () => socket.terminate();
    let reason = "the server closed the connection";
    stop.addEventListener("abort", end);
    socket.on("message", (data) => takeFrame(JSON.parse(String(data)) as Frame, options, place));
    socket.on("unexpected-response", (_request, response) => {
      reason = `the server answered ${response.statusCode}`;
      const isFinal = response.statusCode !== 429 && response.statusCode !== 503;
      if (isFinal) reject(new EngineError("source-lost", `${url.origin}/live cannot be followed: ${reason}`));
      response.destroy();
      socket.terminate();
    });
    socket.on("error", (error: Error & { code?: string }) => {
      reason = error.code ?? error.message;
    });
    socket.on("close", () => {
      stop.removeEventListener("abort", end);
      resolve(reason);
    });
  });
}

function takeFrame(frame: Frame, options: FollowOptions, place: Place): void {
  if (frame.type === "snapshot") {
    place.since ??= frame.seq; // a resumed place stays: what is missing since then still comes
    place.backoffMs = BACKOFF_MIN_MS;
    options.subscribed(frame.seq);
  } else if (frame.type === "decisions") {
    place.since = frame.seq;
    options.decisions(frame.decisions);
  } else if (frame.type === "gap") {
    place.since = frame.to;
    options.gap(frame.from, frame.to);
  }
}
