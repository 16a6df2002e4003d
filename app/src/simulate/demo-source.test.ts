import { expect, test } from "vitest";
import { demoRate, demoSource } from "./demo-source.ts";

test("the rate swings between 20 and 50 events a second", () => {
  const rates = Array.from({ length: 600 }, (_value, index) => demoRate(index * 100));
  expect(Math.min(...rates)).toBeCloseTo(20, 1);
  expect(Math.max(...rates)).toBeCloseTo(50, 1);
});

test("a payload that is not recorded comes again, and the next one only after it", async () => {
  const stop = new AbortController();
  const batches = demoSource(1).read(stop.signal)[Symbol.asyncIterator]();
  const first = (await batches.next()).value[0];
  first.retry(0);
  const again = (await batches.next()).value[0];
  expect(Buffer.from(again.value).equals(first.value)).toBe(true);
  again.ack();
  const next = (await batches.next()).value[0];
  expect(Buffer.from(next.value).equals(first.value)).toBe(false);
  stop.abort();
  next.ack();
  expect((await batches.next()).done).toBe(true);
});
