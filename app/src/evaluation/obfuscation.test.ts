import { foldText } from "@sluice/core-wasm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LOSS_MAX, OBFUSCATIONS, type Obfuscation, obfuscate } from "./obfuscation.ts";

const TEXT = "The gardener waters roses each morning, whistling; nobody minds the noise of it.";
const words = (text: string) => foldText(new TextEncoder().encode(text)).map((word) => word.text);
/** What takes words apart leaves single letters alone when they stand beside each other. */
const FOLDED: readonly Obfuscation[] = OBFUSCATIONS.filter((kind) => LOSS_MAX[kind] === 0.02);

describe("obfuscation", () => {
  test.each(OBFUSCATIONS)("%s changes the text, by seed and by nothing else", (kind) => {
    const once = obfuscate(TEXT, kind, 7);
    expect(once).not.toBe(TEXT);
    expect(obfuscate(TEXT, kind, 7)).toBe(once);
  });

  test.each(FOLDED)("%s is undone by folding", (kind) => {
    for (let seed = 0; seed < 50; seed += 1) expect(words(obfuscate(TEXT, kind, seed))).toEqual(words(TEXT));
  });

  test("leet is undone where a word keeps as many letters as it gives away", () => {
    expect(words(obfuscate("morning whistling", "leet", 3))).toEqual(["morning", "whistling"]);
  });

  test.each([
    ["base64", (text: string) => Buffer.from(text, "base64").toString()],
    ["hex", (text: string) => Buffer.from(text, "hex").toString()],
    ["url", decodeURIComponent],
    ["rot13", (text: string) => obfuscate(text, "rot13", 0)],
    ["reversed", (text: string) => obfuscate(text, "reversed", 0)],
  ] as const)("%s can be read back", (kind, decode) => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(decode(obfuscate(text, kind, 1))).toBe(Buffer.from(text).toString()); // a lone surrogate is U+FFFD
      }),
    );
  });

  test("any kind takes any text", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...OBFUSCATIONS), fc.nat(), (text, kind, seed) => {
        expect(typeof obfuscate(text, kind, seed)).toBe("string");
      }),
    );
  });
});
