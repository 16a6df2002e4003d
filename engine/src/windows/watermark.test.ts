import fc from "fast-check";
import { expect, test } from "vitest";
import { createWatermark } from "./watermark.ts";

const options = { disorderMs: 5, aheadMaxMs: 100, idleAfterMs: 50 };

test("it is the largest event time less the disorder, and never goes back", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 }), (times) => {
      const watermark = createWatermark(options);
      let before = -Infinity;
      for (const time of times) {
        watermark.observe(time, 1000);
        expect(watermark.valueMs).toBeGreaterThanOrEqual(before);
        before = watermark.valueMs;
      }
      expect(before).toBe(Math.max(...times) - 5);
    }),
  );
});

test("an event too far ahead of the clock does not move it", () => {
  const watermark = createWatermark(options);
  expect(watermark.observe(1101, 1000)).toBe(false);
  expect(watermark.valueMs).toBe(-Infinity);
  expect(watermark.observe(1100, 1000)).toBe(true);
});

test("when all is idle it goes on at the clock's pace, and not before", () => {
  const watermark = createWatermark(options);
  watermark.tick(5000);
  expect(watermark.valueMs).toBe(-Infinity);
  watermark.observe(105, 1000);
  watermark.tick(1049);
  expect(watermark.valueMs).toBe(100);
  watermark.tick(1050);
  expect(watermark.valueMs).toBe(150);
  watermark.tick(1080);
  expect(watermark.valueMs).toBe(180);
});
