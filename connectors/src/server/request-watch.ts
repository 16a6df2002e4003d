/**
 * Watches answers on their way out: counts them by route and status, times them, and gives each refused or failed one
 * an id that stands in its `x-request-id` and in the log. The id is ours: what a caller sends is not repeated. The log
 * gets route, method and status, never the path or query, which may hold ids of events.
 */
import { randomBytes } from "node:crypto";
import { createHistogram, type Histogram, type Log, type Metric } from "@sluice/engine";
import type { Headers, PortRequest, PortResponse, Refusal } from "./port.ts";

export interface WatchedResponse extends PortResponse {
  /** Path of the route as it is written there; before one is found `none`. */
  route: string;
}

export interface RequestWatch {
  watch(request: PortRequest, response: PortResponse): WatchedResponse;
  /** A WebSocket that was not opened: the refusal with its id. */
  refusedUpgrade(refusal: Refusal, route: string): Refusal;
  metrics(): readonly Metric[];
}

/** Seconds, from the head of the request to the answer handed to the socket. */
const BOUNDS = [1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25, 1, 10] as const;
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]);

/**
 * A class, for there is one a request: V8 puts an accessor of an object literal into the old generation, where it keeps
 * all that it sees (request, body, decision) until the next full collection, and each young one copies that.
 */
class Watched implements WatchedResponse {
  route = "none";
  readonly startMs = performance.now();
  readonly #response: PortResponse;
  readonly #method: string;
  readonly #answered: Answered;

  constructor(response: PortResponse, method: string, answered: Answered) {
    this.#response = response;
    this.#method = method;
    this.#answered = answered;
  }

  get isAborted(): boolean {
    return this.#response.isAborted;
  }

  end(status: number, headers: Headers, body: string | Uint8Array): void {
    this.#response.end(status, this.#answered(this, status, headers, this.#method), body);
  }

  stream(status: number, headers: Headers, pieces: Iterable<string | Uint8Array>): void {
    this.#response.stream(status, this.#answered(this, status, headers, this.#method), pieces);
  }
}

/** Counts an answer; its headers as they leave. */
type Answered = (watched: Watched, status: number, headers: Headers, method: string) => Headers;

export function requestWatch(log: Log): RequestWatch {
  const idPrefix = randomBytes(4).toString("hex");
  let lastId = 0;
  /** By route and status: both closed lists. */
  const counts = new Map<string, { readonly route: string; readonly status: string; count: number }>();
  const seconds = new Map<string, Histogram>();

  function count(route: string, status: number): void {
    const key = `${status} ${route}`;
    const cell = counts.get(key) ?? { route, status: String(status), count: 0 };
    cell.count += 1;
    counts.set(key, cell);
  }
  function time(route: string, startMs: number): void {
    const histogram = seconds.get(route) ?? createHistogram(BOUNDS);
    histogram.observe((performance.now() - startMs) / 1000);
    seconds.set(route, histogram);
  }
  function answered({ route, startMs }: Watched, status: number, headers: Headers, method: string): Headers {
    count(route, status);
    time(route, startMs);
    return headersOf(headers, status, method, route);
  }
  function headersOf(headers: Headers, status: number, method: string, route: string): Headers {
    if (status < 400) return headers;
    lastId += 1;
    const requestId = `${idPrefix}-${lastId.toString(36)}`;
    const isOurs = status >= 500;
    log({
      level: isOurs ? "error" : "warn",
      event: isOurs ? "http-failed" : "http-refused",
      message: isOurs ? "a request could not be served" : "a request was refused",
      fields: { requestId, status, route, method: METHODS.has(method) ? method : "other" },
    });
    return { ...headers, "x-request-id": requestId };
  }
  return {
    watch: ({ method }, response) => new Watched(response, method, answered),
    refusedUpgrade(refusal, route) {
      count(route, refusal.status);
      return { ...refusal, headers: headersOf(refusal.headers, refusal.status, "GET", route) };
    },
    metrics: () => [
      {
        name: "sluice_http_requests_total",
        help: "Answers by route and status since the start.",
        type: "counter",
        samples: [...counts.values()].map(({ route, status, count }) => ({ labels: { route, status }, value: count })),
      },
      {
        name: "sluice_http_request_seconds",
        help: "From the head of a request to its answer handed to the socket, its body and the ledger included.",
        type: "histogram",
        samples: [...seconds].map(([route, histogram]) => histogram.sample({ route })),
      },
    ],
  };
}
