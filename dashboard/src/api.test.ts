import { afterEach, expect, test, vi } from "vitest";
import { ApiError, api } from "./api.ts";

/** Answers every request with one body; remembers what was asked. */
function serve(status: number, body: unknown): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: URL) => {
    asked.push(url.href);
    return new Response(JSON.stringify(body), { status });
  });
  return asked;
}
const client = api("http://host/base/");
afterEach(() => vi.unstubAllGlobals());

test("metrics are read from cgcp's keys and ours, and refusals are summed over their reasons", async () => {
  serve(200, {
    total_events: 9,
    actions_taken: { allow: 8, block: 1 },
    asl_triggers: 1,
    duplicates: 2,
    rejected: { missing: 3, empty: 1 },
    late_events: 0,
    latency_us: { count: 9, p50: 20, p90: 40, p99: 80, max: 90 },
  });
  expect(await client.metrics()).toEqual({
    total: 9,
    actions: { allow: 8, block: 1 },
    aslTriggers: 1,
    duplicates: 2,
    rejected: 4,
    late: 0,
    shed: undefined,
    latencyP50Us: 20,
    latencyP90Us: 40,
    latencyP99Us: 80,
    connections: undefined,
    liveReaders: undefined,
    liveGaps: undefined,
  });
});

test("a number that the server does not give is unknown and not zero", async () => {
  serve(200, { total_events: 1 });
  expect(await client.metrics()).toMatchObject({ rejected: undefined, late: undefined, latencyP99Us: undefined });
});

test("a server that is not ready says which part is not", async () => {
  serve(503, {
    status: "not_ready",
    policy: { hash: "sha256:aa" },
    adapter: "node",
    parts: { ledger: { state: "failed", detail: "disk is full" }, queue: { state: "strange" } },
  });
  expect(await client.ready()).toEqual({
    isReady: false,
    policy: "sha256:aa",
    pack: undefined,
    version: undefined,
    adapter: "node",
    parts: { ledger: { state: "failed", detail: "disk is full" }, queue: { state: "failed", detail: "strange" } },
  });
});

test("a decision comes with what it was compared with, and without what is not its own", async () => {
  const asked = serve(200, { seq: 4, event_id: "e", explain: { in_force: true, comparisons: [{ met: false }] } });
  expect(await client.decision("e", "")).toEqual({
    decision: { event_id: "e" },
    explanation: { isInForce: true, note: undefined, comparisons: [{ met: false }] },
  });
  expect(asked).toEqual(["http://host/base/decisions/e?explain=true"]);
});

test("a decision of a policy that is no longer in force has a note instead", async () => {
  serve(200, { event_id: "e", explain: { in_force: false, note: "gone", comparisons: [] } });
  expect((await client.decision("e", "o")).explanation).toEqual({ isInForce: false, note: "gone", comparisons: [] });
});

test("ids are written into the address so that none can reach another path", async () => {
  const asked = serve(200, { prompt: "p" });
  expect(await client.text("../a b", "o&x")).toEqual({ prompt: "p", completion: undefined });
  expect(asked).toEqual(["http://host/base/decisions/..%2Fa%20b/text?org=o%26x"]);
});

test("a refusal is an error with the server's own words", async () => {
  serve(403, { error: "not from here", rejected: [] });
  await expect(client.text("e", "o")).rejects.toEqual(new ApiError(403, "not from here"));
});

test("a server that does not answer is an error that says so", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
  await expect(client.metrics()).rejects.toMatchObject({ status: 0 });
});
