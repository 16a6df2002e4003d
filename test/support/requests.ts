/** Requests over node:http, so that any header can be sent, `Host` too, and a dying server is told from an answer. */
import { type Agent, type IncomingHttpHeaders, request } from "node:http";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}
export interface RequestOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly agent?: Agent;
}

export const JSON_TYPE = { "content-type": "application/json" };
export const NDJSON_TYPE = { "content-type": "application/x-ndjson" };

/** Rejects when the connection breaks before the whole answer came. */
export function send(url: URL, path: string, { method, headers, body, agent }: RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { method: method ?? (body === undefined ? "GET" : "POST"), headers: { ...headers } };
    const sent = request(new URL(path, url), agent === undefined ? options : { ...options, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

export interface IngestAnswer {
  readonly processed: number;
  readonly duplicates: number;
  readonly actions: Readonly<Record<string, number>>;
  readonly decisions: readonly Readonly<Record<string, unknown>>[];
  readonly rejected: readonly Rejected[];
}
export interface Rejected {
  readonly index: number;
  readonly event_id?: string;
  readonly field: string;
  readonly reason: string;
  readonly message: string;
}

/** Posts to `/ingest` what it must accept in part at least. */
export async function ingest(url: URL, body: string | Uint8Array, options: RequestOptions = {}): Promise<IngestAnswer> {
  const { status, text } = await send(url, "/ingest", { headers: JSON_TYPE, ...options, body });
  if (status !== 200) throw new Error(`/ingest answered ${status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as IngestAnswer;
}

/** The members of `/metrics` in JSON that tests look at. */
export interface Metrics {
  readonly total_events: number;
  readonly actions_taken: Readonly<Record<string, number>>;
  readonly events_by_surface: Readonly<Record<string, number>>;
  readonly events_by_tier: Readonly<Record<string, number>>;
  readonly events_by_organisation: Readonly<Record<string, number>>;
  readonly risk_detections: Readonly<Record<string, number>>;
  readonly asl_triggers: number;
  readonly duplicates: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly live_gaps: number;
}

export async function metrics(url: URL): Promise<Metrics> {
  return JSON.parse((await send(url, "/metrics")).text) as Metrics;
}

export const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
