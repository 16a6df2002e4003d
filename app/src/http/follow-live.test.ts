import type { AddressInfo } from "node:net";
import { EngineError } from "@sluice/engine";
import { afterEach, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { type FollowOptions, followLive } from "./follow-live.ts";

let server: WebSocketServer | undefined;
afterEach(() => server?.close());

interface Followed {
  readonly options: FollowOptions;
  readonly seen: string[];
  /** Aborts when `seen` has so many entries. */
  readonly until: (count: number) => void;
}

async function follow(script: readonly (readonly object[])[], since?: number): Promise<Followed & { asked: string[] }> {
  const asked: string[] = [];
  let connections = 0;
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", (socket, request) => {
    asked.push(request.url ?? "");
    for (const frame of script[connections] ?? []) socket.send(JSON.stringify(frame));
    connections += 1;
    socket.close();
  });
  await new Promise((resolve) => server?.once("listening", resolve));
  const stopping = new AbortController();
  const seen: string[] = [];
  let untilCount = Number.POSITIVE_INFINITY;
  const see = (what: string) => {
    seen.push(what);
    if (seen.length >= untilCount) stopping.abort();
  };
  const options: FollowOptions = {
    server: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    filters: { action: "block" },
    since,
    stop: stopping.signal,
    pause: async () => {},
    subscribed: (seq) => see(`subscribed ${seq}`),
    decisions: (decisions) => see(`decisions ${decisions.map(({ event_id }) => event_id).join(" ")}`),
    gap: (from, to) => see(`gap ${from} ${to}`),
    lost: () => see("lost"),
  };
  return { options, seen, asked, until: (count) => (untilCount = count) };
}
const snapshot = (seq: number) => ({ type: "snapshot", seq, counters: {} });
const decisions = (seq: number, prev: number, ...ids: string[]) => ({
  type: "decisions",
  seq,
  prev,
  decisions: ids.map((event_id) => ({ event_id })),
});

test("a lost connection resumes after the last sequence seen", async () => {
  const followed = await follow([
    [snapshot(10), decisions(12, 10, "a", "b")],
    [snapshot(14), decisions(14, 12, "c")],
  ]);
  followed.until(6);
  await followLive(followed.options);
  expect(followed.seen).toEqual(["subscribed 10", "decisions a b", "lost", "subscribed 14", "decisions c", "lost"]);
  expect(followed.asked).toEqual(["/live?action=block", "/live?action=block&since=12"]);
});

test("a snapshot does not move a place that is being resumed", async () => {
  const followed = await follow([[snapshot(50)], [snapshot(50)]], 3);
  followed.until(4);
  await followLive(followed.options);
  expect(followed.asked).toEqual(["/live?action=block&since=3", "/live?action=block&since=3"]);
});

test("an announced gap is told and moves the place", async () => {
  const followed = await follow([[snapshot(1), { type: "gap", from: 2, to: 9 }], [snapshot(9)]]);
  followed.until(4);
  await followLive(followed.options);
  expect(followed.seen).toContain("gap 2 9");
  expect(followed.asked[1]).toContain("since=9");
});

test("a server that refuses the subscription ends it", async () => {
  const followed = await follow([]);
  server?.close();
  server = new WebSocketServer({ port: 0, host: "127.0.0.1", verifyClient: (_info, answer) => answer(false, 403) });
  await new Promise((resolve) => server?.once("listening", resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await expect(followLive({ ...followed.options, server: url })).rejects.toThrow(EngineError);
});
