/**
 * One event's bytes to its checked fields: docs/guides/detection.md §1, "Event". Reading comes first, then the checks
 * in the order of FIELDS; the first fault wins.
 */
import { type Fault, FIELDS, type FieldName, LIMITS } from "../types.ts";
import { type Cursor, JsonStop, peek, readObject, readValue, skipBlanks, type ValueKind } from "./json-reader.ts";
import { parseTimestamp } from "./timestamp.ts";

interface FieldRule {
  readonly kind: ValueKind;
  readonly required?: true;
  readonly mayBeEmpty?: true;
  /** In code points; without it the field may be as long as the event. */
  readonly charsMax?: number;
  readonly allowsControls?: true;
}
const { idCharsMax, shortCharsMax } = LIMITS;
const RULES: Readonly<Record<FieldName, FieldRule>> = {
  event_id: { kind: "string", required: true, charsMax: idCharsMax },
  timestamp: { kind: "string", required: true, charsMax: shortCharsMax, mayBeEmpty: true, allowsControls: true },
  user_id: { kind: "string", required: true, charsMax: idCharsMax },
  org_id: { kind: "string", required: true, charsMax: idCharsMax },
  surface: { kind: "string", required: true, charsMax: shortCharsMax },
  tier: { kind: "string", required: true, charsMax: shortCharsMax },
  prompt: { kind: "string", required: true, mayBeEmpty: true, allowsControls: true },
  completion: { kind: "string", mayBeEmpty: true, allowsControls: true },
  model_version: { kind: "string", mayBeEmpty: true, charsMax: idCharsMax },
  conversation_id: { kind: "string", mayBeEmpty: true, charsMax: idCharsMax },
  attachments: { kind: "array" },
  age: { kind: "object" },
  metadata: { kind: "object" },
  risk_scores: { kind: "object" },
  tags: { kind: "array" },
};

/** A value as it stood in the event; `text` is the decoded UTF-8 of a string. */
interface RawField {
  readonly kind: ValueKind;
  readonly offset: number;
  readonly text?: Uint8Array;
}

export interface ReadEvent {
  readonly fault?: Fault;
  /** The event's id when it could be read and is a good one, else "". */
  readonly eventId: string;
  /** Decoded string fields that are present; all that were read, when there is a fault. */
  readonly texts: ReadonlyMap<FieldName, Uint8Array>;
  readonly eventTimeMs: number;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** Control characters, U+0000–001F and U+007F–009F. */
const CONTROL = /\p{Cc}/u;

function checkText(field: FieldName, rule: FieldRule, { offset, text }: RawField): Fault | undefined {
  const value = decoder.decode(text);
  if (value === "" && !rule.mayBeEmpty) return { reason: "empty", field, offset };
  if (rule.charsMax !== undefined && [...value].length > rule.charsMax) return { reason: "too-long", field, offset };
  if (!rule.allowsControls && CONTROL.test(value)) return { reason: "control-character", field, offset };
  if (field === "timestamp" && parseTimestamp(value) === undefined) return { reason: "bad-timestamp", field, offset };
  return undefined;
}

function checkField(field: FieldName, raw: RawField | undefined, eventOffset: number): Fault | undefined {
  const rule = RULES[field];
  if (raw === undefined) return rule.required ? { reason: "missing", field, offset: eventOffset } : undefined;
  if (raw.kind === "null" && !rule.required) return undefined;
  if (raw.kind !== rule.kind) return { reason: "wrong-type", field, offset: raw.offset };
  return rule.kind === "string" ? checkText(field, rule, raw) : undefined;
}

function readFields(cursor: Cursor, fields: Map<FieldName, RawField>): void {
  const seen = new Set<FieldName>();
  const nameOf = (key: Uint8Array) => FIELDS.find((field) => field === decoder.decode(key));
  readObject(
    cursor,
    1,
    (key) => {
      const name = nameOf(key);
      const { offset } = cursor;
      const value = readValue(cursor, 1);
      if (name) fields.set(name, { ...value, offset });
    },
    (key, offset) => {
      const name = nameOf(key);
      if (name && seen.has(name)) throw new JsonStop("duplicate-key", offset, name);
      if (name) seen.add(name);
    },
  );
}

/** Reads and checks the event in [start, end) of a payload. */
export function readEvent(payload: Uint8Array, start: number, end: number): ReadEvent {
  const cursor: Cursor = { bytes: payload, end, offset: start };
  const fields = new Map<FieldName, RawField>();
  let fault: Fault | undefined;
  skipBlanks(cursor);
  const eventOffset = cursor.offset;
  try {
    if (end - eventOffset > LIMITS.eventBytesMax) throw new JsonStop("event-too-large", eventOffset);
    if (/^[["\-0-9tfn]$/.test(peek(cursor))) throw new JsonStop("not-an-object", eventOffset);
    readFields(cursor, fields);
    skipBlanks(cursor);
    if (cursor.offset < end) throw new JsonStop("malformed-json", cursor.offset);
    for (const field of FIELDS) {
      fault ??= checkField(field, fields.get(field), eventOffset);
    }
  } catch (stop) {
    if (!(stop instanceof JsonStop)) throw stop;
    fault = stop.fault;
  }
  const texts = new Map<FieldName, Uint8Array>();
  for (const field of FIELDS) {
    const text = fields.get(field)?.text;
    if (text && RULES[field].kind === "string") texts.set(field, text);
  }
  const hasGoodId = checkField("event_id", fields.get("event_id"), 0) === undefined;
  const eventTimeMs = parseTimestamp(decoder.decode(texts.get("timestamp"))) ?? 0;
  const result = { eventId: hasGoodId ? decoder.decode(texts.get("event_id")) : "", texts, eventTimeMs };
  return fault ? { ...result, fault } : result;
}
