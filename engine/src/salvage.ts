/**
 * When the kernel fails on a payload, its events are still owed an answer that fails closed. This reads who and which
 * they are, slowly, by JSON.parse; it scores nothing. An event that it cannot read has no identity to answer under.
 */
import { FIELDS, type FieldName, type Scan } from "@sluice/core-wasm";
import { eventTimeMs } from "./event-time.ts";

const REQUIRED: readonly FieldName[] = ["event_id", "timestamp", "user_id", "org_id", "surface", "tier"];
const DETAILS: readonly FieldName[] = ["attachments", "age", "metadata", "risk_scores", "tags"];
const EMPTY = new Uint8Array(0);
type Fields = Readonly<Record<string, unknown>>;

/** By position in the payload; undefined where nothing can be read. Empty when the payload itself cannot be. */
export function salvage(payload: Uint8Array): readonly (Scan | undefined)[] {
  return eventsOf(Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString("utf8")).map(scanOf);
}

function eventsOf(text: string): readonly unknown[] {
  const whole = parse(text);
  if (whole === undefined) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    const events = lines.map(parse);
    return events.some((event) => event !== undefined) ? events : [];
  }
  const { events, specversion, data } = whole as { events?: unknown; specversion?: unknown; data?: unknown };
  if (Array.isArray(events)) return events;
  return [specversion === undefined ? whole : data];
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined; // the caller answers it as unreadable
  }
}

function scanOf(event: unknown): Scan | undefined {
  if (typeof event !== "object" || event === null) return undefined;
  const fields = event as Fields;
  const text = (field: FieldName) => (typeof fields[field] === "string" ? (fields[field] as string) : "");
  const timeMs = eventTimeMs(text("timestamp"));
  if (REQUIRED.some((field) => text(field) === "") || Number.isNaN(timeMs)) return undefined;
  const has = (field: FieldName) => fields[field] !== undefined && fields[field] !== null;
  return {
    fault: undefined,
    eventTimeMs: timeMs,
    scored: false,
    plainIds: false,
    hasDetails: DETAILS.some(has),
    scores: new Int32Array(0),
    truncated: false,
    text,
    bytes: (field) => Buffer.from(text(field)),
    byteLength: (field) => Buffer.byteLength(text(field)),
    raw: (field) => (has(field) ? Buffer.from(JSON.stringify(fields[field])) : EMPTY),
    has,
    matches: () => [],
    canonical: () =>
      Buffer.concat(FIELDS.slice(0, 10).flatMap((field, at) => (has(field) ? part(at, text(field)) : []))),
  };
}

/** One field of the canonical event, spelled as the kernel does: number, length, bytes. */
function part(fieldNumber: number, text: string): Uint8Array[] {
  const bytes = Buffer.from(text);
  const head = Buffer.alloc(5);
  head.writeUInt8(fieldNumber, 0);
  head.writeUInt32LE(bytes.length, 1);
  return [head, bytes];
}
