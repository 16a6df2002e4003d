/**
 * The vocabulary of the detector: what a pack says, what a scan finds, why an event is refused. Interfaces only.
 * How text becomes scores: docs/guides/detection.md.
 */

import type { FeatureOptions } from "./model/features.ts";
import type { TextStream } from "./stream.ts";

/** Order fixed: the kernel numbers fields in it, and faults are looked for in it. */
export const FIELDS = [
  "event_id",
  "timestamp",
  "user_id",
  "org_id",
  "surface",
  "tier",
  "prompt",
  "completion",
  "model_version",
  "conversation_id",
  "attachments",
  "age",
  "metadata",
  "risk_scores",
  "tags",
] as const;
export type FieldName = (typeof FIELDS)[number];

/** The two texts that are scored, each by itself. */
export const SIDES = ["prompt", "completion"] as const;
export type Side = (typeof SIDES)[number];

/** Why a payload or an event is refused by the kernel. Order fixed: the kernel numbers them from 1. */
export const FAULT_REASONS = [
  "malformed-json",
  "invalid-utf8",
  "too-deep",
  "not-an-object",
  "duplicate-key",
  "missing",
  "wrong-type",
  "empty",
  "too-long",
  "control-character",
  "bad-timestamp",
  "event-too-large",
  "payload-too-large",
  "too-many-events",
] as const;
export type FaultReason = (typeof FAULT_REASONS)[number];

/** How a run of text was encoded that the kernel decoded and scored by itself. Order fixed: it numbers them from 1. */
export const ENCODINGS = ["base64", "hex", "percent", "rot13"] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface Fault {
  readonly reason: FaultReason;
  /** The field at fault; absent when the fault is in the JSON itself. */
  readonly field?: FieldName;
  /** Byte offset in the payload where the fault was seen. */
  readonly offset: number;
}

/** Sizes in bytes, lengths in code points, counts. Exceeding one is a fault, never a crash. */
export const LIMITS = {
  payloadBytesMax: 8 * 1024 * 1024,
  eventBytesMax: 1024 * 1024,
  eventsMax: 65_536,
  depthMax: 64,
  idCharsMax: 128,
  shortCharsMax: 64,
  matchesMax: 1024,
  /** Largest number of categories, and of contexts, a pack may define. */
  categoriesMax: 32,
  contextsMax: 16,
  /** Heads of a trained model, and knots of one of its tables. */
  headsMax: 8,
  knotsMax: 8,
} as const;

/** A rule after its pack was read: phrases folded into word lists. */
export interface Rule {
  /** `category.family.nnn` or `context.name.nnn`. */
  readonly id: string;
  /** Index into `PackModel.categories`, or -1 for a context rule. */
  readonly category: number;
  /** Index into `PackModel.contexts`, or -1 for a scoring rule. */
  readonly context: number;
  /** 1/10,000; 0 for a context rule. */
  readonly weight: number;
  /** Sides it looks at. */
  readonly sides: readonly Side[];
  /** Each phrase as its folded words. */
  readonly phrases: readonly (readonly string[])[];
}

export interface Context {
  readonly name: string;
  /** How much it lowers each category's score, in 1/10,000, by category index. */
  readonly reduce: readonly number[];
}

/** Whole numbers that rise; 0 below the first, linear between, the last one's score above. Scores in 1/10,000. */
export type Knots = readonly { readonly at: number; readonly score: number }[];

/** One output of a trained model. What its sums are: docs/guides/detection.md §7. */
export interface ModelHead {
  readonly name: string;
  /** Index into `PackModel.categories`; -1 for the first head, which is about any risk. */
  readonly category: number;
  /** Score by the head's own normed sum. */
  readonly own: Knots;
  /** Most that the head may say, by the first head's normed sum; the first head has none. */
  readonly ceiling: Knots;
}

/** Hashed words with learnt weights, beside the rules of a pack. */
export interface TrainedModel {
  /** SHA-256 of the weights file, 64 hex digits. */
  readonly sha256: string;
  readonly features: FeatureOptions;
  /** Sides that it reads. */
  readonly sides: readonly Side[];
  /** At most `headsMax`, the overall one first. */
  readonly heads: readonly ModelHead[];
  /** Score of the first head to likelihood ratio, as `PackModel.calibration`. */
  readonly calibration: PackModel["calibration"];
  /** 2^rowBits rows of `headsMax` weights, one a head, the rest 0, and the check of the row's feature. */
  readonly rows: Int8Array;
}

/** A pack that was read and checked, before it becomes a blob. */
export interface PackModel {
  readonly name: string;
  readonly version: string;
  readonly categories: readonly string[];
  readonly contexts: readonly Context[];
  readonly rules: readonly Rule[];
  /** 1/10,000 each. */
  readonly scoring: { readonly strongWeight: number; readonly strongFloor: number };
  /** Score (1/10,000) to likelihood ratio (1/1,000); scores rise strictly from 0 to 10,000, ratios never fall. */
  readonly calibration: readonly { readonly score: number; readonly ratio: number }[];
  /** Absent in a pack of rules alone. */
  readonly model?: TrainedModel;
}

/** What a loaded pack says of itself. */
export interface PackInfo extends Omit<PackModel, "rules" | "model"> {
  /** `sha256:` and 64 hex digits, over the whole blob. */
  readonly hash: string;
  readonly rules: readonly {
    readonly id: string;
    readonly category: number;
    readonly context: number;
    readonly weight: number;
    readonly sides: readonly Side[];
    readonly phraseCount: number;
  }[];
  readonly phraseCount: number;
  readonly model?: Omit<TrainedModel, "rows">;
}

export interface Match {
  readonly rule: number;
  readonly side: Side;
  /** Bytes of the decoded field value, half-open. */
  readonly start: number;
  readonly end: number;
  /** Found in what an encoded run of the side decodes to; the span is the run's (of rot13: the words'). */
  readonly decoded?: Encoding;
}

/** How the events of a payload were wrapped. */
export type PayloadKind = "event" | "events" | "ndjson" | "cloudevent";

/**
 * A payload copied into the kernel. Every method reads kernel memory: valid until the detector's next `open`.
 */
export interface Payload {
  readonly kind: PayloadKind;
  readonly count: number;
  /** Reads, checks and scores one event. The same `Scan` object is reused by each call. */
  scan(index: number): Scan;
}

/** One event as the kernel saw it. Reused: take what you need before the next `scan`. */
export interface Scan {
  /** Set when the event is refused; then only `eventId` may hold anything (when it could be read). */
  readonly fault: Fault | undefined;
  /** Decoded text of a string field; "" when absent. */
  text(field: FieldName): string;
  /** Decoded UTF-8 of a string field, a view into kernel memory; empty when absent. */
  bytes(field: FieldName): Uint8Array;
  /** Length of `bytes(field)`, without making it. */
  byteLength(field: FieldName): number;
  /** Raw JSON of any field, a view into kernel memory; empty when absent. */
  raw(field: FieldName): Uint8Array;
  has(field: FieldName): boolean;
  /** Whether there is any of `attachments`, `age`, `metadata`, `risk_scores` and `tags`. */
  readonly hasDetails: boolean;
  /**
   * True when every id, timestamp, surface, tier and version is ASCII that JSON writes as it is: no quote, backslash or
   * control.
   */
  readonly plainIds: boolean;
  readonly eventTimeMs: number;
  /**
   * The canonical event of DESIGN §1 for string fields: for each string field present, in the order of FIELDS up to
   * `conversation_id`, u8 field number, u32 little-endian byte length, the decoded bytes. A view into kernel memory.
   */
  canonical(): Uint8Array;
  /** True when any score is above 0. The cheap question to ask first. */
  readonly scored: boolean;
  /**
   * The event is sound, scored nothing, has plain ids and none of the details: `Detector.composer` can write it.
   * Absent where there is no composer.
   */
  readonly quiet?: boolean;
  /** 1/10,000, by `side * categoryCount + category`; a view into kernel memory. */
  readonly scores: Int32Array;
  /** Sorted by side, start, end, rule. Allocates: ask only when `scored`, or for contexts. */
  matches(): Match[];
  readonly truncated: boolean;
  /** What the trained model said; absent where the pack has none. `scores` are the larger of its and the rules'. */
  readonly model?: ModelScan;
}

export interface CarriedSpan {
  /** Bytes of the decoded field value, half-open. */
  readonly start: number;
  readonly end: number;
  readonly decoded?: Encoding;
}

/** Views into kernel memory, as the scan itself. */
export interface ModelScan {
  /** The overall head's score in 1/10,000, the larger of both sides. */
  readonly overall: number;
  /** As `Scan.scores`, of the model alone. */
  readonly scores: Int32Array;
  /** As `Scan.scores`, of the rules alone. */
  readonly rulesScores: Int32Array;
  /** The largest of them. */
  readonly rulesLargest: number;
  /** A side has more words than the model reads (`MODEL_WORDS_MAX`): the rest had no say. */
  readonly isCut: boolean;
  /**
   * The words that carried the score of a category (-1: the overall one) on a side, at most `wordsMax`, as spans in the
   * order of the text; where the score came from a decoded run, that one's span. Reads the side again: ask only for
   * events that somebody will look at.
   */
  carriedBy(side: Side, category: number, wordsMax: number): readonly CarriedSpan[];
}

export interface Detector {
  readonly pack: PackInfo;
  /** A text that comes in pieces; a detector may do without. */
  openStream?(side: Side): TextStream;
  /** Copies a payload into the kernel and finds its events. Returns a fault when it is not a payload at all. */
  open(payload: Uint8Array): Payload | Fault;
  /** Writes texts of quiet events without a string a value; a detector may do without. */
  readonly composer?: Composer;
}

/** A literal, then the value of the slot. The last part's slot is `end`, and only its. */
export interface TemplatePart {
  /** ASCII. */
  readonly literal: string;
  /** A string field that the event has; `name`, `clock` and `number` as `Composer` says. */
  readonly slot: Exclude<FieldName, "prompt" | "completion"> | "name" | "clock" | "number" | "end";
}

/** Composes texts one behind the other into a page, which the host takes as one copy. */
export interface Composer {
  /**
   * `name` is the lower-case base32 of SHA-256 over org_id, a line break, event_id and this suffix, which has at most 32
   * characters.
   */
  setSuffix(text: string): void;
  /** The value of `clock`, 24 characters. */
  setClock(text: string): void;
  /** @returns its number; undefined when it is not ASCII, too large, or there are too many: then clear them. */
  addTemplate(parts: readonly TemplatePart[]): number | undefined;
  clearTemplates(): void;
  /** Changes when templates are cleared: numbers of an earlier generation are void. Engines may share a detector. */
  readonly generation: number;
  /**
   * Composes the event scanned last. @param value of `number`, a u32.
   * @returns where its text ends in the page, beginning where the one before ended; 0 when the event is not quiet or
   * the page is full, and nothing was written.
   */
  compose(template: number, value: number): number;
  /** Where the next text begins. */
  readonly end: number;
  /** The page so far, a copy; the next text begins a new one. */
  take(): Buffer;
}
