import { expect, test } from "vitest";
import { createPacer } from "./pacer.ts";

const never = new AbortController().signal;

test("work is spread over time at the rate", async () => {
  let nowMs = 0;
  const waits: number[] = [];
  const pacer = createPacer(100, {
    nowMs: () => nowMs,
    pause: async (delayMs) => {
      waits.push(delayMs);
      nowMs += delayMs;
    },
  });
  for (let count = 0; count < 4; count += 1) await pacer.take(5, never);
  expect(waits).toEqual([50, 50, 50]);
});

test("a stall is made up for by at most a second of work", async () => {
  let nowMs = 0;
  let waited = 0;
  const pacer = createPacer(10, {
    nowMs: () => nowMs,
    pause: async (delayMs) => {
      waited += delayMs;
      nowMs += delayMs;
    },
  });
  nowMs = 60_000;
  for (let count = 0; count < 30; count += 1) await pacer.take(1, never);
  expect(waited).toBeGreaterThanOrEqual(1800);
});

test("without a rate nothing waits", async () => {
  await createPacer(undefined).take(1_000_000, never);
});
