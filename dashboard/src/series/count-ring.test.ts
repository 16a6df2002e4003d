import fc from "fast-check";
import { expect, test } from "vitest";
import { countRing } from "./count-ring.ts";

test("what lies further back than the span is forgotten, bucket by bucket", () => {
  const ring = countRing({ width: 1, buckets: 3, bucketMs: 10 });
  for (const nowMs of [100, 110, 120, 130]) {
    ring.turn(nowMs);
    ring.add(0, 1);
  }
  expect(ring.sums()[0]).toBe(3);
  ring.turn(150);
  expect(ring.sums()[0]).toBe(1);
  ring.turn(9_000);
  expect(ring.sums()[0]).toBe(0);
});

test("fewer buckets than the span can be asked for", () => {
  const ring = countRing({ width: 2, buckets: 3, bucketMs: 10 });
  ring.turn(10);
  ring.add(1, 5);
  ring.turn(20);
  ring.add(1, 7);
  expect([...ring.sums(1)]).toEqual([0, 7]);
  expect([...ring.sums(2)]).toEqual([0, 12]);
});

test("at any time it holds just what was added within the span", () => {
  const step = fc.record({ afterMs: fc.nat(35), amount: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const ring = countRing({ width: 1, buckets: 4, bucketMs: 10 });
      let nowMs = 1_000;
      const added: { bucket: number; amount: number }[] = [];
      for (const { afterMs, amount } of steps) {
        nowMs += afterMs;
        ring.turn(nowMs);
        ring.add(0, amount);
        added.push({ bucket: Math.floor(nowMs / 10), amount });
      }
      const first = Math.floor(nowMs / 10) - 3;
      const expected = added.filter(({ bucket }) => bucket >= first).reduce((sum, { amount }) => sum + amount, 0);
      expect(ring.sums()[0]).toBe(expected);
    }),
  );
});
