import { describe, expect, test } from "vitest";
import { foldText } from "../fold/index.ts";
import { readPack } from "../pack/index.ts";
import { SIDES } from "../types.ts";
import { createOracle } from "./oracle.ts";
import { splitPayload } from "./split-payload.ts";
import { parseTimestamp } from "./timestamp.ts";
import {
  eventCases,
  eventWith,
  faultCases,
  foldCases,
  scoreCases,
  splitCases,
  timestampCases,
  VECTOR_PACK,
} from "./vectors.ts";

const model = readPack(VECTOR_PACK);
const oracle = createOracle(model);
const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();

describe("folding", () => {
  test.each(foldCases())("$name", ({ text: input, words }) => {
    expect(foldText(Buffer.from(input)).map((word) => [word.text, word.start, word.end])).toEqual(words);
  });
});

describe("a refused event", () => {
  test.each(faultCases())("$name", ({ bytes, fault, eventId }) => {
    const result = oracle.scan(bytes);
    expect(result.fault).toEqual(fault);
    if (eventId !== undefined) expect(result.eventId).toBe(eventId);
  });
});

describe("an accepted event", () => {
  test.each(eventCases())("$name", ({ bytes, texts, absent }) => {
    const result = oracle.scan(bytes);
    if (result.fault) expect.unreachable(JSON.stringify(result.fault));
    for (const [field, value] of Object.entries(texts)) {
      expect(text(result.fields.get(field as keyof typeof texts))).toBe(value);
    }
    for (const field of absent) expect(result.fields.has(field)).toBe(false);
  });
});

describe("a payload", () => {
  test.each(splitCases())("$name", ({ bytes, fault, kind, events }) => {
    const split = splitPayload(bytes);
    expect(split.fault).toEqual(fault);
    if (split.fault) return;
    expect(split.kind).toBe(kind);
    expect(split.events.map(({ start, end }) => text(bytes.subarray(start, end)))).toEqual(events.map(text));
  });
});

describe("a timestamp", () => {
  test.each(timestampCases())("$text", ({ text: input, ms }) => {
    expect(parseTimestamp(input) ?? null).toBe(ms);
    const result = oracle.scan(eventWith({ timestamp: input }));
    if (ms === null) expect(result.fault).toMatchObject({ reason: "bad-timestamp", field: "timestamp" });
    else expect(result).toMatchObject({ fault: undefined, eventTimeMs: ms });
  });
});

describe("scores", () => {
  test.each(scoreCases())("$name", ({ prompt, completion, scores, matches }) => {
    const result = oracle.scan(eventWith(completion === undefined ? { prompt } : { prompt, completion }));
    if (result.fault) expect.unreachable(JSON.stringify(result.fault));
    const wanted = SIDES.flatMap((side) => model.categories.map((category) => scores[side]?.[category] ?? 0));
    expect(result.scores).toEqual(wanted);
    expect(result.matches.map(({ rule, side, start, end }) => [model.rules[rule]?.id, side, start, end])).toEqual(
      matches,
    );
  });
});

describe("limits", () => {
  const filler = (bytes: number) => "a".repeat(bytes);

  test("an event of eventBytesMax is read, one byte more is not", () => {
    const size = eventWith({ prompt: "" }).length;
    expect(oracle.scan(eventWith({ prompt: filler(1_048_576 - size) })).fault).toBeUndefined();
    const tooLarge = eventWith({ prompt: filler(1_048_577 - size) });
    expect(oracle.scan(tooLarge).fault).toEqual({ reason: "event-too-large", offset: 0 });
    expect(splitPayload(tooLarge)).toMatchObject({ kind: "event" });
  });

  test("a payload of payloadBytesMax is split, one byte more is not", () => {
    const blanks = Buffer.alloc(8_388_608, " ");
    expect(splitPayload(blanks)).toEqual({ fault: { reason: "empty", offset: 8_388_608 } });
    expect(splitPayload(Buffer.alloc(8_388_609, " "))).toEqual({
      fault: { reason: "payload-too-large", offset: 8_388_608 },
    });
  });

  test("eventsMax events are split, one more is not, in a wrapper and as lines", () => {
    const wrapper = (count: number) => Buffer.from(`{"events":[${Array(count).fill("1").join(",")}]}`);
    expect(splitPayload(wrapper(65_536))).toMatchObject({ kind: "events" });
    expect(splitPayload(wrapper(65_537))).toEqual({ fault: { reason: "too-many-events", offset: 11 + 2 * 65_536 } });
    const lines = (count: number) => Buffer.from("{}\n".repeat(count));
    expect(splitPayload(lines(65_536))).toMatchObject({ kind: "ndjson" });
    expect(splitPayload(lines(65_537))).toEqual({ fault: { reason: "too-many-events", offset: 3 * 65_536 } });
  });

  test("matchesMax matches are listed and the rest is said to be missing; scores do not change", () => {
    const listed = (count: number) => oracle.scan(eventWith({ prompt: "bomb ".repeat(count) }));
    expect(listed(1024)).toMatchObject({ truncated: false, matches: { length: 1024 } });
    expect(listed(1025)).toMatchObject({ truncated: true, matches: { length: 1024 }, scores: [0, 4000, 0, 0, 0, 0] });
  });
});

test("the canonical event holds the string fields in their fixed order with numbers and lengths", () => {
  const result = oracle.scan(eventWith({ tags: [], conversation_id: "c", completion: null, prompt: "" }));
  if (result.fault) expect.unreachable(JSON.stringify(result.fault));
  const part = (number: number, value: string) => [number, value.length, 0, 0, 0, ...Buffer.from(value)];
  expect([...result.canonical]).toEqual([
    ...part(0, "e"),
    ...part(1, "2026-01-01T00:00:00Z"),
    ...part(2, "u"),
    ...part(3, "o"),
    ...part(4, "s"),
    ...part(5, "t"),
    ...part(6, ""),
    ...part(9, "c"),
  ]);
});
