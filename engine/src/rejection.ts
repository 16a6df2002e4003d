/** Why an event was refused, in a sentence for a person. No sentence holds text of the event. */
import { type Fault, type FaultReason, LIMITS } from "@sluice/core-wasm";
import type { Rejection } from "./contracts.ts";

const ID_CHARS_MAX = LIMITS.idCharsMax;

/** The refusal of a value inside `attachments`, `age` or `metadata`; `path` names it. */
export function invalidValue(index: number, eventId: string, path: string, expected: string): Rejection {
  const message = `Event ${index}: ${path} is not valid; it must be ${expected}.`;
  return { index, event_id: eventId, field: path, reason: "invalid-value", message };
}

/** The refusal of an event, or of a whole payload (index 0), that the kernel found at fault. */
export function faultRejection(index: number, eventId: string, fault: Fault): Rejection {
  const field = fault.field ?? "";
  const id = eventId === "" ? {} : { event_id: eventId.slice(0, ID_CHARS_MAX) };
  return { index, ...id, field, reason: fault.reason, message: faultMessage(index, field, fault) };
}

export function emptyPayload(): Rejection {
  const message = 'The payload holds no event; send one JSON object, {"events":[…]} or NDJSON.';
  return { index: 0, field: "", reason: "empty-payload", message };
}

export function reusedId(index: number, eventId: string): Rejection {
  const message = `Event ${index}: event_id was used before by this organisation for another event; a new event needs a new event_id.`;
  return { index, event_id: eventId, field: "event_id", reason: "event-id-reused", message };
}

/** The sender was let in for one organisation and wrote another into the event. */
export function otherOrganisation(index: number, eventId: string): Rejection {
  const message = `Event ${index}: org_id is not the organisation that it was sent for; send it under its own, such as the subject sluice.events.<org_id>.`;
  return { index, event_id: eventId, field: "org_id", reason: "org-mismatch", message };
}

export function engineFault(index: number, eventId: string): Rejection {
  const id = eventId === "" ? {} : { event_id: eventId.slice(0, ID_CHARS_MAX) };
  const message = `Event ${index}: the engine failed on it and could not read who sent it; treat it as blocked and report the fault.`;
  return { index, ...id, field: "", reason: "engine-fault", message };
}

function faultMessage(index: number, field: string, fault: Fault): string {
  const where = `Event ${index}, byte ${fault.offset} of the payload`;
  const name = field === "" ? "a value" : field;
  const sentence = FAULT_SENTENCES[fault.reason];
  return sentence === undefined
    ? `${where}: refused as ${fault.reason}.`
    : `${where}: ${sentence(name, lengthMax(field))}`;
}

function lengthMax(field: string): number {
  return field === "surface" || field === "tier" ? LIMITS.shortCharsMax : LIMITS.idCharsMax;
}

const FAULT_SENTENCES: Readonly<Record<FaultReason, (field: string, charsMax: number) => string>> = {
  "malformed-json": () =>
    "the JSON breaks off or holds a character that JSON does not allow here; send valid JSON (RFC 8259).",
  "invalid-utf8": () => "the bytes are not valid UTF-8; encode the payload as UTF-8.",
  "too-deep": () => `values are nested too deep; at most ${LIMITS.depthMax} levels are allowed.`,
  "not-an-object": () => "an event must be a JSON object.",
  "duplicate-key": (field) => `${field} is given twice; give it once.`,
  missing: (field) => `${field} is missing; it is required.`,
  "wrong-type": (field) => `${field} has the wrong JSON type; see the event format for the type it must have.`,
  empty: (field) => `${field} is empty; it must have at least one character.`,
  "too-long": (field, charsMax) => `${field} is too long; at most ${charsMax} characters are allowed.`,
  "control-character": (field) => `${field} holds a control character; remove it.`,
  "bad-timestamp": (field) => `${field} is no RFC 3339 date and time; write it like 2026-01-31T12:00:00Z.`,
  "event-too-large": () => `the event is too large; at most ${LIMITS.eventBytesMax} bytes are allowed.`,
  "payload-too-large": () => `the payload is too large; at most ${LIMITS.payloadBytesMax} bytes are allowed.`,
  "too-many-events": () => `the payload holds too many events; at most ${LIMITS.eventsMax} are allowed.`,
};

export function notOneEvent(count: number): Rejection {
  const message = `One event is wanted here and the payload holds ${count}; send them to /ingest.`;
  return { index: 0, field: "", reason: "too-many-events", message };
}

export function unserialisable(): Rejection {
  const message = "The event cannot be written as JSON; it refers to itself or holds a value that JSON has not.";
  return { index: 0, field: "", reason: "malformed-json", message };
}
