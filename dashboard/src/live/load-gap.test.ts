import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { decisionOf } from "../decisions/decision-sample.ts";
import { FakeSocket } from "./fake-socket.ts";
import { loadGap } from "./load-gap.ts";

const gap = { from: 11, to: 14 };
const server = () => FakeSocket.opened.at(-1)!;
const frame = (prev: number, seq: number) => ({
  type: "decisions",
  prev,
  seq,
  decisions: Array.from({ length: seq - prev }, (_none, index) => decisionOf({ event_id: `e${prev + 1 + index}` })),
});

beforeEach(() => {
  FakeSocket.opened = [];
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("it hands over what lies in the gap, not what follows, and hangs up", async () => {
  const loading = loadGap("ws://host/live?since=10", gap, 100);
  server().receive({ type: "snapshot", seq: 10, counters: {} });
  server().receive(frame(10, 12));
  server().receive(frame(12, 20));
  const { decisions, count, isComplete } = await loading;
  expect(decisions.map((decision) => decision.event_id)).toEqual(["e11", "e12", "e13", "e14"]);
  expect({ count, isComplete, isClosed: server().isClosed }).toEqual({ count: 4, isComplete: true, isClosed: true });
});

test("of a large gap the newest are kept and all are counted", async () => {
  const loading = loadGap("ws://host/live", gap, 2);
  server().receive(frame(10, 14));
  const { decisions, count } = await loading;
  expect(decisions.map((decision) => decision.event_id)).toEqual(["e13", "e14"]);
  expect(count).toBe(4);
});

test("a gap within the gap means that it is not whole", async () => {
  const loading = loadGap("ws://host/live", gap, 100);
  server().receive({ type: "gap", from: 11, to: 13 });
  server().receive(frame(13, 14));
  expect(await loading).toMatchObject({ isComplete: false });
});

test("a broken connection hands over what came so far", async () => {
  const loading = loadGap("ws://host/live", gap, 100);
  server().receive(frame(10, 12));
  server().close();
  expect(await loading).toMatchObject({ count: 2, isComplete: false });
});

test("a silent server does not keep the person waiting for ever", async () => {
  const loading = loadGap("ws://host/live", gap, 100);
  vi.advanceTimersByTime(15_000);
  expect(await loading).toMatchObject({ count: 0, isComplete: false });
});
