import type { Decision } from "@sluice/engine";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { decisionOf } from "../decisions/decision-sample.ts";
import { NO_FILTER } from "../decisions/filter.ts";
import { FakeSocket } from "../live/fake-socket.ts";
import { createCore } from "./core.ts";
import type { Command, Message, Numbers, Series } from "./messages.ts";

let messages: Message[];
let command: (command: Command) => void;
const newest = () => FakeSocket.opened.at(-1)!;
const numbers = () => messages.filter((message): message is Numbers => message.kind === "numbers");
const series = () => messages.filter((message): message is Series => message.kind === "series").at(-1);

beforeEach(() => {
  messages = [];
  FakeSocket.opened = [];
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  command = createCore((message) => messages.push(message));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const open = (sample = 1) => command({ kind: "open", base: "http://host/", filter: NO_FILTER, sample });
const many = (count: number, more: Partial<Decision> = {}) =>
  Array.from({ length: count }, (_none, index) => decisionOf({ decision_id: `d-${index}`, ...more }));

test("a flood becomes one small message in a tenth of a second: rows are few, counts are whole", () => {
  open();
  newest().receive({ type: "snapshot", seq: 0, counters: { total: 5 } });
  for (let frame = 0; frame < 40; frame += 1) {
    newest().receive({ type: "decisions", prev: frame * 100, seq: frame * 100 + 100, decisions: many(100) });
  }
  vi.advanceTimersByTime(100);
  expect(numbers()).toHaveLength(1);
  expect(numbers()[0]).toMatchObject({ arrived: 4000, lastSeq: 4000, totals: { total: 4005 } });
  expect(numbers()[0]?.rows.length).toBeLessThanOrEqual(80);
});

test("rows are handed over once, and a changed filter hands over all that match", () => {
  open();
  newest().receive({ type: "snapshot", seq: 0, counters: {} });
  newest().receive({ type: "decisions", prev: 0, seq: 2, decisions: many(2) });
  vi.advanceTimersByTime(100);
  newest().receive({ type: "decisions", prev: 2, seq: 3, decisions: many(1, { action: "block" }) });
  vi.advanceTimersByTime(100);
  command({ kind: "filter", filter: { ...NO_FILTER, actions: ["allow"] }, version: 7 });
  vi.advanceTimersByTime(100);
  expect(numbers().map(({ rows, isWhole, filterVersion }) => [rows.length, isWhole, filterVersion])).toEqual([
    [2, true, 0],
    [1, false, 0],
    [2, true, 7],
  ]);
});

test("a sampled feed is asked for by name, and each decision counts for as many", () => {
  open(4);
  expect(newest().url).toBe("ws://host/live?sample=4");
  newest().receive({ type: "snapshot", seq: 0, counters: { total: 0 } });
  newest().receive({ type: "decisions", prev: 0, seq: 8, decisions: many(2) });
  vi.advanceTimersByTime(1000);
  expect(series()).toMatchObject({ sample: 4, organisations: { total: 8 } });
});

test("taking all again starts from a new snapshot, with the server's totals", () => {
  open(4);
  newest().receive({ type: "snapshot", seq: 0, counters: { total: 100 } });
  command({ kind: "sample", sample: 1 });
  expect(newest().url).toBe("ws://host/live");
  newest().receive({ type: "snapshot", seq: 50, counters: { total: 150 } });
  vi.advanceTimersByTime(100);
  expect(numbers().at(-1)).toMatchObject({ lastSeq: 50, totals: { total: 150 }, gaps: [] });
});

test("two gaps in a short time make it ask for less", () => {
  open();
  newest().receive({ type: "snapshot", seq: 0, counters: {} });
  newest().receive({ type: "gap", from: 1, to: 5 });
  newest().receive({ type: "gap", from: 8, to: 9 });
  vi.advanceTimersByTime(1000);
  expect(newest().url).toBe("ws://host/live?sample=2");
});

test("what was decided before is fetched beside the feed, shown, and counted nowhere", async () => {
  open();
  const live = newest();
  live.receive({ type: "snapshot", seq: 40, counters: { total: 40 } });
  const older = newest();
  expect(older.url).toBe("ws://host/live?since=0");
  older.receive({ type: "decisions", prev: 0, seq: 40, decisions: many(40) });
  await vi.advanceTimersByTimeAsync(100);
  expect(numbers().at(-1)).toMatchObject({ arrived: 0, totals: { total: 40 } });
  expect(numbers().at(-1)?.rows).toHaveLength(40);
});

test("a new ledger clears everything and is told", () => {
  open();
  newest().receive({ type: "snapshot", seq: 0, counters: {} });
  newest().receive({ type: "decisions", prev: 0, seq: 9, decisions: many(9) });
  newest().receive({ type: "snapshot", seq: 2, counters: { total: 2 } });
  vi.advanceTimersByTime(1000);
  expect(numbers().some(({ restarted }) => restarted)).toBe(true);
  expect(numbers().at(-1)?.totals.total).toBe(2);
  expect(series()?.organisations.total).toBe(0);
});

test("alerts and windows are passed on", () => {
  open();
  const alerts = [{ code: "part-fault", severity: "critical", count: 1, message: "m", at: "2026-01-01T00:00:00Z" }];
  newest().receive({ type: "alerts", alerts });
  newest().receive({ type: "aggregates", windows: [] });
  expect(messages).toContainEqual({ kind: "alerts", alerts });
  expect(messages).toContainEqual({ kind: "windows", windows: [] });
});
