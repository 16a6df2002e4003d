import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutSide, mask, PLACEHOLDERS, SIDE_CHARS_MAX } from "./mask.ts";

describe("what is masked", () => {
  test.each([
    ["an e-mail address", "write to jo.doe+x@mail.example.org now", "write to [email] now"],
    ["one in other letters", "an jörg@müller.example bitte", "an [email] bitte"],
    ["one hidden by characters that nobody sees", "jo\u200bdoe@exa\u00admple.org", "[email]"],
    ["one in full-width letters", "ｊｏ＠ｅｘａｍｐｌｅ．ｏｒｇ", "[email]"],
    ["an IBAN", "pay DE89 3704 0044 0532 0130 00 today", "pay [iban] today"],
    ["an IBAN with few digits, by its check digits", "NL91 ABNA 0417 1643 00", "[iban]"],
    ["a card number", "card 4111 1111 1111 1111, thanks", "card [card], thanks"],
    ["a number as long as a card's that is none", "id 4111111111111112", "id [number]"],
    ["an IPv4 address", "from 192.0.2.17 to 198.51.100.4:8080", "from [ip] to [ip]:8080"],
    ["an IPv6 address", "from 2001:db8::8a2e:370:7334 and ::1", "from [ip] and [ip]"],
    ["a phone number", "call +49 (30) 1234-567 or 030/1234567", "call [phone] or [phone]"],
    ["one in other digits", "call ٠١٢٣٤٥٦٧٨", "call [phone]"],
    ["a name behind an @", "ask @some_one.else, or @Ωmega", "ask [name], or [name]"],
    ["a long run of digits", "case 12345 and 123456", "case [number] and [number]"],
    ["a very long run of digits", `n ${"7".repeat(300)}`, "n [number]"],
  ])("%s", (_name, text, masked) => expect(mask(text)).toBe(masked));

  test.each([
    "it is 12:30:45, in 2026, 3.14 or 1.2.3",
    "kill the process 1234 on port 8080",
    "std::vector is no address, a @ sign no name",
    "Anna lives in Berlin", // names in words stay: docs/guides/second-opinion.md says so
  ])("not: %s", (text) => expect(mask(text)).toBe(text));

  test("leaves no address, no name behind an @, and no five digits in a row", () => {
    const piece = fc.constantFrom("a@b.example", "12345", "4111 1111 1111 1111", "@jo", "::1", " ", "-", "x", "0", "é");
    const text = fc.array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 6 })), { maxLength: 30 });
    fc.assert(
      fc.property(text, (pieces) => {
        const masked = mask(pieces.join(""));
        expect(masked).not.toMatch(/\p{Nd}{5}|@[\p{L}\p{N}]/u);
      }),
      { numRuns: 500 },
    );
  });

  test("has a placeholder of its own for each kind", () => {
    expect(new Set(PLACEHOLDERS).size).toBe(PLACEHOLDERS.length);
    for (const placeholder of PLACEHOLDERS) expect(mask(placeholder)).toBe(placeholder);
  });

  test.each([
    ["letters", "a".repeat(SIDE_CHARS_MAX)],
    ["digits", "1".repeat(SIDE_CHARS_MAX)],
    ["digits and blanks", "1 ".repeat(SIDE_CHARS_MAX / 2)],
    ["dots and letters", "a.".repeat(SIDE_CHARS_MAX / 2)],
    ["colons", "a:".repeat(SIDE_CHARS_MAX / 2)],
    ["at signs", "@a".repeat(SIDE_CHARS_MAX / 2)],
    ["an address that does not end", `a@${"a.".repeat(SIDE_CHARS_MAX / 2 - 1)}`],
    ["something like an IBAN", "DE89ABCD".repeat(SIDE_CHARS_MAX / 8)],
  ])("takes a bounded time for a side full of %s", (_name, text) => {
    const startedMs = performance.now();
    mask(text);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});

describe("a long side is cut", () => {
  test("between words, and what the cut tears goes too", () => {
    expect(cutSide("short")).toBe("short");
    const torn = `${"x ".repeat(SIDE_CHARS_MAX / 2 - 4)}jo.doe@example.org and more`;
    expect(cutSide(torn)).toBe("x ".repeat(SIDE_CHARS_MAX / 2 - 4));
    const solid = cutSide("x".repeat(SIDE_CHARS_MAX * 2));
    expect(solid).toBe("x".repeat(SIDE_CHARS_MAX - 400));
  });
});
