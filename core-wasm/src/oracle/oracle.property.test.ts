import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldText } from "../fold/index.ts";
import { readPack } from "../pack/index.ts";
import { LIMITS } from "../types.ts";
import { damaged, disguised, eventJson, eventMembers, hostileText, payloadBytes, writtenJson } from "./arbitrary.ts";
import { createOracle } from "./oracle.ts";
import { splitPayload } from "./split-payload.ts";
import { eventWith, VECTOR_PACK } from "./vectors.ts";

const model = readPack(VECTOR_PACK);
const oracle = createOracle(model);
const utf8 = (text: string) => new Uint8Array(Buffer.from(text));

function scanPrompt(prompt: string) {
  const result = oracle.scan(eventWith({ prompt }));
  if (result.fault) throw new Error(JSON.stringify(result.fault));
  return result;
}

describe("folding", () => {
  test("words stand in order inside of the text and never overlap", () => {
    fc.assert(
      fc.property(hostileText(model), (text) => {
        const bytes = utf8(text);
        let before = 0;
        for (const { text: word, start, end } of foldText(bytes)) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          expect(word).not.toBe("");
          before = end;
        }
        expect(before).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

describe("matches", () => {
  const plain = fc
    .array(fc.constantFrom(...model.rules.flatMap((rule) => rule.phrases), ["a"], ["quiet", "day"], ["中"]), {
      maxLength: 8,
    })
    .map((phrases) => phrases.flat().join(" "));

  test("case, look-alikes and hidden characters change neither rules nor scores", () => {
    fc.assert(
      fc.property(
        plain.chain((text) => fc.tuple(fc.constant(text), disguised(text))),
        ([text, other]) => {
          const [before, after] = [scanPrompt(text), scanPrompt(other)];
          expect(after.matches.map(({ rule }) => rule)).toEqual(before.matches.map(({ rule }) => rule));
          expect(after.scores).toEqual(before.scores);
        },
      ),
    );
  });

  test("a span cut out of the text folds to a phrase of its rule", () => {
    fc.assert(
      fc.property(hostileText(model), (text) => {
        for (const { rule, start, end, decoded } of scanPrompt(text).matches) {
          expect(end).toBeLessThanOrEqual(Buffer.byteLength(text));
          if (decoded !== undefined) continue;
          const words = foldText(utf8(text).subarray(start, end)).map((word) => word.text);
          expect(model.rules[rule]?.phrases).toContainEqual(words);
        }
      }),
    );
  });
});

describe("events", () => {
  test("key order, blanks and escapes change nothing", () => {
    fc.assert(
      fc.property(
        eventMembers(model).chain((members) => fc.tuple(fc.constant(members), writtenJson(members))),
        ([members, written]) => {
          const plain = oracle.scan(utf8(JSON.stringify(members)));
          const other = oracle.scan(utf8(written));
          if (plain.fault) expect(other.fault).toMatchObject({ reason: plain.fault.reason, field: plain.fault.field });
          else expect(other).toEqual(plain);
        },
      ),
    );
  });

  test("what JSON.parse refuses is refused, and nothing else is malformed", () => {
    const reasons = ["malformed-json", "invalid-utf8", "too-deep", "duplicate-key", "not-an-object"];
    fc.assert(
      fc.property(
        eventJson(model).chain((json) => damaged(utf8(json))),
        (bytes) => {
          const text = Buffer.from(bytes).toString();
          const isUtf8 = Buffer.from(text).equals(Buffer.from(bytes));
          const reason = oracle.scan(bytes).fault?.reason;
          let isJson = isUtf8 && !text.startsWith("\ufeff");
          try {
            JSON.parse(text);
          } catch {
            isJson = false;
          }
          if (!isJson) expect(reasons).toContain(reason);
          else expect(["malformed-json", "invalid-utf8"]).not.toContain(reason);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe("payloads", () => {
  test("any bytes give events inside of the payload or a fault inside of it", () => {
    fc.assert(
      fc.property(payloadBytes(model), (bytes) => {
        const split = splitPayload(bytes);
        if (split.fault) {
          expect(split.fault.offset).toBeLessThanOrEqual(bytes.length);
          return;
        }
        let before = 0;
        for (const { start, end } of split.events) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeLessThanOrEqual(bytes.length);
          before = end;
          const result = oracle.scan(bytes, start, end);
          if (result.fault) {
            expect(result.fault.offset).toBeGreaterThanOrEqual(start);
            expect(result.fault.offset).toBeLessThanOrEqual(end);
          } else {
            expect(result.matches.length).toBeLessThanOrEqual(LIMITS.matchesMax);
            for (const score of result.scores) expect(score).toBeLessThanOrEqual(10_000);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});
