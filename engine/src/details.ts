/**
 * The fields of an event that are objects: attachments, age, metadata, and what the sender claims. The kernel has
 * checked their JSON and outer type; here their insides are checked. Attachment bytes are hashed and let go.
 */
import { hash } from "node:crypto";
import type { FieldName, Scan } from "@sluice/core-wasm";
import { canonicalJson, type Json } from "./canonical-json.ts";
import type { DecideInput, Rejection } from "./contracts.ts";
import { invalidValue } from "./rejection.ts";

export const ATTACHMENTS_MAX = 16;
/** Bytes of claims, or of metadata, that a ledger record takes; more is left out and said. */
export const KEPT_BYTES_MAX = 4096;

export type Attachment =
  | { readonly media_type: string; readonly sha256: string }
  | { readonly media_type: string; readonly pdq: string };

export interface Details {
  readonly attachments: readonly Attachment[];
  readonly ageBand: DecideInput["ageBand"];
  readonly locale: string | undefined;
  /** Part of the event's digest: canonical JSON of attachments, age and metadata; "" when there are none. */
  readonly digestJson: string;
  /** Members for the ledger record, each with a comma in front. */
  readonly recordJson: string;
}

export const NO_DETAILS: Details = {
  attachments: [],
  ageBand: "unknown",
  locale: undefined,
  digestJson: "",
  recordJson: "",
};

const MEDIA_TYPE = /^[\w.+-]{1,63}\/[\w.+-]{1,127}$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const PDQ = /^[0-9a-fA-F]{64}$/;
const BANDS = ["under_13", "13_17", "adult", "unknown"] as const;
const ASSURANCES = ["none", "self_declared", "verified"] as const;
type ObjectJson = { readonly [key: string]: Json };

/** What is wrong inside a value, and where. Thrown and caught in this file alone. */
class Invalid {
  readonly path: string;
  readonly expected: string;
  constructor(path: string, expected: string) {
    this.path = path;
    this.expected = expected;
  }
}

export function readDetails(scan: Scan, index: number, eventId: string): Details | Rejection {
  if (!scan.hasDetails) return NO_DETAILS;
  const has = (field: FieldName) => scan.has(field);
  try {
    const attachments = has("attachments") ? readAttachments(parse(scan, "attachments")) : [];
    const age = has("age") ? readAge(parse(scan, "age")) : undefined;
    const metadata = has("metadata") ? readMetadata(parse(scan, "metadata")) : undefined;
    const part: { [key: string]: Json } = {};
    if (has("attachments")) part.attachments = attachments;
    if (age !== undefined) part.age = age;
    if (metadata !== undefined) part.metadata = metadata;
    return {
      attachments,
      ageBand: age?.band ?? "unknown",
      locale: metadata !== undefined && Object.hasOwn(metadata, "locale") ? metadata.locale : undefined,
      digestJson: Object.keys(part).length === 0 ? "" : canonicalJson(part),
      recordJson: recordMembers(scan, attachments, age, metadata),
    };
  } catch (error) {
    if (error instanceof Invalid) return invalidValue(index, eventId, error.path, error.expected);
    throw error;
  }
}

function parse(scan: Scan, field: FieldName): Json {
  return JSON.parse(rawText(scan, field)) as Json;
}

function rawText(scan: Scan, field: FieldName): string {
  const raw = scan.raw(field);
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString("utf8");
}

function asObject(value: Json | undefined, path: string, expected: string): ObjectJson {
  if (value === undefined || value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new Invalid(path, expected);
  }
  return value as ObjectJson;
}

function readAttachments(value: Json): Attachment[] {
  if (!Array.isArray(value) || value.length > ATTACHMENTS_MAX) {
    throw new Invalid("attachments", `an array of at most ${ATTACHMENTS_MAX} attachments`);
  }
  return value.map((item: Json, at) => readAttachment(item, `attachments[${at}]`));
}

function readAttachment(value: Json, path: string): Attachment {
  const item = asObject(value, path, "an object with media_type and either data_base64 or pdq");
  const type = item.media_type;
  if (typeof type !== "string" || !MEDIA_TYPE.test(type)) {
    throw new Invalid(`${path}.media_type`, "a media type such as image/png");
  }
  const { data_base64: data, pdq } = item;
  if ((data === undefined) === (pdq === undefined)) throw new Invalid(path, "given by one of data_base64 and pdq");
  if (data !== undefined) {
    if (typeof data !== "string" || !isBase64(data))
      throw new Invalid(`${path}.data_base64`, "base64 with padding (RFC 4648)");
    return { media_type: type, sha256: hash("sha256", Buffer.from(data, "base64"), "hex") };
  }
  if (typeof pdq !== "string" || !PDQ.test(pdq)) throw new Invalid(`${path}.pdq`, "64 hexadecimal digits");
  return { media_type: type, pdq: pdq.toLowerCase() };
}

/** A long run would overflow the regular expression's stack, so only the last group is matched by it. */
function isBase64(data: string): boolean {
  const tailAt = Math.max(0, data.length - 4);
  return data.length % 4 === 0 && BASE64.test(data.slice(tailAt)) && !/[^A-Za-z0-9+/]/.test(data.slice(0, tailAt));
}

function readAge(value: Json) {
  const age = asObject(value, "age", "an object with band and assurance");
  const band = BANDS.find((known) => known === age.band);
  if (band === undefined) throw new Invalid("age.band", `one of ${BANDS.join(", ")}`);
  const assurance = ASSURANCES.find((known) => known === (age.assurance ?? "none"));
  if (assurance === undefined) throw new Invalid("age.assurance", `one of ${ASSURANCES.join(", ")}`);
  return { band, assurance };
}

function readMetadata(value: Json): { readonly [key: string]: string } {
  const metadata = asObject(value, "metadata", "an object whose values are strings");
  for (const [at, member] of Object.values(metadata).entries()) {
    // The key is text of the sender, so the path gives its position.
    if (typeof member !== "string") throw new Invalid(`metadata[${at}]`, "a string");
  }
  return metadata as { readonly [key: string]: string };
}

function recordMembers(
  scan: Scan,
  attachments: readonly Attachment[],
  age: { readonly band: string; readonly assurance: string } | undefined,
  metadata: ObjectJson | undefined,
): string {
  const dropped: string[] = [];
  let json = "";
  if (attachments.length > 0) json += `,"attachments":${JSON.stringify(attachments)}`;
  if (age !== undefined) json += `,"age":${JSON.stringify(age)}`;
  if (metadata !== undefined) {
    const text = JSON.stringify(metadata);
    if (Buffer.byteLength(text) <= KEPT_BYTES_MAX) json += `,"metadata":${text}`;
    else dropped.push("metadata");
  }
  if (scan.has("risk_scores") || scan.has("tags")) {
    const claimed = claimedJson(scan);
    if (claimed !== undefined) json += `,"claimed":${claimed}`;
    else dropped.push("claimed");
  }
  return dropped.length === 0 ? json : `${json},"dropped":${JSON.stringify(dropped)}`;
}

/** The sender's own scores and tags as raw JSON, kept but never used to decide; undefined when too large. */
function claimedJson(scan: Scan): string | undefined {
  const bytes = scan.raw("risk_scores").length + scan.raw("tags").length;
  if (bytes > KEPT_BYTES_MAX) return undefined;
  const members = (["risk_scores", "tags"] as const)
    .filter((field) => scan.has(field))
    // A record is one line; outside of strings these three are mere blanks, inside they cannot stand raw.
    .map((field) => `"${field}":${rawText(scan, field).replace(/[\t\n\r]/g, " ")}`);
  return `{${members.join(",")}}`;
}
