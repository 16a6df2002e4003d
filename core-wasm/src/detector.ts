/**
 * The host side of the kernel: one WASM instance and one pack a detector, its memory read through fixed views.
 * Nothing is allocated per event until something matched.
 */
/// <reference path="./webassembly.d.ts" />
import { readFileSync } from "node:fs";
import { type ComposerKernel, createComposer } from "./composer.ts";
import { byPlace } from "./match-order.ts";
import { createModelScan, type ModelKernel } from "./model/model-scan.ts";
import { openPackBlob } from "./pack-blob.ts";
import { recentTexts } from "./recent-texts.ts";
import { openTextStream, type StreamHost, type StreamKernel } from "./stream.ts";
import {
  type Detector,
  ENCODINGS,
  FAULT_REASONS,
  type Fault,
  FIELDS,
  type FieldName,
  LIMITS,
  type Match,
  type Payload,
  type PayloadKind,
  type Scan,
  SIDES,
} from "./types.ts";

export interface Kernel extends ComposerKernel, ModelKernel, StreamKernel {
  readonly memory: WebAssembly.Memory;
  addressOf(area: number): number;
  openPack(): void;
  splitPayload(length: number): number;
  scanEvent(index: number): number;
  scanText(from: number, to: number, parts: number): number;
  scanWhole(side: number, length: number): void;
  hashWord(address: number, length: number): bigint;
  keyWord(address: number, length: number): bigint;
}

/** Areas by the numbers of `addressOf` in assembly/index.ts. */
const AREA = {
  result: 0,
  payload: 1,
  split: 2,
  matches: 3,
  canon: 4,
  pack: 5,
  memoryEnd: 6,
  templates: 7,
  clock: 8,
  suffix: 9,
  page: 10,
  words: 11,
  carried: 12,
  segments: 13,
} as const;
/** u32 positions in the result, as assembly/result.ts draws it. */
const RESULT = {
  fault: 0,
  faultField: 1,
  faultOffset: 2,
  payloadKind: 3,
  eventCount: 4,
  matchCount: 5,
  truncated: 6,
  scored: 7,
  canonLength: 10,
  quiet: 13,
  fields: 16,
  scores: 128,
} as const;
const EVENT_TIME_BYTE = 32;
const FIELD_WORDS = 5;
/** `event_id` to `user_id` are required and come first in the canonical event. */
const HEAD_FIELD_LAST = FIELDS.indexOf("user_id");
const HEAD_END = RESULT.fields + HEAD_FIELD_LAST * FIELD_WORDS + 3;
const ID_KINDS = (
  ["event_id", "timestamp", "user_id", "org_id", "surface", "tier", "model_version", "conversation_id"] as const
).map((field) => RESULT.fields + FIELDS.indexOf(field) * FIELD_WORDS);
const KIND_MASK = 0xff;
const KIND_STRING = 1;
const NOT_PLAIN = 0x300;
/** Of these an organisation's traffic has few. */
const RECURRING: readonly boolean[] = FIELDS.map((field) =>
  ["org_id", "surface", "tier", "model_version"].includes(field),
);
const DETAIL_KINDS = (["attachments", "age", "metadata", "risk_scores", "tags"] as const).map(
  (field) => RESULT.fields + FIELDS.indexOf(field) * FIELD_WORDS,
);
const CATEGORIES_MAX = LIMITS.categoriesMax;
const PAYLOAD_KINDS: readonly PayloadKind[] = ["event", "events", "ndjson", "cloudevent"];
const FIELD_INDEX: Readonly<Record<FieldName, number>> = Object.fromEntries(
  FIELDS.map((name, index) => [name, index]),
) as Record<FieldName, number>;

let module: WebAssembly.Module | undefined;

/** Instantiates the kernel; the module is compiled once a process. */
export function loadKernel(): Kernel {
  module ??= new WebAssembly.Module(readFileSync(new URL("../build/kernel.wasm", import.meta.url)));
  const instance = new WebAssembly.Instance(module, {
    env: {
      abort: () => {
        throw new Error("broken invariant: the kernel aborted");
      },
    },
  });
  return instance.exports as unknown as Kernel;
}

/** The event id of a refused event, when it was read and is fit to be shown. */
function checkedId(json: string): string {
  const id: unknown = JSON.parse(json);
  const isFit = typeof id === "string" && id.length > 0 && [...id].length <= LIMITS.idCharsMax;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the rule that the id is checked against
  return isFit && !/[\u0000-\u001f\u007f-\u009f]/.test(id) ? Buffer.from(id).toString() : "";
}

/**
 * Makes a detector from a pack blob. Holds 64 MiB of address space, of which ordinary events touch a few.
 * @param kernel a fresh one, for whoever looks into its memory besides; it takes one pack in its life.
 * @throws {PackBlobError} when the blob is no pack.
 */
export function createDetector(blob: Uint8Array, kernel: Kernel = loadKernel()): Detector {
  const { info, tables } = openPackBlob(blob);
  const { buffer } = kernel.memory;
  const bytes = Buffer.from(buffer);
  bytes.set(tables, kernel.addressOf(AREA.pack));
  kernel.openPack();

  const resultAt = kernel.addressOf(AREA.result);
  const payloadAt = kernel.addressOf(AREA.payload);
  const canonAt = kernel.addressOf(AREA.canon);
  const result = new Uint32Array(buffer, resultAt, 192);
  const eventTime = new Float64Array(buffer, resultAt + EVENT_TIME_BYTE, 1);
  const matchWords = new Uint32Array(buffer, kernel.addressOf(AREA.matches), LIMITS.matchesMax * 4);
  const categoryCount = info.categories.length;
  const scores = new Int32Array(2 * categoryCount);
  const noScores = new Int32Array(2 * categoryCount);
  const kernelScores = new Int32Array(buffer, resultAt + RESULT.scores * 4, 2 * CATEGORIES_MAX);
  const areas = {
    result: resultAt,
    words: kernel.addressOf(AREA.words),
    carried: kernel.addressOf(AREA.carried),
    segments: kernel.addressOf(AREA.segments),
  };
  let isFaulty = false;

  /** The decoded bytes from the event id to the user id, which lie together: one string, of which these are slices. */
  let head = "";
  const recent = recentTexts(bytes);
  const word = (index: number) => result[index] as number;
  const fieldWord = (field: FieldName, index: number) => word(RESULT.fields + FIELD_INDEX[field] * FIELD_WORDS + index);

  function readFault(): Fault {
    const field = FIELDS[word(RESULT.faultField)];
    const reason = FAULT_REASONS[word(RESULT.fault) - 1] as Fault["reason"];
    return { reason, offset: word(RESULT.faultOffset), ...(field === undefined ? {} : { field }) };
  }

  const scan: Scan = {
    get fault() {
      return isFaulty ? readFault() : undefined;
    },
    text(field) {
      const index = FIELD_INDEX[field];
      const at = RESULT.fields + index * FIELD_WORDS;
      const kind = word(at);
      if ((kind & KIND_MASK) !== KIND_STRING) return "";
      if (isFaulty) return field === "event_id" ? checkedId(Buffer.from(scan.raw(field)).toString()) : "";
      const start = word(at + 3);
      const end = start + word(at + 4);
      if ((kind & NOT_PLAIN) !== 0) return bytes.toString("utf8", start, end);
      if (RECURRING[index] === true) return recent(start, end);
      // Of a quiet event the id alone is asked for: better a string of its own than a slice, which is slow to hash.
      if (index > HEAD_FIELD_LAST || word(RESULT.quiet) !== 0) return bytes.toString("latin1", start, end);
      if (head === "") head = bytes.toString("latin1", canonAt, word(HEAD_END) + word(HEAD_END + 1));
      return head.substring(start - canonAt, end - canonAt);
    },
    bytes(field) {
      if (isFaulty || (fieldWord(field, 0) & KIND_MASK) !== KIND_STRING) return bytes.subarray(0, 0);
      const start = fieldWord(field, 3);
      return bytes.subarray(start, start + fieldWord(field, 4));
    },
    byteLength: (field) => (isFaulty || (fieldWord(field, 0) & KIND_MASK) !== KIND_STRING ? 0 : fieldWord(field, 4)),
    raw: (field) => bytes.subarray(payloadAt + fieldWord(field, 1), payloadAt + fieldWord(field, 2)),
    has: (field) => !isFaulty && fieldWord(field, 0) !== 0,
    get hasDetails() {
      let kinds = 0;
      for (const at of DETAIL_KINDS) kinds |= word(at);
      return !isFaulty && kinds !== 0;
    },
    get plainIds() {
      let kinds = 0;
      for (const at of ID_KINDS) kinds |= word(at);
      return (kinds & NOT_PLAIN) === 0;
    },
    get quiet() {
      return word(RESULT.quiet) !== 0;
    },
    get eventTimeMs() {
      return eventTime[0] as number;
    },
    canonical: () => new Uint8Array(buffer, canonAt, word(RESULT.canonLength)), // half of a subarray's cost
    get scored() {
      return word(RESULT.scored) !== 0;
    },
    get scores() {
      if (word(RESULT.scored) === 0) return noScores;
      for (let i = 0; i < categoryCount; i += 1) {
        scores[i] = kernelScores[i] as number;
        scores[categoryCount + i] = kernelScores[CATEGORIES_MAX + i] as number;
      }
      return scores;
    },
    matches: () => readMatches(matchWords, word(RESULT.matchCount)),
    get truncated() {
      return word(RESULT.truncated) !== 0;
    },
    ...(info.model === undefined ? {} : { model: createModelScan(kernel, areas, info, () => scan.scores) }),
  };

  let scannedIndex = -1;
  const payload = {
    kind: "event" as PayloadKind,
    count: 0,
    scan(index: number): Scan {
      if (index !== scannedIndex) {
        isFaulty = kernel.scanEvent(index) === 0;
        head = "";
        scannedIndex = index;
      }
      return scan;
    },
  } satisfies { -readonly [K in keyof Payload]: Payload[K] };

  const composer = createComposer(kernel, bytes, {
    templates: kernel.addressOf(AREA.templates),
    clock: kernel.addressOf(AREA.clock),
    suffix: kernel.addressOf(AREA.suffix),
    page: kernel.addressOf(AREA.page),
  });
  const streamHost: StreamHost = {
    kernel,
    info,
    text: new Uint8Array(buffer, canonAt, LIMITS.eventBytesMax),
    rules: new Uint32Array(buffer, areas.carried, info.rules.length),
    scanText(side, text) {
      scannedIndex = -1;
      isFaulty = false;
      bytes.set(text, canonAt);
      const number = SIDES.indexOf(side);
      kernel.scanWhole(number, text.length);
      const own = scan.scores.slice(number * categoryCount, (number + 1) * categoryCount);
      const { truncated, model } = scan;
      return { scores: own, matches: scan.matches(), truncated, ...(model && { overall: model.overall }) };
    },
  };
  return {
    pack: info,
    composer,
    openStream: (side) => openTextStream(streamHost, side),
    open(input) {
      if (input.length > LIMITS.payloadBytesMax) return { reason: "payload-too-large", offset: LIMITS.payloadBytesMax };
      bytes.set(input, payloadAt);
      scannedIndex = -1;
      if (kernel.splitPayload(input.length) === 0) return readFault();
      payload.kind = PAYLOAD_KINDS[word(RESULT.payloadKind)] as PayloadKind;
      payload.count = word(RESULT.eventCount);
      // One event that is not even JSON is a malformed payload, not a refused event.
      if (payload.kind === "event" && payload.scan(0).fault?.reason === "malformed-json") return readFault();
      return payload;
    },
  };
}

function readMatches(words: Uint32Array, count: number): Match[] {
  const matches: Match[] = [];
  for (let i = 0; i < count * 4; i += 4) {
    const place = words[i + 1] as number;
    const decoded = ENCODINGS[(place >> 8) - 1];
    matches.push({
      rule: words[i] as number,
      side: SIDES[(place & 1) as 0 | 1],
      start: words[i + 2] as number,
      end: words[i + 3] as number,
      ...(decoded === undefined ? {} : { decoded }),
    });
  }
  return matches.sort(byPlace);
}
