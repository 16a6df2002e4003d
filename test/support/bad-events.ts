/** Events that must be refused, each with the field and the reason, and events at the very edge that must be taken. */
import { sampleEvent } from "./sample-event.ts";

export interface BadEvent {
  readonly name: string;
  readonly bytes: Buffer;
  readonly field: string;
  readonly reason: string;
  /** The refusal tells it: it was sound, and came before the fault. */
  readonly eventId?: string;
}

type Changes = Readonly<Record<string, unknown>>;
const times = (text: string, count: number) => text.repeat(count);

function changed(name: string, changes: Changes, field: string, reason: string): BadEvent {
  const event = sampleEvent(changes);
  const told = field === "event_id" ? {} : { eventId: event.event_id };
  return { name, bytes: Buffer.from(JSON.stringify(event)), field, reason, ...told };
}

/** Spoils the JSON text behind the event_id; `latin1` writes each character as one byte. */
function spoilt(name: string, from: string, to: string, fault: { field?: string; reason: string }): BadEvent {
  const event = sampleEvent();
  const text = JSON.stringify(event).replace(from, () => to);
  const { field = "", reason } = fault;
  return { name, bytes: Buffer.from(text, "latin1"), field, reason, eventId: event.event_id };
}

function whole(name: string, text: string, reason: string): BadEvent {
  return { name, bytes: Buffer.from(text), field: "", reason };
}

const IDS = ["event_id", "user_id", "org_id"];
const SHORTS = ["surface", "tier"];
const PROMPT = '"prompt":"What a fine day"';
const PNG = { media_type: "image/png" };

const fieldFaults: BadEvent[] = [
  ...[...IDS, "timestamp", ...SHORTS, "prompt"].flatMap((field) => [
    changed(`${field} missing`, { [field]: undefined }, field, "missing"),
    changed(`${field} null`, { [field]: null }, field, "wrong-type"),
    changed(`${field} a number`, { [field]: 7 }, field, "wrong-type"),
  ]),
  ...[...IDS, ...SHORTS].flatMap((field) => [
    changed(`${field} empty`, { [field]: "" }, field, "empty"),
    changed(`${field} with a line feed`, { [field]: "a\nb" }, field, "control-character"),
    changed(`${field} with U+0085`, { [field]: "a\u0085b" }, field, "control-character"),
  ]),
  ...[...IDS, "model_version", "conversation_id"].map((field) =>
    changed(`${field} of 129 characters`, { [field]: times("ö", 129) }, field, "too-long"),
  ),
  ...SHORTS.map((field) => changed(`${field} of 65 characters`, { [field]: times("😀", 65) }, field, "too-long")),
  changed("model_version with DEL", { model_version: "m\u007f" }, "model_version", "control-character"),
  changed("conversation_id with NUL", { conversation_id: "c\u0000" }, "conversation_id", "control-character"),
  changed("completion an array", { completion: [] }, "completion", "wrong-type"),
  changed("risk_scores an array", { risk_scores: [] }, "risk_scores", "wrong-type"),
  changed("tags an object", { tags: {} }, "tags", "wrong-type"),
  changed("timestamp of 65 characters", { timestamp: times("2", 65) }, "timestamp", "too-long"),
];

const TIMESTAMPS = [
  "",
  "yesterday",
  "1769860800",
  "2026-01-31",
  "2026-1-31T12:00:00Z",
  "2026-02-30T12:00:00Z",
  "2025-02-29T12:00:00Z",
  "2026-13-01T12:00:00Z",
  "2026-00-01T12:00:00Z",
  "0000-01-01T12:00:00Z",
  "2026-01-31T24:00:00Z",
  "2026-01-31T12:60:00Z",
  "2026-12-31T23:59:60Z",
  "2026-01-31T12:00:00.Z",
  "2026-01-31T12:00:00+24:00",
  "2026-01-31T12:00:00+0100",
  "2026-01-31T12:00:00Z ",
  "２０２６-01-31T12:00:00Z",
];
const timestampFaults = TIMESTAMPS.map((timestamp) =>
  changed(`timestamp ${JSON.stringify(timestamp)}`, { timestamp }, "timestamp", "bad-timestamp"),
);

const inside = (name: string, changes: Changes, path: string) => changed(name, changes, path, "invalid-value");
const attached = (name: string, item: unknown, path: string) =>
  inside(name, { attachments: [{ ...PNG, data_base64: "AAAA" }, item] }, `attachments[1]${path}`);
const detailFaults: BadEvent[] = [
  changed("attachments an object", { attachments: {} }, "attachments", "wrong-type"),
  inside("17 attachments", { attachments: Array(17).fill({ ...PNG, data_base64: "" }) }, "attachments"),
  attached("an attachment that is a number", 1, ""),
  attached("an attachment without content", PNG, ""),
  attached("an attachment with both kinds of content", { ...PNG, data_base64: "AAAA", pdq: times("0", 64) }, ""),
  attached("an attachment without media type", { data_base64: "AAAA" }, ".media_type"),
  attached("an attachment with a bad media type", { media_type: "png", data_base64: "AAAA" }, ".media_type"),
  attached("base64 without padding", { ...PNG, data_base64: "AAA" }, ".data_base64"),
  attached("base64 with a blank", { ...PNG, data_base64: "AA A" }, ".data_base64"),
  attached("base64 that is a number", { ...PNG, data_base64: 4 }, ".data_base64"),
  attached("a pdq of 63 digits", { ...PNG, pdq: times("0", 63) }, ".pdq"),
  attached("a pdq that is no hexadecimal", { ...PNG, pdq: times("g", 64) }, ".pdq"),
  changed("age a string", { age: "adult" }, "age", "wrong-type"),
  inside("age without band", { age: { assurance: "none" } }, "age.band"),
  inside("age with an unknown band", { age: { band: "over_18" } }, "age.band"),
  inside("age with an unknown assurance", { age: { band: "adult", assurance: "sworn" } }, "age.assurance"),
  changed("metadata an array", { metadata: [] }, "metadata", "wrong-type"),
  inside("metadata with a number", { metadata: { locale: "de", count: 1 } }, "metadata[1]"),
  inside("metadata with an object", { metadata: { nested: {} } }, "metadata[0]"),
];

const json = { reason: "malformed-json" };
const jsonFaults: BadEvent[] = [
  spoilt("prompt given twice", PROMPT, `${PROMPT},"prompt":""`, { field: "prompt", reason: "duplicate-key" }),
  spoilt("a key given twice, once with escapes", PROMPT, `${PROMPT},"t\\u0069er":"x"`, {
    field: "tier",
    reason: "duplicate-key",
  }),
  spoilt("age given twice", PROMPT, `${PROMPT},"age":null,"age":null`, { field: "age", reason: "duplicate-key" }),
  spoilt("a missing colon", PROMPT, '"prompt" ""', json),
  spoilt("a trailing comma", PROMPT, `${PROMPT},`, json),
  spoilt("a key without quotes", PROMPT, 'prompt:""', json),
  spoilt("a number with a leading zero", PROMPT, `${PROMPT},"x":01`, json),
  spoilt("a literal that is none", PROMPT, `${PROMPT},"x":nul`, json),
  spoilt("a faulty escape", PROMPT, '"prompt":"\\x41"', json),
  spoilt("a raw tab in a string", PROMPT, '"prompt":"a\tb"', json),
  spoilt("bytes that are no UTF-8", PROMPT, '"prompt":"\xff"', { reason: "invalid-utf8" }),
  spoilt("an overlong sequence", PROMPT, '"prompt":"\xc0\xaf"', { reason: "invalid-utf8" }),
  spoilt("a surrogate in UTF-8", PROMPT, '"prompt":"\xed\xa0\x80"', { reason: "invalid-utf8" }),
  spoilt("65 levels", PROMPT, `${PROMPT},"x":${times("[", 64)}${times("]", 64)}`, { reason: "too-deep" }),
  whole("an array", "[1]", "not-an-object"),
  whole("a string", '"x"', "not-an-object"),
  whole("null", "null", "not-an-object"),
  whole("more than 1 MiB", JSON.stringify(sampleEvent({ prompt: times("x", 1024 * 1024) })), "event-too-large"),
];

export const BAD_EVENTS: readonly BadEvent[] = [...fieldFaults, ...timestampFaults, ...detailFaults, ...jsonFaults];

const LEVELS_64 = JSON.parse(`${times("[", 63)}${times("]", 63)}`) as unknown;
/** Sound, though only just. */
export const EDGE_EVENTS: readonly (readonly [name: string, changes: Changes])[] = [
  ["ids of 128 characters beyond the basic plane", { user_id: times("😀", 128), org_id: times("ö", 128) }],
  ["short names of 64 characters", { surface: times("s", 64), tier: times("t", 64) }],
  ["an unknown tier", { tier: "no such tier" }],
  ["an empty prompt", { prompt: "" }],
  ["a prompt with control characters and a lone surrogate", { prompt: "\u0000\u0007\ud800" }],
  ["optional fields that are null", { completion: null, attachments: null, age: null, metadata: null, tags: null }],
  ["empty optional texts", { completion: "", model_version: "", conversation_id: "" }],
  ["a naive timestamp with a blank", { timestamp: "2026-01-31 12:00:00.123456789" }],
  ["a timestamp with an offset, in small letters", { timestamp: "2024-02-29t23:59:59-23:59" }],
  ["the last year", { timestamp: "9999-12-31T23:59:59Z" }],
  ["64 levels", { unknown: LEVELS_64 }],
  ["16 attachments", { attachments: Array(16).fill({ ...PNG, data_base64: "AA==" }) }],
  ["an attachment by its pdq", { attachments: [{ ...PNG, pdq: times("aF", 32) }] }],
  ["age without assurance", { age: { band: "13_17" } }],
  ["metadata larger than a record keeps", { metadata: { note: times("n", 5_000) } }],
  ["claims larger than a record keeps", { tags: Array(2_000).fill("tag") }],
  ["an event just below 1 MiB", { prompt: times("x", 1024 * 1024 - 400) }],
];
