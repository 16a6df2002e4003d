import fc from "fast-check";
import { expect, test } from "vitest";
import { BACKOFF, backoffMs } from "./backoff.ts";

test("the wait doubles with each try up to the longest", () => {
  const longest = [1, 2, 3, 4, 5, 6, 7].map((attempt) => backoffMs(attempt, 0.999_999));
  expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
});

test("the wait is never shorter than half a step and never longer than the longest", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, random) => {
        const delayMs = backoffMs(attempt, random);
        expect(delayMs).toBeGreaterThanOrEqual(BACKOFF.firstMs / 2);
        expect(delayMs).toBeLessThanOrEqual(BACKOFF.longestMs);
      },
    ),
  );
});
