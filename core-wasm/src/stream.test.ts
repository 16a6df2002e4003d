import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDetector } from "./detector.ts";
import { hostileText } from "./oracle/arbitrary.ts";
import { eventWith, VECTOR_PACK } from "./oracle/vectors.ts";
import { readPack } from "./pack/index.ts";
import { compilePack } from "./pack-blob.ts";
import { encodedText } from "./testing/encoded-text.ts";
import { madeModel } from "./testing/made-model.ts";
import { LIMITS, SIDES, type Side } from "./types.ts";

const rules = readPack(VECTOR_PACK);
const plain = createDetector(compilePack(rules));
const withModel = createDetector(compilePack({ ...rules, model: madeModel(rules, 7) }));
const other = createDetector(compilePack(rules));
const { length: categoryCount } = rules.categories;

function whole(text: string, side: Side, detector = plain) {
  const payload = detector.open(eventWith(side === "prompt" ? { prompt: text } : { prompt: "", completion: text }));
  if (!("scan" in payload)) throw new Error("refused");
  const scan = payload.scan(0);
  const scores = scan.scores.slice(SIDES.indexOf(side) * categoryCount, (SIDES.indexOf(side) + 1) * categoryCount);
  const overall = scan.model?.overall;
  return { scores, matches: scan.matches(), truncated: scan.truncated, ...(overall === undefined ? {} : { overall }) };
}
function opened(side: Side = "prompt", detector = plain) {
  const stream = detector.openStream?.(side);
  if (stream === undefined) throw new Error("no streams");
  return stream;
}
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
function chunksOf(text: string, sizes: readonly number[]): Uint8Array[] {
  const bytes = bytesOf(text);
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}
const contextRules = new Set(rules.rules.flatMap(({ category }, rule) => (category < 0 ? [rule] : [])));
const text = fc.oneof(
  hostileText(rules),
  encodedText(rules),
  fc
    .array(fc.constantFrom(...rules.rules.flatMap((rule) => rule.phrases).flat(), "b o m b", "a", "k i", "@", "s"))
    .map((all) => all.join(" ")),
);
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });

describe("a text in chunks", () => {
  test.each([
    ["rules alone", plain],
    ["a model", withModel],
  ])("says at its end what the whole of it says, with %s", (_name, detector) => {
    fc.assert(
      fc.property(text, sizes, fc.constantFrom(...SIDES), (written, cut, side) => {
        const stream = opened(side, detector);
        for (const chunk of chunksOf(written, cut)) expect(stream.push(chunk)).toBe(true);
        expect(stream.close()).toEqual(whole(Buffer.from(bytesOf(written)).toString(), side, detector));
        expect(stream.scores()).toEqual(stream.close().scores);
      }),
      { numRuns: 700 },
    );
  });

  test("reports no score on its way that is gone at its end, unless by a context", () => {
    fc.assert(
      fc.property(text, sizes, (written, cut) => {
        const stream = opened();
        let most = new Int32Array(categoryCount);
        for (const chunk of chunksOf(written, cut)) {
          stream.push(chunk);
          most = most.map((score, category) => Math.max(score, stream.scores()[category] ?? 0));
        }
        const { scores, matches } = stream.close();
        if (matches.some(({ rule }) => contextRules.has(rule))) return;
        for (const [category, score] of most.entries()) expect(scores[category]).toBeGreaterThanOrEqual(score);
      }),
      { numRuns: 1500 },
    );
  });

  test("has reported before its end what its words say, once a plain word follows", () => {
    const phrases = rules.rules.flatMap((rule) => rule.phrases).map((words) => words.join(" "));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...phrases, "a quiet day", "b o m b", "b0mb"), { maxLength: 60 }),
        sizes,
        (all, cut) => {
          const written = `${all.join(" and then ")} and then`;
          const stream = opened();
          for (const chunk of chunksOf(written, cut)) stream.push(chunk);
          expect(stream.scores()).toEqual(whole(written, "prompt", other).scores);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("may be cut inside of a character, and stray bytes are U+FFFD", () => {
    const stream = opened();
    for (const byte of bytesOf("é b\u200bomb 😀")) stream.push(Uint8Array.of(byte));
    expect(stream.close()).toEqual(whole("é b\u200bomb 😀", "prompt"));
    const stray = opened();
    stray.push(Uint8Array.of(0x62, 0xff, 0x20, 0xf0, 0x9f));
    expect(stray.close()).toEqual(whole("b\ufffd \ufffd", "prompt"));
  });

  test("does not count a word that goes on, nor letters apart that do", () => {
    const stream = opened();
    const scoreAfter = (chunk: string) => {
      stream.push(bytesOf(chunk));
      return Math.max(...stream.scores());
    };
    expect(scoreAfter("the bomb")).toBe(0);
    expect(scoreAfter("ard, b o m b")).toBe(0);
    expect(scoreAfter(" s and")).toBe(0);
    expect(scoreAfter(" a bomb ")).toBe(0);
    expect(scoreAfter("was")).toBeGreaterThan(0);
  });
});

test("a phrase that ends in a letter by itself waits for the letters behind it", () => {
  const [rule] = rules.rules.filter(({ category }) => category >= 0);
  const planB = { ...rules, rules: rule === undefined ? [] : [{ ...rule, phrases: [["plan", "b"]] }] };
  const one = createDetector(compilePack(planB));
  const mostOf = (...chunks: readonly string[]) => {
    const stream = opened("prompt", one);
    return chunks.map((chunk) => {
      stream.push(bytesOf(chunk));
      return Math.max(...stream.scores());
    });
  };
  expect(mostOf("plan b", " o", " x and more")).toEqual([0, 0, 0]);
  const [before = 0, after = 0] = mostOf("plan b", " or none");
  expect(before).toBe(0);
  expect(after).toBeGreaterThan(0);
});

test("letters apart that go on behind a tail that was given up are not read as a word of their own", () => {
  const stream = opened();
  for (const chunk of ["a ".repeat(5000), "b o m b", " and then"]) {
    stream.push(bytesOf(chunk));
    expect(Math.max(...stream.scores())).toBe(0);
  }
  stream.push(bytesOf(" a bomb was there"));
  expect(Math.max(...stream.scores())).toBeGreaterThan(0);
});

test("streams of one detector do not see each other, nor its events", () => {
  const [one, two] = [opened(), opened("completion")];
  one.push(bytesOf("a bo"));
  two.push(bytesOf("a quiet "));
  const event = whole("a bomb", "prompt");
  two.push(bytesOf("day "));
  one.push(bytesOf("mb"));
  expect(Math.max(...two.close().scores)).toBe(0);
  expect(one.close()).toEqual(event);
});

describe("a stream's state", () => {
  test("is at most twice its text and 4 KiB, at most an event's bytes, and none at its end", () => {
    const stream = opened();
    const chunk = bytesOf("a quiet day ".repeat(1000));
    let length = 0;
    while (stream.push(chunk)) {
      length += chunk.length;
      expect(stream.heldBytes).toBeLessThanOrEqual(Math.min(2 * length + 4096, LIMITS.eventBytesMax));
    }
    expect(length).toBeGreaterThan(LIMITS.eventBytesMax - chunk.length);
    expect(stream.push(bytesOf("a bomb"))).toBe(false);
    expect(Math.max(...stream.close().scores)).toBe(0);
    expect(stream.heldBytes).toBe(0);
  });

  test.each([
    ["one word", "a"],
    ["letters apart", "a "],
    ["blanks", " "],
    ["zero-width characters", "\u200b"],
  ])("goes on behind 64 KiB of %s in chunks of 64 bytes, and reports what comes behind", (_name, unit) => {
    const stream = opened();
    const filler = unit.repeat(65_536 / Buffer.byteLength(unit));
    for (const chunk of chunksOf(`${filler} and then a bomb was there`, [64])) stream.push(chunk);
    expect(Math.max(...stream.scores())).toBeGreaterThan(0);
  });
});
