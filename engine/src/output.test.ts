import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evidenceOf } from "./decision.ts";
import { createEngine } from "./engine.ts";
import { redact } from "./output.ts";
import { event } from "./testing/event.ts";
import { jsonDetector } from "./testing/json-detector.ts";
import { testPolicy } from "./testing/test-policy.ts";

const bytes = (text: string) => Buffer.from(text);

describe("redact", () => {
  test.each([
    ["one span", "a bad cat", [[2, 5]], "a # cat"],
    [
      "spans in any order",
      "bad and bad",
      [
        [8, 11],
        [0, 3],
      ],
      "# and #",
    ],
    [
      "overlapping, nested and touching spans are one",
      "abcdefgh",
      [
        [1, 4],
        [3, 5],
        [2, 3],
        [5, 6],
      ],
      "a#gh",
    ],
    ["a span that cuts a character takes all of it", "x€y", [[2, 3]], "x#y"],
    ["a span beyond the text ends with it", "abc", [[1, 9]], "a#"],
    ["no span", "abc", [], "abc"],
  ])("%s", (_name, text, spans, expected) => {
    expect(
      redact(
        bytes(text),
        spans.map(([start, end]) => ({ start: start as number, end: end as number })),
        "#",
      ),
    ).toBe(expected);
  });

  test("no byte of a span is left, and the rest is whole UTF-8", () => {
    const span = fc.tuple(fc.nat(40), fc.nat(12)).map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 20 }), fc.array(span, { maxLength: 5 }), (text, spans) => {
        const source = bytes(text);
        const kept = [...source].filter((_, at) => !spans.some(({ start, end }) => at >= start && at < end));
        const result = redact(source, spans, "");
        expect(result).not.toContain("\ufffd");
        expect(bytes(result).length).toBeLessThanOrEqual(kept.length);
      }),
    );
  });
});

test("a field whose matches were more than listed is withheld whole", async () => {
  const engine = await createEngine({ detector: jsonDetector(), policy: testPolicy() });
  const answer = engine.evaluate(event("a", { prompt: "grey truncated" }));
  expect(answer).toMatchObject({
    decision: { action: "redact", matches_truncated: true, released: { prompt: "withheld", completion: "withheld" } },
  });
  expect(answer).not.toHaveProperty("output");
});

test("matches of contexts stand apart from those of rules", () => {
  const detector = jsonDetector();
  const opened = detector.open(bytes(JSON.stringify(event("a", { prompt: "a grey novel" }))));
  if ("reason" in opened) throw new Error(opened.reason);
  const { matches, contexts } = evidenceOf(opened.scan(0), detector.pack, true);
  expect(matches).toEqual([{ category: "violence", rule: "violence.test.001", field: "prompt", start: 2, end: 6 }]);
  expect(contexts).toEqual([{ context: "fiction", rule: "context.fiction.001", field: "prompt", start: 7, end: 12 }]);
});
