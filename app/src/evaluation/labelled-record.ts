/**
 * One line of a labelled file as an event at tier `general`. A record is an event, or `{id, text, role, context?}` with
 * `label`, `category` and `source` beside it. The label of a completion is about the completion: its `context`, the
 * prompt that was answered, is not scored.
 */
import type { Line } from "../line-reader.ts";

export interface LabelledRecord {
  readonly id: string;
  /** Undefined when the record says nothing that we understand: it can be scored but not evaluated. */
  readonly label: "safe" | "unsafe" | undefined;
  readonly category: string;
  readonly source: string;
  /** For `Engine.evaluate`. */
  readonly event: object;
}
export interface RecordFault {
  readonly line: number;
  readonly message: string;
}

/** Labels of cgcp's and our own synthetic events. Elevated ones ask about risks without wanting any. */
const SYNTHETIC_LABELS: Readonly<Record<string, readonly ["safe" | "unsafe", string]>> = {
  safe: ["safe", "none"],
  elevated: ["safe", "none"],
  concerning: ["unsafe", "other"],
  jailbreak_attempts: ["unsafe", "jailbreak"],
};

export function readLabelled({ number, bytes, refusal }: Line): LabelledRecord | RecordFault {
  if (refusal !== undefined) return { line: number, message: refusal.message };
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch (error) {
    return { line: number, message: `is not JSON: ${(error as Error).message}` };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { line: number, message: "must be one JSON object" };
  }
  const record = value as Record<string, unknown>;
  if ("event_id" in record) return fromEvent(record);
  const { id, text, role = "prompt" } = record;
  if (typeof id !== "string" && typeof id !== "number") return { line: number, message: "needs an id, or an event_id" };
  if (typeof text !== "string") return { line: number, message: "needs a text" };
  if (role !== "prompt" && role !== "completion")
    return { line: number, message: 'role must be "prompt" or "completion"' };
  return {
    id: String(id),
    label: record.label === "safe" || record.label === "unsafe" ? record.label : undefined,
    category: typeof record.category === "string" ? record.category : "none",
    source: typeof record.source === "string" ? record.source : "unnamed",
    event: textEvent(String(number), role === "prompt" ? text : "", role === "completion" ? text : ""),
  };
}

/** The same record with its texts changed. */
export function rewritten(record: LabelledRecord, rewrite: (text: string) => string): LabelledRecord {
  const event = record.event as Readonly<Record<string, unknown>>;
  const changed = ["prompt", "completion"].flatMap((side) => {
    const text = event[side];
    return typeof text === "string" ? [[side, rewrite(text)]] : [];
  });
  return { ...record, event: { ...event, ...Object.fromEntries(changed) } };
}

function fromEvent(record: Record<string, unknown>): LabelledRecord {
  const tags = Array.isArray(record.tags) ? (record.tags as unknown[]) : [];
  const [label, category] = SYNTHETIC_LABELS[String(tags[1])] ?? [undefined, "none"];
  const source = typeof record.org_id === "string" ? record.org_id : "unnamed";
  return { id: String(record.event_id), label, category, source, event: { ...record, tier: "general" } };
}

/** An event around a bare text. Its time is fixed: nothing of it is recorded. */
export function textEvent(eventId: string, prompt: string, completion: string, tier = "general"): object {
  const caller = { user_id: "local", org_id: "local", surface: "cli", tier };
  return { event_id: eventId, timestamp: "2026-01-01T00:00:00Z", ...caller, prompt, completion };
}
