import type { Alert } from "@sluice/engine";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LIVE_ALERTS, liveAlerts } from "./alerts.ts";

const alertOf = (code: Alert["code"], count = 1, atMs = 0): Alert => ({
  ...{ code, severity: "critical", count, atMs },
  message: "what happened and what to do",
});

let frames: (readonly Alert[])[];
const open = () => liveAlerts((alerts) => frames.push(alerts));
beforeEach(() => {
  frames = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the first alert is told at once", () => {
  open().push(alertOf("source-lost"));
  expect(frames).toEqual([[alertOf("source-lost")]]);
});

test("those that follow wait for each other, and the same code becomes one with the counts summed", () => {
  const alerts = open();
  alerts.push(alertOf("engine-fault", 1));
  for (let index = 0; index < 1_000; index += 1) alerts.push(alertOf("engine-fault", 2, index));
  alerts.push(alertOf("ledger-failed"));
  expect(frames).toHaveLength(1);
  vi.advanceTimersByTime(LIVE_ALERTS.coalesceMs);
  expect(frames[1]).toEqual([alertOf("engine-fault", 2_000, 999), alertOf("ledger-failed")]);
  vi.advanceTimersByTime(10 * LIVE_ALERTS.coalesceMs);
  expect(frames).toHaveLength(2);
});

test("the newest are kept for readers who come later, and no more than the bound", () => {
  const alerts = open();
  for (let index = 0; index < 100; index += 1) {
    alerts.push(alertOf("part-fault", index));
    vi.advanceTimersByTime(LIVE_ALERTS.coalesceMs);
  }
  expect(alerts.recent).toHaveLength(LIVE_ALERTS.recentMax);
  expect(alerts.recent.at(-1)?.count).toBe(99);
});

test("closing tells what waits and then nothing", () => {
  const alerts = open();
  alerts.push(alertOf("part-fault"));
  alerts.push(alertOf("source-lost"));
  alerts.close();
  expect(frames).toHaveLength(2);
  vi.advanceTimersByTime(LIVE_ALERTS.coalesceMs);
  expect(frames).toHaveLength(2);
});
