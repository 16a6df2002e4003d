import fc from "fast-check";
import { expect, test } from "vitest";
import { OVERLOAD, overload } from "./overload.ts";

const busy = { busyShare: 1, gaps: 0 };
const calm = { busyShare: 0.1, gaps: 0 };
const repeat = (times: number, step: () => void) => Array.from({ length: times }, step);

test("it samples after enough busy seconds in a row, and one easier second begins the count anew", () => {
  const state = overload();
  repeat(OVERLOAD.slowSecondsMax - 1, () => state.push(busy));
  state.push({ busyShare: 0.5, gaps: 0 });
  repeat(OVERLOAD.slowSecondsMax - 1, () => state.push(busy));
  expect(state.sample).toBe(1);
  expect(state.push(busy)).toBe(2);
});

test("one gap is bad luck, a second one soon after asks for less", () => {
  const state = overload();
  expect(state.push({ busyShare: 0.2, gaps: 1 })).toBe(1);
  repeat(OVERLOAD.gapSeconds, () => state.push({ busyShare: 0.5, gaps: 0 }));
  expect(state.push({ busyShare: 0.2, gaps: 1 })).toBe(1);
  expect(state.push({ busyShare: 0.2, gaps: 1 })).toBe(2);
});

test("after a calm time it asks for more again, and for all in the end", () => {
  const state = overload();
  repeat(2 * OVERLOAD.slowSecondsMax, () => state.push(busy));
  expect(state.sample).toBe(4);
  repeat(2 * OVERLOAD.calmSeconds, () => state.push(calm));
  expect(state.sample).toBe(1);
});

test("what a person chose it does not undo by itself, except to ask for less", () => {
  const state = overload();
  state.choose(8);
  repeat(10 * OVERLOAD.calmSeconds, () => state.push(calm));
  expect(state.sample).toBe(8);
  repeat(OVERLOAD.slowSecondsMax, () => state.push(busy));
  expect(state.sample).toBe(16);
});

test("the sample is always a whole number within its bounds", () => {
  const second = fc.record({ busyShare: fc.double({ min: 0, max: 3, noNaN: true }), gaps: fc.nat(3) });
  fc.assert(
    fc.property(fc.array(second, { maxLength: 300 }), (seconds) => {
      const state = overload();
      for (const one of seconds) {
        const sample = state.push(one);
        expect(Number.isInteger(Math.log2(sample))).toBe(true);
        expect(sample).toBeLessThanOrEqual(OVERLOAD.sampleMax);
      }
    }),
  );
});
