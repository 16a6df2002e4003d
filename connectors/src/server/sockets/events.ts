/**
 * `WS /events`: one payload a frame (text or binary), answered in order with the `/ingest` body, the status that
 * `/ingest` would have, and the sender's `batch` when the frame is `{"batch":…,"events":[…]}`.
 * Delivery: at least once in; a frame without an answer was perhaps recorded and may be sent again.
 */
import { problem } from "../answer.ts";
import type { Ingest } from "../gathered-ingest.ts";
import { outcomeAnswer, unavailable } from "../outcome.ts";
import type { SocketRoute } from "../port.ts";
import { framedSocket } from "./framed.ts";

const BUFFERED_BYTES_MAX = 16 * 1024 * 1024;
/** A longer `batch` is not given back. */
const BATCH_CHARS_MAX = 256;
/** Where senders put it: first, so that the frame need not be parsed to find it. */
const BATCH_FIRST = /^\s*\{\s*"batch"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*)\s*[,}]/;
const BATCH_KEY = Buffer.from('"batch"');

export function eventsSocket(ingest: Ingest, payloadBytesMax: number): SocketRoute {
  const busy = withStatus(undefined, 503, problem("too many frames wait for their answer: send this one again"));
  return {
    path: "/events",
    frameBytesMax: payloadBytesMax,
    bufferedBytesMax: BUFFERED_BYTES_MAX,
    open: (socket) => framedSocket(socket, (frame) => answerFrame(ingest, frame), busy),
  };
}

function answerFrame(ingest: Ingest, frame: Uint8Array): Promise<string> {
  const batch = batchOf(frame);
  return ingest(frame).then(
    (outcome) => {
      const { status, body } = outcomeAnswer(outcome);
      return withStatus(batch, status, body);
    },
    (error: unknown) => withStatus(batch, 503, problem(unavailable(error))),
  );
}

function withStatus(batch: string | undefined, status: number, body: string): string {
  return `{${batch === undefined ? "" : `"batch":${batch},`}"status":${status},${body.slice(1)}`;
}

/** The JSON text of the top-level `batch`, a string or number; undefined when there is none. */
export function batchOf(frame: Uint8Array): string | undefined {
  const buffer = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  if (!buffer.includes(BATCH_KEY)) return undefined;
  const first = BATCH_FIRST.exec(buffer.toString("utf8", 0, 2 * BATCH_CHARS_MAX))?.[1];
  return batchText(parse(first ?? `${buffer}`, first !== undefined));
}

function parse(text: string, isBatch: boolean): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    if (isBatch || typeof value !== "object" || value === null) return value;
    return (value as { readonly batch?: unknown }).batch;
  } catch {
    return undefined; // no JSON object, NDJSON perhaps: the engine says what is wrong, if anything is
  }
}

function batchText(batch: unknown): string | undefined {
  if (typeof batch !== "string" && typeof batch !== "number") return undefined;
  const text = JSON.stringify(batch);
  return text.length <= BATCH_CHARS_MAX ? text : undefined;
}
