import { expect, test } from "vitest";
import { latencyRecorder } from "./latency.ts";

test("percentiles are those of the values, to three digits", () => {
  const recorder = latencyRecorder();
  for (let i = 1; i <= 10_000; i += 1) recorder.recordMs(i / 100); // 0.01 to 100 ms
  expect(recorder.count).toBe(10_000);
  const { p50, p90, p99, p999, max } = recorder.summary();
  const near = (value: number, wanted: number) => expect(Math.abs(value - wanted) / wanted).toBeLessThan(0.002);
  near(p50, 50);
  near(p90, 90);
  near(p99, 99);
  near(p999, 99.9);
  near(max, 100);
});

test("one slow answer of a thousand shows in the largest, not in the median", () => {
  const recorder = latencyRecorder();
  for (let i = 0; i < 999; i += 1) recorder.recordMs(0.2);
  recorder.recordMs(3_000);
  const { p50, p99, max } = recorder.summary();
  expect(p50).toBeCloseTo(0.2, 3);
  expect(p99).toBeCloseTo(0.2, 3);
  expect(Math.abs(max - 3_000)).toBeLessThan(5);
});

test("what is out of range counts as the end of it, and nothing at all is no summary", () => {
  const recorder = latencyRecorder();
  expect(() => recorder.summary()).toThrow("no latency");
  recorder.recordMs(-1);
  recorder.recordMs(1e9);
  expect(recorder.summary().max).toBeGreaterThan(59_000);
  expect(recorder.summary().p50).toBeLessThan(0.001);
});
