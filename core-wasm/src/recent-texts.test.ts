import fc from "fast-check";
import { expect, test } from "vitest";
import { recentTexts } from "./recent-texts.ts";

test("answers what the bytes say, however often other texts came between", () => {
  const text = fc.string({ unit: fc.constantFrom(..."abAB_-9"), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 200 }), (texts) => {
      const bytes = Buffer.alloc(16);
      const recent = recentTexts(bytes);
      for (const [at, wanted] of texts.entries()) {
        const start = at % 10;
        bytes.write(wanted, start, "latin1");
        expect(recent(start, start + wanted.length)).toBe(wanted);
      }
    }),
  );
});
