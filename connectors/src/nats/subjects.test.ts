import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeToken, encodeToken } from "./subjects.ts";

describe("a token", () => {
  test.each([
    ["acme", "acme"],
    ["acme.eu", "acme%2Eeu"],
    ["a*b>c d\te", "a%2Ab%3Ec%20d%09e"],
    ["100%", "100%25"],
    ["Ünïon 北京", "Ünïon%20北京"],
    ["a\u00a0b\u2028c", "a%C2%A0b%E2%80%A8c"],
  ])("of %j is %s", (text, token) => expect(encodeToken(text)).toBe(token));

  test("is one level of a subject, and decodes to what it was made of", () => {
    const id = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 128 }),
      fc.string({ unit: fc.constantFrom("a", ".", "*", ">", " ", "%", "2", "E", "\n", "é"), minLength: 1 }),
    );
    fc.assert(
      fc.property(id, (text) => {
        const token = encodeToken(text);
        expect(token).toMatch(/^[^.*>\s\p{Cc}]+$/u);
        expect(decodeToken(token)).toBe(text);
      }),
    );
  });

  test("differs where ids differ", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => (encodeToken(a) === encodeToken(b)) === (a === b)));
  });

  test.each(["", "a.b", "%", "%4", "%zz", "%41", "%2e", "a b", "%C3"])("%j is none, and decodes to nothing", (token) =>
    expect(decodeToken(token)).toBeUndefined(),
  );
});
