import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import { decode, isRejection } from "./decode.ts";
import { KEPT_BYTES_MAX } from "./details.ts";
import { decisionId, eventKey } from "./digest.ts";
import { event, payload } from "./testing/event.ts";
import { jsonDetector } from "./testing/json-detector.ts";

function read(changes: Record<string, unknown>) {
  const opened = jsonDetector().open(payload(event("a", changes)));
  if ("reason" in opened) throw new Error(opened.reason);
  return decode(opened.scan(0), 0);
}
function fields(changes: Record<string, unknown>) {
  const result = read(changes);
  if (isRejection(result)) throw new Error(result.message);
  return result;
}
const image = { media_type: "image/png", data_base64: "aGVsbG8=" };

describe("what is wrong inside a value is refused by its path", () => {
  test.each([
    [{ attachments: Array.from({ length: 17 }, () => image) }, "attachments"],
    [{ attachments: [image, 7] }, "attachments[1]"],
    [{ attachments: [{ media_type: "png", pdq: "0".repeat(64) }] }, "attachments[0].media_type"],
    [{ attachments: [{ ...image, pdq: "0".repeat(64) }] }, "attachments[0]"],
    [{ attachments: [{ media_type: "image/png" }] }, "attachments[0]"],
    [{ attachments: [{ media_type: "image/png", data_base64: "aGVsbG8" }] }, "attachments[0].data_base64"],
    [{ attachments: [{ media_type: "image/png", data_base64: "a GVsbG8=aaa" }] }, "attachments[0].data_base64"],
    [{ attachments: [{ media_type: "image/png", pdq: "xyz" }] }, "attachments[0].pdq"],
    [{ age: { band: "teen" } }, "age.band"],
    [{ age: { band: "adult", assurance: "sworn" } }, "age.assurance"],
    [{ metadata: { ok: "yes", secret: 1 } }, "metadata[1]"],
  ])("%#: %o", (changes, path) => {
    expect(read(changes)).toMatchObject({ reason: "invalid-value", field: path, event_id: "a" });
  });
});

test("attachments are kept as digest and type; their bytes are not", () => {
  const { details } = fields({ attachments: [image, { media_type: "image/jpeg", pdq: "AB".repeat(32) }] });
  const sha256 = createHash("sha256").update("hello").digest("hex");
  expect(details.attachments).toEqual([
    { media_type: "image/png", sha256 },
    { media_type: "image/jpeg", pdq: "ab".repeat(32) },
  ]);
  expect(details.recordJson).not.toContain(image.data_base64);
});

test("a long attachment is checked without running out of stack", () => {
  expect(
    fields({ attachments: [{ media_type: "image/png", data_base64: "A".repeat(900_000) }] }).details.attachments,
  ).toHaveLength(1);
});

test("what the sender claims is kept raw, on one line, and dropped aloud beyond its bound", () => {
  expect(fields({ risk_scores: { cbrn: 0.1 }, tags: ["x"] }).details.recordJson).toBe(
    ',"claimed":{"risk_scores":{"cbrn":0.1},"tags":["x"]}',
  );
  expect(
    fields({ tags: ["x".repeat(KEPT_BYTES_MAX)], metadata: { a: "y".repeat(KEPT_BYTES_MAX) } }).details.recordJson,
  ).toBe(',"dropped":["metadata","claimed"]');
});

test("the digest tells events apart by every field that counts, and by no other", () => {
  const hex = (changes: Record<string, unknown>) => fields(changes).digest;
  const distinct = [
    {},
    { prompt: "other" },
    { conversation_id: "c" },
    { metadata: {} },
    { metadata: { a: "1" } },
    { age: { band: "adult" } },
    { attachments: [image] },
  ].map(hex);
  expect(new Set(distinct).size).toBe(distinct.length);
  expect(hex({ tags: ["x"], unknown: 1 })).toBe(hex({}));
  expect(hex({ metadata: { a: "1", b: "2" } })).toBe(hex({ metadata: { b: "2", a: "1" } }));
});

test("canonical JSON sorts keys by UTF-16 units and has no blanks", () => {
  expect(canonicalJson({ b: [1, null, true], "\u20ac": "€", a: { d: "\n", c: "" } })).toBe(
    '{"a":{"c":"","d":"\\n"},"b":[1,null,true],"€":"€"}',
  );
});

test("a decision's id is the base32 of a SHA-256, as RFC 4648 spells it", () => {
  const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  const bits = [...createHash("sha256").update("org\nev\nenforce\n0").digest()]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  const expected = groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, "0"), 2)]).join("");
  expect(decisionId(eventKey("org", "ev"), "enforce", 0)).toBe(expected);
  expect(expected).toHaveLength(52);
});
