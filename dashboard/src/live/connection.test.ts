import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { BACKOFF } from "./backoff.ts";
import { type ConnectionState, connectLive } from "./connection.ts";
import { FakeSocket } from "./fake-socket.ts";

let states: ConnectionState["kind"][];
let lastSeq: number | undefined;
const newest = () => FakeSocket.opened.at(-1)!;

function connect() {
  return connectLive({
    url: (since) => `ws://host/live${since === undefined ? "" : `?since=${since}`}`,
    lastSeq: () => lastSeq,
    onFrame: (frame) => {
      if (frame.type === "snapshot") lastSeq = frame.seq;
    },
    onState: (state) => states.push(state.kind),
  });
}

beforeEach(() => {
  states = [];
  lastSeq = undefined;
  FakeSocket.opened = [];
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("it is live once a frame came, and not before", () => {
  connect();
  expect(states).toEqual(["connecting"]);
  newest().receive({ type: "snapshot", seq: 7, counters: {} });
  newest().receive({ type: "aggregates", windows: [] });
  expect(states).toEqual(["connecting", "live"]);
});

test("after a loss it comes back and asks for what came after the last sequence", () => {
  connect();
  newest().receive({ type: "snapshot", seq: 7, counters: {} });
  newest().close();
  expect(states.at(-1)).toBe("reconnecting");
  vi.advanceTimersByTime(BACKOFF.firstMs);
  expect(newest().url).toBe("ws://host/live?since=7");
});

test("when no try succeeds it stops after the stated number and waits for the person", () => {
  const connection = connect();
  for (let attempt = 0; attempt <= BACKOFF.attemptsMax; attempt += 1) {
    newest().close();
    vi.advanceTimersByTime(BACKOFF.longestMs);
  }
  expect(states.at(-1)).toBe("lost");
  expect(FakeSocket.opened).toHaveLength(BACKOFF.attemptsMax + 1);
  connection.retryNow();
  expect(FakeSocket.opened).toHaveLength(BACKOFF.attemptsMax + 2);
});

test("while it is connected, asking to try again opens no second socket", () => {
  connect().retryNow();
  expect(FakeSocket.opened).toHaveLength(1);
});

test("opened anew it takes nothing more from the old socket, and no loss is told", () => {
  const connection = connect();
  const old = newest();
  old.receive({ type: "snapshot", seq: 7, counters: {} });
  connection.reopen();
  expect(old.isClosed).toBe(true);
  expect(FakeSocket.opened).toHaveLength(2);
  newest().receive({ type: "snapshot", seq: 9, counters: {} });
  expect(states).toEqual(["connecting", "live", "connecting", "live"]);
});

test("closed by the page, it does not come back", () => {
  connect().close();
  vi.advanceTimersByTime(BACKOFF.longestMs);
  expect(FakeSocket.opened).toHaveLength(1);
  expect(newest().isClosed).toBe(true);
});
