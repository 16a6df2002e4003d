import { expect, test } from "vitest";
import { openLoop } from "./schedule.ts";

test("messages are due at even distances from the first, which is due at once", () => {
  const schedule = openLoop(1000, 2);
  expect(schedule.total).toBe(2000);
  expect([0, 1, 1999].map(schedule.dueMs)).toEqual([0, 1, 1999]);
  expect([0, 0.9, 1, 10.5, 5000].map(schedule.dueCount)).toEqual([1, 1, 2, 11, 2000]);
});

test("what a stall held up is due when it was due, and no later", () => {
  const { dueMs, dueCount } = openLoop(500, 10);
  const stalledMs = 300;
  const late = Array.from({ length: dueCount(stalledMs) }, (_, index) => stalledMs - dueMs(index));
  expect(late.length).toBe(151);
  expect(Math.max(...late)).toBe(300);
  expect(Math.min(...late)).toBe(0);
});

test("a rate or a time that gives no message is refused", () => {
  expect(() => openLoop(0, 10)).toThrow("needs a rate");
  expect(() => openLoop(10, 0)).toThrow("needs a rate");
});
