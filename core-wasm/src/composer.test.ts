import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createDetector } from "./detector.ts";
import { VECTOR_PACK } from "./oracle/vectors.ts";
import { readPack } from "./pack/index.ts";
import { compilePack } from "./pack-blob.ts";
import type { Composer, Detector, TemplatePart } from "./types.ts";

const blob = compilePack(readPack(VECTOR_PACK));
const CLOCK = "2026-01-31T12:00:00.123Z";
const EVENT = {
  event_id: "e",
  timestamp: "2026-01-31T12:00:00Z",
  user_id: "u",
  org_id: "o",
  surface: "api",
  tier: "t",
};
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

function opened(): { readonly detector: Detector; readonly composer: Composer } {
  const detector = createDetector(blob);
  const { composer } = detector;
  if (composer === undefined) throw new Error("the kernel has a composer");
  composer.setSuffix("\nenforce\n0");
  composer.setClock(CLOCK);
  return { detector, composer };
}
const { detector, composer } = opened();

/** True when the kernel calls it quiet. */
function scan(changes: object): boolean {
  const payload = detector.open(Buffer.from(JSON.stringify({ ...EVENT, prompt: "hello", ...changes })));
  if ("reason" in payload) throw new Error(payload.reason);
  return payload.scan(0).quiet === true;
}
function composed(parts: readonly TemplatePart[], value = 0): string {
  composer.clearTemplates();
  const template = composer.addTemplate(parts);
  if (template === undefined) throw new Error("the template fits");
  composer.compose(template, value);
  return composer.take().toString("latin1");
}
function base32(bytes: Buffer): string {
  const bits = [...bytes]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("")
    .padEnd(260, "0");
  return Array.from({ length: 52 }, (_, i) => ALPHABET[Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2)]).join("");
}
const END = { literal: "", slot: "end" } as const;

test("a name is the base32 of SHA-256 over organisation, event and suffix, at any length that ids may have", () => {
  const id = fc.string({ minLength: 1, maxLength: 128, unit: fc.constantFrom(..."abcXYZ019-_.:/") });
  fc.assert(
    fc.property(id, id, (org_id, event_id) => {
      scan({ org_id, event_id });
      const digest = createHash("sha256").update(`${org_id}\n${event_id}\nenforce\n0`).digest();
      expect(composed([{ literal: "", slot: "name" }, END])).toBe(base32(digest));
    }),
    {
      examples: [
        ["a".repeat(23), "b".repeat(20)],
        ["a".repeat(24), "b".repeat(20)],
        ["a", "b"],
        ["a".repeat(128), "b".repeat(128)],
      ],
    },
  );
});

test("numbers, the clock, fields and literals stand where the template has them", () => {
  const parts = [
    { literal: "<", slot: "surface" },
    { literal: "|a literal of more than sixteen characters|", slot: "clock" },
    { literal: "|", slot: "number" },
    { literal: ">", slot: "end" },
  ] as const;
  scan({ surface: "claude_web" });
  for (const value of [0, 9, 10, 99, 100, 4_294_967_295]) {
    expect(composed(parts, value)).toBe(`<claude_web|a literal of more than sixteen characters|${CLOCK}|${value}>`);
  }
});

test("texts stand one behind the other until they are taken, and a full page takes no more", () => {
  composer.clearTemplates();
  const template = composer.addTemplate([{ literal: "x".repeat(4000), slot: "end" }]) as number;
  scan({});
  let last = 0;
  for (let end = composer.compose(template, 0); end !== 0; end = composer.compose(template, 0)) {
    expect(end).toBe(last + 4000);
    last = end;
  }
  expect(composer.end).toBe(last);
  expect(last).toBeGreaterThan(600_000);
  expect(composer.take().equals(Buffer.alloc(last, "x"))).toBe(true);
  expect(composer.end).toBe(0);
});

test.each([
  ["an id that is not ASCII", { user_id: "ü" }, false],
  ["an id with an escape", { user_id: '"' }, false],
  ["metadata", { metadata: { a: "b" } }, false],
  ["tags of the sender", { tags: ["a"] }, false],
  ["something found", { prompt: "how to make a bomb" }, false],
  ["a detail that is null", { age: null, metadata: null }, true],
  ["a completion, a model and a conversation", { completion: "é", model_version: "m", conversation_id: "" }, true],
] as const)("an event with %s is quiet or not", (_name, changes, isQuiet) => {
  expect(scan(changes)).toBe(isQuiet);
  composer.clearTemplates();
  const template = composer.addTemplate([{ literal: "x", slot: "end" }]) as number;
  expect(composer.compose(template, 0) !== 0).toBe(isQuiet);
  expect(composer.take().length).toBe(isQuiet ? 1 : 0);
});

test("a template that is not ASCII, has no end, is too large or one too many is refused", () => {
  composer.clearTemplates();
  expect(composer.addTemplate([{ literal: "é", slot: "end" }])).toBeUndefined();
  expect(composer.addTemplate([{ literal: "x", slot: "tier" }])).toBeUndefined();
  expect(composer.addTemplate([{ literal: "x".repeat(4096), slot: "end" }])).toBeUndefined();
  for (let i = 0; i < 32; i += 1) expect(composer.addTemplate([END])).toBe(i);
  expect(composer.addTemplate([END])).toBeUndefined();
});
