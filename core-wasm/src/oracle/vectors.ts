/**
 * The shared cases in vectors/detector, read for a test: the oracle and the kernel both run over them. No part of the
 * program. The notation is explained in each file's `about`.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { FaultReason, FieldName, PayloadKind, Side } from "../types.ts";

const FOLDER = new URL("../../../vectors/detector/", import.meta.url);
const GOOD_MEMBERS: Readonly<Record<string, string>> = {
  event_id: "e",
  timestamp: "2026-01-01T00:00:00Z",
  user_id: "u",
  org_id: "o",
  surface: "s",
  tier: "t",
  prompt: "p",
};
const MARK = "¦";

/** The pack that the cases of scores.json are for. */
export const VECTOR_PACK = fileURLToPath(new URL("pack/", FOLDER));

interface PayloadCase {
  readonly name: string;
  readonly bytes: Uint8Array;
}
export interface FaultCase extends PayloadCase {
  readonly fault: { readonly reason: FaultReason; readonly field?: FieldName; readonly offset: number };
  readonly eventId: string | undefined;
}
export interface EventCase extends PayloadCase {
  readonly texts: Readonly<Partial<Record<FieldName, string>>>;
  readonly absent: readonly FieldName[];
}
export interface SplitCase extends PayloadCase {
  readonly fault: FaultCase["fault"] | undefined;
  readonly kind: PayloadKind | undefined;
  /** Bytes of each event. */
  readonly events: readonly Uint8Array[];
}
export interface FoldCase {
  readonly name: string;
  readonly text: string;
  readonly words: readonly (readonly [text: string, start: number, end: number])[];
}
export interface TimestampCase {
  readonly text: string;
  readonly ms: number | null;
}
export interface ScoreCase {
  readonly name: string;
  readonly prompt: string;
  readonly completion?: string;
  readonly scores: Readonly<Partial<Record<Side, Readonly<Record<string, number>>>>>;
  readonly matches: readonly (readonly [rule: string, side: Side, start: number, end: number])[];
}

function readCases<T>(name: string): readonly T[] {
  const { cases } = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as { cases: readonly T[] };
  return cases;
}

/** A `⟦…⟧`: a repeated character, or the members of a good event but the named ones. */
function macro(body: string): string {
  const [, character, count] = /^(.)\*(\d+)$/u.exec(body) ?? [];
  if (character !== undefined) return character.repeat(Number(count));
  const left = Object.entries(GOOD_MEMBERS).filter(([key]) => !body.split(" ").includes(key));
  return left.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",");
}

/** Bytes of a payload as the cases write it, and the offset of its mark (-1 without one). */
function decodePayload(notation: string): { readonly bytes: Uint8Array; readonly markOffset: number } {
  const text = notation.replace(/⟦([^⟧]*)⟧/gu, (_, body: string) => macro(body));
  const parts = text.split(/(«[0-9a-f]{2}»)/);
  const encode = (part: string) => (part.startsWith("«") ? Buffer.from(part.slice(1, 3), "hex") : Buffer.from(part));
  const whole = Buffer.concat(parts.map(encode));
  const markOffset = whole.indexOf(MARK);
  if (markOffset < 0) return { bytes: new Uint8Array(whole), markOffset };
  const rest = whole.subarray(markOffset + Buffer.byteLength(MARK));
  return { bytes: new Uint8Array(Buffer.concat([whole.subarray(0, markOffset), rest])), markOffset };
}

interface RawCase {
  readonly name: string;
  readonly payload: string;
  readonly reason?: FaultReason;
  readonly field?: FieldName;
  readonly event_id?: string;
  readonly kind?: PayloadKind;
  readonly events?: readonly string[];
  readonly texts?: EventCase["texts"];
  readonly absent?: readonly FieldName[];
}

function faultOf({ reason, field }: RawCase, offset: number): FaultCase["fault"] | undefined {
  if (reason === undefined) return undefined;
  return field === undefined ? { reason, offset } : { reason, field, offset };
}

export function faultCases(): FaultCase[] {
  return readCases<RawCase>("faults.json").flatMap((raw) => {
    const { bytes, markOffset } = decodePayload(raw.payload);
    const fault = faultOf(raw, markOffset);
    return fault ? [{ name: raw.name, bytes, fault, eventId: raw.event_id }] : [];
  });
}

export function eventCases(): EventCase[] {
  return readCases<RawCase>("events.json").map(({ name, payload, texts = {}, absent = [] }) => {
    return { name, bytes: decodePayload(payload).bytes, texts, absent };
  });
}

export function splitCases(): SplitCase[] {
  return readCases<RawCase>("payloads.json").map((raw) => {
    const { bytes, markOffset } = decodePayload(raw.payload);
    const events = (raw.events ?? []).map((event) => decodePayload(event).bytes);
    return { name: raw.name, bytes, fault: faultOf(raw, markOffset), kind: raw.kind, events };
  });
}

export const foldCases = () => readCases<FoldCase>("folding.json");
export const timestampCases = () => readCases<TimestampCase>("timestamps.json");
export const scoreCases = () => readCases<ScoreCase>("scores.json");

/** A good event with the given members besides or instead of the required ones. */
export function eventWith(members: Readonly<Record<string, unknown>>): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify({ ...GOOD_MEMBERS, ...members })));
}
