import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine, IngestOutcome, LogEntry, Rejection } from "@sluice/engine";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { eventOf, recordsOf, type TestLedger, testEngine, testLedger } from "../server/testing/engine.ts";
import { type FeedPeer, type FeedPeerOptions, feedPeer } from "./testing/feed-peer.ts";
import { type WsSource, type WsSourceOptions, wsSource } from "./ws-source.ts";

const QUICK = { backoffFirstMs: 10, backoffMaxMs: 50, connectTimeoutMs: 5_000 };
const OUTCOME: IngestOutcome = {
  processed: 1,
  actions: { allow: 1, warn: 0, redact: 0, escalate: 0, block: 0 },
  asl_triggers: 0,
  duplicates: 0,
  decisions: [],
  rejected: [],
};
let folder: string;
let closers: (() => unknown)[];
let logged: LogEntry[];
let refused: Rejection[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-ws-"));
  closers = [];
  logged = [];
  refused = [];
});
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  rmSync(folder, { recursive: true });
});

async function startPeer(options: FeedPeerOptions = {}): Promise<FeedPeer> {
  const peer = await feedPeer(options);
  closers.push(() => peer.kill());
  return peer;
}
const sourceOf = (url: URL, options: Partial<WsSourceOptions> = {}): WsSource =>
  wsSource({
    url,
    ...QUICK,
    log: (entry) => void logged.push(entry),
    onReject: (rejection) => void refused.push(rejection),
    ...options,
  });

interface Running {
  readonly engine: Engine;
  readonly ledger: TestLedger;
  stop(): Promise<void>;
}
async function run(source: WsSource): Promise<Running> {
  const ledger = await testLedger();
  const engine = await testEngine(ledger);
  const attached = engine.attach(source);
  attached.catch(() => {});
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= engine.stop().then(async () => {
      await attached.catch(() => {});
      await source.flush();
      await ledger.close();
    });
    return stopped;
  };
  closers.push(stop);
  return { engine, ledger, stop };
}
const events = (...ids: readonly string[]) => ids.map((id) => eventOf(id));
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 });
const totalOf = (engine: Engine) => engine.counters().total;
async function recordedIds(ledger: TestLedger): Promise<unknown[]> {
  const records = (await recordsOf(ledger)).filter(({ type }) => type === "decision");
  return records.map(({ json }) => (JSON.parse(json) as { event_id: unknown }).event_id);
}

describe("a plain peer", () => {
  test("sends an event, a list or NDJSON a frame, as text or bytes, and all are recorded in order", async () => {
    const peer = await startPeer({ isPlain: true });
    const { engine, ledger } = await run(sourceOf(peer.url, { token: "secret-token" }));
    await eventually(() => expect(peer.connections).toBe(1));
    peer.sendRaw(JSON.stringify(eventOf("one")));
    peer.sendRaw(Buffer.from(JSON.stringify({ events: events("two", "three") })));
    peer.sendRaw(`${JSON.stringify(eventOf("four"))}\n${JSON.stringify(eventOf("five"))}\n`);
    await eventually(() => expect(totalOf(engine)).toBe(5));
    expect(await recordedIds(ledger)).toEqual(["one", "two", "three", "four", "five"]);
    expect(peer.heard).toEqual([]);
    expect(peer.headers[0]).toMatchObject({ authorization: "Bearer secret-token" });
    expect(logged).toContainEqual(expect.objectContaining({ event: "source-connected", level: "warn" }));
    expect(JSON.stringify(logged)).not.toContain("secret-token");
  });

  test("that dies and comes back is connected to again, and says that what came meanwhile is lost", async () => {
    const peer = await startPeer({ isPlain: true });
    const source = sourceOf(peer.url);
    const { engine } = await run(source);
    await eventually(() => expect(peer.connections).toBe(1));
    peer.publish(events("a"));
    await eventually(() => expect(totalOf(engine)).toBe(1));
    await peer.kill();
    await eventually(() => expect(source.report.state().state).toBe("starting"));
    await peer.restart();
    await eventually(() => expect(peer.connections).toBe(2));
    peer.publish(events("b"));
    await eventually(() => expect(totalOf(engine)).toBe(2));
    expect(logged.map(({ event }) => event)).toContain("source-disconnected");
  });

  test("may send what is no event: it is refused with a reason, and what follows is taken", async () => {
    const peer = await startPeer({ isPlain: true });
    const { engine } = await run(sourceOf(peer.url));
    await eventually(() => expect(peer.connections).toBe(1));
    for (const bad of ["no JSON", Buffer.from([0xff, 0xfe]), "", "[]", '{"events":[{"event_id":"x"}]}'])
      peer.sendRaw(bad);
    peer.publish(events("good"));
    await eventually(() => expect(totalOf(engine)).toBe(1));
    const { rejected } = engine.counters();
    expect(Object.values(rejected).reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(peer.connections).toBe(1);
  });

  test("may send a frame that is too large: it is refused unread, and the connection is made again", async () => {
    const peer = await startPeer({ isPlain: true });
    const { engine } = await run(sourceOf(peer.url, { frameBytesMax: 2_000 }));
    await eventually(() => expect(peer.connections).toBe(1));
    peer.sendRaw("x".repeat(2_001));
    await eventually(() => expect(peer.connections).toBe(2));
    expect(refused).toMatchObject([{ reason: "payload-too-large" }]);
    peer.publish(events("after"));
    await eventually(() => expect(totalOf(engine)).toBe(1));
  });

  test("that is a Sluice's own feed of decisions ends the source with a clear error", async () => {
    const peer = await startPeer({ isPlain: true });
    const source = sourceOf(peer.url);
    const batches = source.read(new AbortController().signal)[Symbol.asyncIterator]();
    const next = batches.next();
    await eventually(() => expect(peer.connections).toBe(1));
    peer.sendRaw('{"type":"snapshot","seq":1,"counters":{}}');
    await expect(next).rejects.toMatchObject({ code: "source-lost", message: expect.stringContaining("/live") });
    expect(source.report.state().state).toBe("failed");
    expect(logged).toContainEqual(expect.objectContaining({ event: "source-failed", level: "error" }));
  });
});

describe("a peer that resumes", () => {
  test("is asked for its beginning, told what is recorded, and after its death asked for what follows", async () => {
    const peer = await startPeer();
    for (const id of ["a", "b"]) peer.publish(events(id));
    const { engine, ledger } = await run(sourceOf(peer.url));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 2 }));
    expect(peer.heard[0]).toEqual({ resume: 0 });
    await peer.kill();
    peer.publish(events("c"));
    await peer.restart();
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 3 }));
    expect(peer.heard).toContainEqual({ resume: 2 });
    expect(totalOf(engine)).toBe(3);
    expect(await recordedIds(ledger)).toEqual(["a", "b", "c"]);
  });

  test("is asked for what follows by another process too, from the file", async () => {
    const peer = await startPeer();
    const positionPath = join(folder, "position.json");
    peer.publish(events("a"));
    const first = await run(sourceOf(peer.url, { positionPath }));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 1 }));
    await first.stop();
    expect(readFileSync(positionPath, "utf8")).not.toContain("127.0.0.1");
    peer.publish(events("b"));
    const second = await run(sourceOf(peer.url, { positionPath }));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 2 }));
    expect(peer.heard).toContainEqual({ resume: 1 });
    expect(totalOf(second.engine)).toBe(1);
    await second.stop();
    const other = await startPeer();
    await run(sourceOf(other.url, { positionPath }));
    await eventually(() => expect(other.heard).toEqual([{ resume: 0 }]));
    writeFileSync(positionPath, '{"peer":');
    await run(sourceOf(peer.url, { positionPath }));
    await eventually(() => expect(peer.heard.filter(({ resume }) => resume === 0)).toHaveLength(2));
  });

  test("is acknowledged nothing that the ledger could not write, until it can", async () => {
    const peer = await startPeer();
    const source = sourceOf(peer.url);
    const { ledger, engine } = await run(source);
    peer.publish(events("a"));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 1 }));
    ledger.isFailing = true;
    peer.publish(events("b"));
    peer.publish(events("c"));
    await eventually(() => expect(engine.parts().ledger?.state).toBe("failed"));
    expect(peer.heard.at(-1)).toEqual({ ack: 1 });
    ledger.isFailing = false;
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 3 }));
    expect((await recordedIds(ledger)).sort()).toEqual(["a", "b", "c"]);
  });

  test("may repeat what it has sent: nothing is recorded twice", async () => {
    const peer = await startPeer();
    for (const id of ["a", "b", "c"]) peer.publish(events(id));
    const { engine, ledger } = await run(sourceOf(peer.url));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 3 }));
    peer.log.push(JSON.stringify({ seq: 4, events: events("a", "b", "d") }));
    peer.sendRaw(peer.log.at(-1)!);
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 4 }));
    expect(engine.counters()).toMatchObject({ total: 4, duplicates: 2 });
    expect(await recordedIds(ledger)).toEqual(["a", "b", "c", "d"]);
  });

  test("whose log is another than before is read from its beginning", async () => {
    const positionPath = join(folder, "position.json");
    const old = await startPeer({ feed: "old" });
    for (const id of ["a", "b"]) old.publish(events(id));
    const { engine } = await run(sourceOf(old.url, { positionPath }));
    await eventually(() => expect(old.heard.at(-1)).toEqual({ ack: 2 }));
    await old.kill();
    const young = await startPeer({ feed: "young", port: Number(old.url.port) });
    young.publish(events("c"));
    await eventually(() => expect(young.heard).toEqual([{ resume: 2, feed: "old" }, { ack: 1 }]));
    expect(totalOf(engine)).toBe(3);
    expect(JSON.parse(readFileSync(positionPath, "utf8"))).toMatchObject({ feed: "young", seq: 1 });
    expect(logged.map(({ event }) => event)).toContain("source-feed-changed");
  });

  test("that leaves frames out is told of in the log, and one whose numbers go back is left", async () => {
    const peer = await startPeer();
    await run(sourceOf(peer.url));
    peer.publish(events("a"));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 1 }));
    peer.sendRaw(JSON.stringify({ seq: 5, events: events("b") }));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 5 }));
    const gap = { event: "source-gap", fields: { from: 2, to: 4 } };
    expect(logged).toContainEqual(
      expect.objectContaining({ event: gap.event, fields: expect.objectContaining(gap.fields) }),
    );
    peer.sendRaw(JSON.stringify({ seq: 4, events: events("c") }));
    await eventually(() => expect(peer.connections).toBeGreaterThan(1));
    expect(logged.map(({ event }) => event)).toContain("source-fault");
  });

  test("may send frames without a number, or one too large: they are refused, and the feed goes on behind them", async () => {
    const peer = await startPeer();
    const { engine } = await run(sourceOf(peer.url, { frameBytesMax: 2_000 }));
    peer.publish(events("a"));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 1 }));
    peer.sendRaw(JSON.stringify({ events: events("unnumbered") }));
    await eventually(() => expect(refused).toMatchObject([{ reason: "missing", field: "seq" }]));
    peer.publish([eventOf("large", { prompt: "x".repeat(3_000) })]);
    peer.publish(events("b"));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 3 }));
    expect(peer.heard).toContainEqual({ resume: 2 });
    expect(refused).toHaveLength(2);
    expect(totalOf(engine)).toBe(2);
  });
});

describe("a connection", () => {
  test("to a peer that answers no ping is cut and made again", async () => {
    const peer = await startPeer();
    await run(sourceOf(peer.url, { pingEveryMs: 40 }));
    peer.publish(events("a"));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 1 }));
    peer.freeze();
    await eventually(() => expect(peer.connections).toBeGreaterThan(1));
    const lost = logged.find(({ event }) => event === "source-disconnected");
    expect(lost?.fields).toMatchObject({ reason: "silent" });
  });

  test("that is never answered is given up after its time", async () => {
    const mute = createServer((socket) => socket.on("error", () => {}).resume());
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    closers.push(() => new Promise((resolve) => mute.close(resolve)));
    const { port } = mute.address() as { port: number };
    await run(sourceOf(new URL(`ws://127.0.0.1:${port}`), { connectTimeoutMs: 30 }));
    await eventually(() => expect(logged[0]?.fields).toMatchObject({ reason: "timeout" }));
  });

  test("that is refused says the status, and a stop does not wait for the next try", async () => {
    const server = createHttp((_request, response) => response.writeHead(401).end());
    server.on("upgrade", (_request, socket) => socket.end("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as { port: number };
    const source = sourceOf(new URL(`ws://127.0.0.1:${port}`), { backoffFirstMs: 600_000, backoffMaxMs: 600_000 });
    const { stop } = await run(source);
    await eventually(() => expect(logged[0]?.fields).toMatchObject({ reason: "refused", code: "401" }));
    expect(source.report.state().detail).toContain("401");
    await stop();
    expect(source.report.state().state).toBe("stopped");
  });

  test("is not read while too much is unsettled, and the peer's frames wait with the peer", async () => {
    const peer = await startPeer();
    const source = sourceOf(peer.url, { inFlightMax: 4 });
    const batches = source.read(new AbortController().signal)[Symbol.asyncIterator]();
    const first = batches.next();
    await eventually(() => expect(peer.heard).toEqual([{ resume: 0 }]));
    const pad = "x".repeat(500_000);
    for (let at = 0; at < 40; at += 1) peer.publish([eventOf(`e${at}`, { prompt: pad })]);
    const taken = [...((await first).value ?? [])];
    await eventually(() => expect(metric(source, "sluice_source_paused")).toBe(1));
    await eventually(() => expect(peer.bufferedBytes()).toBeGreaterThan(1_000_000));
    expect(metric(source, "sluice_source_unsettled_frames")).toBeLessThanOrEqual(8);
    let settled = 0;
    while (settled < 40) {
      for (const delivery of taken.splice(0)) {
        delivery.ack(OUTCOME);
        settled += 1;
      }
      if (settled < 40) taken.push(...((await batches.next()).value ?? []));
    }
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 40 }));
    expect(metric(source, "sluice_source_paused")).toBe(0);
    await batches.return?.();
  });
});

test("options out of their bounds are refused, and an address with a password too, without showing it", () => {
  const url = new URL("ws://127.0.0.1:1");
  expect(() => wsSource({ url, inFlightMax: 0, pingEveryMs: 0.5 })).toThrow(/inFlightMax.*pingEveryMs|pingEveryMs/);
  expect(() => wsSource({ url: new URL("http://127.0.0.1") })).toThrow(/ws:\/\//);
  const secret = new URL("ws://name:hidden-word@127.0.0.1");
  expect(() => wsSource({ url: secret })).toThrow(expect.not.stringContaining("hidden-word"));
});

function metric(source: WsSource, name: string): number | undefined {
  const sample = source.report.metrics().find((family) => family.name === name)?.samples[0];
  return sample !== undefined && "value" in sample ? sample.value : undefined;
}
