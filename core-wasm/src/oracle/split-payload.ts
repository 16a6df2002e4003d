/** A payload to its events: docs/guides/detection.md §1, "Payload". */
import { type Fault, LIMITS, type PayloadKind } from "../types.ts";
import { type Cursor, isBlank, JsonStop, peek, readObject, readString, readValue, skipBlanks } from "./json-reader.ts";
import { readEvent } from "./read-event.ts";

/** Bytes of one event in its payload, half-open. */
export interface EventRange {
  readonly start: number;
  readonly end: number;
}
export type SplitPayload =
  | { readonly fault: Fault }
  | { readonly fault?: undefined; readonly kind: PayloadKind; readonly events: readonly EventRange[] };

const LF = 0x0a;
const BRACE = 0x7b;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const SKIM_FAILED = -1;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A raw line feed makes the skim of a string fail, because it parts lines of NDJSON; or it is text like any other. */
type LineFeeds = "part-lines" | "are-text";

function skimString(bytes: Uint8Array, start: number, end: number, lineFeeds: LineFeeds): number {
  for (let offset = start + 1; offset < end; offset += 1) {
    const byte = bytes[offset];
    if (byte === 0x22) return offset + 1;
    if (byte === LF && lineFeeds === "part-lines") return SKIM_FAILED;
    if (byte === 0x5c) offset += 1;
  }
  return SKIM_FAILED;
}

/** End of the value at `start`, found by quotes and brackets alone. */
function skim(bytes: Uint8Array, start: number, end: number, lineFeeds: LineFeeds): number {
  const first = String.fromCharCode(bytes[start] ?? 0);
  if (first === '"') return skimString(bytes, start, end, lineFeeds);
  if (first !== "{" && first !== "[") {
    let offset = start;
    while (offset < end && !isBlank(bytes[offset]) && !",]}".includes(String.fromCharCode(bytes[offset] ?? 0)))
      offset += 1;
    return offset > start ? offset : SKIM_FAILED;
  }
  let depth = 0;
  for (let offset = start; offset < end; ) {
    const character = String.fromCharCode(bytes[offset] ?? 0);
    if (character === '"') {
      offset = skimString(bytes, offset, end, lineFeeds);
      if (offset === SKIM_FAILED) return SKIM_FAILED;
      continue;
    }
    offset += 1;
    if ("{[".includes(character)) depth += 1;
    else if ("}]".includes(character)) depth -= 1;
    if (depth === 0) return offset;
  }
  return SKIM_FAILED;
}

/** Lines that are not blank, without the blanks around them. */
function linesOf(bytes: Uint8Array, from: number): EventRange[] {
  const lines: EventRange[] = [];
  for (let start = from; start < bytes.length; ) {
    const feed = bytes.indexOf(LF, start);
    const lineEnd = feed < 0 ? bytes.length : feed;
    let first = start;
    let last = lineEnd;
    while (first < last && isBlank(bytes[first])) first += 1;
    while (last > first && isBlank(bytes[last - 1])) last -= 1;
    if (last > first) lines.push({ start: first, end: last });
    start = lineEnd + 1;
  }
  return lines;
}

/** A member found by skims. `key` is undefined when it is no good string. */
interface Member {
  readonly key: string | undefined;
  readonly value: string;
}

/** The members of the object at the cursor, or undefined when skims do not find its end. */
function walk(bytes: Uint8Array, start: number, end: number, lineFeeds: LineFeeds): Member[] | undefined {
  const members: Member[] = [];
  const cursor: Cursor = { bytes, end, offset: start + 1 };
  const skimValue = () => {
    const next = cursor.offset < end ? skim(bytes, cursor.offset, end, lineFeeds) : SKIM_FAILED;
    const from = cursor.offset;
    cursor.offset = next;
    return next === SKIM_FAILED ? undefined : from;
  };
  skipBlanks(cursor);
  if (peek(cursor) === "}") return members;
  for (;;) {
    if (peek(cursor) !== '"') return undefined;
    const keyAt = skimValue();
    if (keyAt === undefined) return undefined;
    skipBlanks(cursor);
    if (peek(cursor) !== ":") return undefined;
    cursor.offset += 1;
    skipBlanks(cursor);
    const valueAt = skimValue();
    if (valueAt === undefined) return undefined;
    members.push({ key: goodKey(bytes, keyAt, end), value: String.fromCharCode(bytes[valueAt] ?? 0) });
    skipBlanks(cursor);
    if (peek(cursor) === "}") return members;
    if (peek(cursor) !== ",") return undefined;
    cursor.offset += 1;
    skipBlanks(cursor);
  }
}

function goodKey(bytes: Uint8Array, offset: number, end: number): string | undefined {
  try {
    return decoder.decode(readString({ bytes, end, offset }));
  } catch (stop) {
    if (stop instanceof JsonStop) return undefined;
    throw stop;
  }
}

/** The elements of the array at the cursor. */
function readElements(cursor: Cursor, lineFeeds: LineFeeds): EventRange[] {
  const { bytes, end } = cursor;
  const events: EventRange[] = [];
  cursor.offset += 1;
  skipBlanks(cursor);
  if (peek(cursor) === "]") {
    cursor.offset += 1;
    return events;
  }
  for (;;) {
    const start = cursor.offset;
    const next = start < end ? skim(bytes, start, end, lineFeeds) : SKIM_FAILED;
    if (next === SKIM_FAILED) throw new JsonStop("malformed-json", start);
    if (events.length === LIMITS.eventsMax) throw new JsonStop("too-many-events", start);
    events.push({ start, end: next });
    cursor.offset = next;
    skipBlanks(cursor);
    const separator = peek(cursor);
    if (separator !== "," && separator !== "]") throw new JsonStop("malformed-json", cursor.offset);
    cursor.offset += 1;
    if (separator === "]") return events;
    skipBlanks(cursor);
  }
}

/** One object that is the whole payload. */
interface WholeObject {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly lineFeeds: LineFeeds;
}

/** Reads a wrapper strictly, all but the events in it. */
function readWrapper(object: WholeObject, kind: "events" | "cloudevent"): EventRange[] {
  const { bytes, start, end, lineFeeds } = object;
  const cursor: Cursor = { bytes, end, offset: start };
  const wrapperKeys = kind === "events" ? ["events"] : ["specversion", "data"];
  const holder = kind === "events" ? "events" : "data";
  const seen = new Set<string>();
  let events: EventRange[] = [];
  readObject(
    cursor,
    1,
    (key) => {
      if (decoder.decode(key) !== holder) {
        readValue(cursor, 1);
      } else if (kind === "events") {
        events = readElements(cursor, lineFeeds);
      } else {
        const valueEnd = skim(bytes, cursor.offset, end, lineFeeds);
        events = [{ start: cursor.offset, end: valueEnd }];
        cursor.offset = valueEnd;
      }
    },
    (key, offset) => {
      const name = decoder.decode(key);
      if (wrapperKeys.includes(name) && seen.has(name)) throw new JsonStop("duplicate-key", offset);
      seen.add(name);
    },
  );
  // A skim may have taken brackets that the strict reader did not: what is left behind the wrapper is no JSON.
  skipBlanks(cursor);
  if (cursor.offset < end) throw new JsonStop("malformed-json", cursor.offset);
  return events;
}

function kindOf(members: readonly Member[] | undefined): "event" | "events" | "cloudevent" {
  const first = (name: string) => members?.find(({ key }) => key === name);
  if (first("events")?.value === "[") return "events";
  return first("specversion")?.value === '"' && first("data") ? "cloudevent" : "event";
}

function splitObject(object: WholeObject): SplitPayload {
  const { bytes, start, end, lineFeeds } = object;
  const kind = kindOf(walk(bytes, start, end, lineFeeds));
  if (kind !== "event") return { kind, events: readWrapper(object, kind) };
  const { fault } = readEvent(bytes, start, end);
  return fault?.reason === "malformed-json" ? { fault } : { kind, events: [{ start, end }] };
}

/** Where the object at `start` ends when nothing but blanks follows it, else SKIM_FAILED. */
function wholeEnd(bytes: Uint8Array, start: number, lineFeeds: LineFeeds): number {
  const end = skim(bytes, start, bytes.length, lineFeeds);
  if (end === SKIM_FAILED) return SKIM_FAILED;
  const cursor: Cursor = { bytes, end: bytes.length, offset: end };
  skipBlanks(cursor);
  return cursor.offset === bytes.length ? end : SKIM_FAILED;
}

function split(payload: Uint8Array): SplitPayload {
  if (payload.length > LIMITS.payloadBytesMax) throw new JsonStop("payload-too-large", LIMITS.payloadBytesMax);
  const hasMark = BYTE_ORDER_MARK.every((byte, index) => payload[index] === byte);
  const from = hasMark ? BYTE_ORDER_MARK.length : 0;
  const cursor: Cursor = { bytes: payload, end: payload.length, offset: from };
  skipBlanks(cursor);
  const start = cursor.offset;
  if (start === payload.length) throw new JsonStop("empty", start);
  const first = peek(cursor);
  if (first === "[") throw new JsonStop("not-an-object", start);
  const end = first === "{" ? skim(payload, start, payload.length, "part-lines") : SKIM_FAILED;
  let isSeveral = false;
  if (end !== SKIM_FAILED) {
    cursor.offset = end;
    skipBlanks(cursor);
    if (cursor.offset === payload.length) return splitObject({ bytes: payload, start, end, lineFeeds: "part-lines" });
    isSeveral = payload.subarray(end, cursor.offset).includes(LF);
  }
  const lines = linesOf(payload, from);
  if (isSeveral || payload[lines[1]?.start ?? payload.length] === BRACE) {
    const oneTooMany = lines[LIMITS.eventsMax];
    if (oneTooMany) throw new JsonStop("too-many-events", oneTooMany.start);
    return { kind: "ndjson", events: lines };
  }
  if (end !== SKIM_FAILED) throw new JsonStop("malformed-json", cursor.offset);
  if (first === "{") {
    const textEnd = wholeEnd(payload, start, "are-text");
    if (textEnd === SKIM_FAILED) throw new JsonStop("malformed-json", payload.length);
    return splitObject({ bytes: payload, start, end: textEnd, lineFeeds: "are-text" });
  }
  throw new JsonStop(/^["\-0-9tfn]$/.test(first) ? "not-an-object" : "malformed-json", start);
}

/** Finds the events of a payload; what is wrong inside an event is found by `readEvent`. */
export function splitPayload(payload: Uint8Array): SplitPayload {
  try {
    return split(payload);
  } catch (stop) {
    if (stop instanceof JsonStop) return { fault: stop.fault };
    throw stop;
  }
}
