import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { eventOf } from "../server/testing/engine.ts";
import { events, eventually, recordedIds, sourceBench, totalOf } from "./testing/source-bench.ts";
import { wsSource } from "./ws-source.ts";

const bench = sourceBench();

describe("a plain peer", () => {
  test("sends an event, a list or NDJSON a frame, as text or bytes, and all are recorded in order", async () => {
    const peer = await bench.startPeer({ isPlain: true });
    const { engine, ledger } = await bench.run(bench.sourceOf(peer.url, { token: "secret-token" }));
    await eventually(() => expect(peer.connections).toBe(1));
    peer.sendRaw(JSON.stringify(eventOf("one")));
    peer.sendRaw(Buffer.from(JSON.stringify({ events: events("two", "three") })));
    peer.sendRaw(`${JSON.stringify(eventOf("four"))}\n${JSON.stringify(eventOf("five"))}\n`);
    await eventually(() => expect(totalOf(engine)).toBe(5));
    expect(await recordedIds(ledger)).toEqual(["one", "two", "three", "four", "five"]);
    expect(peer.heard).toEqual([]);
    expect(peer.headers[0]).toMatchObject({ authorization: "Bearer secret-token" });
    expect(bench.logged).toContainEqual(expect.objectContaining({ event: "source-connected", level: "warn" }));
    expect(JSON.stringify(bench.logged)).not.toContain("secret-token");
  });

  test("that dies and comes back is connected to again, and says that what came meanwhile is lost", async () => {
    const peer = await bench.startPeer({ isPlain: true });
    const source = bench.sourceOf(peer.url);
    const { engine } = await bench.run(source);
    await eventually(() => expect(peer.connections).toBe(1));
    peer.publish(events("a"));
    await eventually(() => expect(totalOf(engine)).toBe(1));
    await peer.kill();
    await eventually(() => expect(source.report.state().state).toBe("starting"));
    await peer.restart();
    await eventually(() => expect(peer.connections).toBe(2));
    peer.publish(events("b"));
    await eventually(() => expect(totalOf(engine)).toBe(2));
    expect(bench.logged.map(({ event }) => event)).toContain("source-disconnected");
  });

  test("may send what is no event: it is refused with a reason, and what follows is taken", async () => {
    const peer = await bench.startPeer({ isPlain: true });
    const { engine } = await bench.run(bench.sourceOf(peer.url));
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
    const peer = await bench.startPeer({ isPlain: true });
    const { engine } = await bench.run(bench.sourceOf(peer.url, { frameBytesMax: 2_000 }));
    await eventually(() => expect(peer.connections).toBe(1));
    peer.sendRaw("x".repeat(2_001));
    await eventually(() => expect(peer.connections).toBe(2));
    expect(bench.refused).toMatchObject([{ reason: "payload-too-large" }]);
    peer.publish(events("after"));
    await eventually(() => expect(totalOf(engine)).toBe(1));
  });

  test("that is a Sluice's own feed of decisions ends the source with a clear error", async () => {
    const peer = await bench.startPeer({ isPlain: true });
    const source = bench.sourceOf(peer.url);
    const batches = source.read(new AbortController().signal)[Symbol.asyncIterator]();
    const next = batches.next();
    await eventually(() => expect(peer.connections).toBe(1));
    peer.sendRaw('{"type":"snapshot","seq":1,"counters":{}}');
    await expect(next).rejects.toMatchObject({ code: "source-lost", message: expect.stringContaining("/live") });
    expect(source.report.state().state).toBe("failed");
    expect(bench.logged).toContainEqual(expect.objectContaining({ event: "source-failed", level: "error" }));
  });
});

describe("a peer that resumes", () => {
  test("is asked for its beginning, told what is recorded, and after its death asked for what follows", async () => {
    const peer = await bench.startPeer();
    for (const id of ["a", "b"]) peer.publish(events(id));
    const { engine, ledger } = await bench.run(bench.sourceOf(peer.url));
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
    const peer = await bench.startPeer();
    const positionPath = join(bench.folder, "position.json");
    peer.publish(events("a"));
    const first = await bench.run(bench.sourceOf(peer.url, { positionPath }));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 1 }));
    await first.stop();
    expect(readFileSync(positionPath, "utf8")).not.toContain("127.0.0.1");
    peer.publish(events("b"));
    const second = await bench.run(bench.sourceOf(peer.url, { positionPath }));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 2 }));
    expect(peer.heard).toContainEqual({ resume: 1 });
    expect(totalOf(second.engine)).toBe(1);
    await second.stop();
    const other = await bench.startPeer();
    await bench.run(bench.sourceOf(other.url, { positionPath }));
    await eventually(() => expect(other.heard).toEqual([{ resume: 0 }]));
    writeFileSync(positionPath, '{"peer":');
    await bench.run(bench.sourceOf(peer.url, { positionPath }));
    await eventually(() => expect(peer.heard.filter(({ resume }) => resume === 0)).toHaveLength(2));
  });

  test("is acknowledged nothing that the ledger could not write, until it can", async () => {
    const peer = await bench.startPeer();
    const source = bench.sourceOf(peer.url);
    const { ledger, engine } = await bench.run(source);
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
    const peer = await bench.startPeer();
    for (const id of ["a", "b", "c"]) peer.publish(events(id));
    const { engine, ledger } = await bench.run(bench.sourceOf(peer.url));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 3 }));
    peer.log.push(JSON.stringify({ seq: 4, events: events("a", "b", "d") }));
    peer.sendRaw(peer.log.at(-1)!);
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 4 }));
    expect(engine.counters()).toMatchObject({ total: 4, duplicates: 2 });
    expect(await recordedIds(ledger)).toEqual(["a", "b", "c", "d"]);
  });

  test("whose log is another than before is read from its beginning", async () => {
    const positionPath = join(bench.folder, "position.json");
    const old = await bench.startPeer({ feed: "old" });
    for (const id of ["a", "b"]) old.publish(events(id));
    const { engine } = await bench.run(bench.sourceOf(old.url, { positionPath }));
    await eventually(() => expect(old.heard.at(-1)).toEqual({ ack: 2 }));
    await old.kill();
    const young = await bench.startPeer({ feed: "young", port: Number(old.url.port) });
    young.publish(events("c"));
    await eventually(() => expect(young.heard).toEqual([{ resume: 2, feed: "old" }, { ack: 1 }]));
    expect(totalOf(engine)).toBe(3);
    expect(JSON.parse(readFileSync(positionPath, "utf8"))).toMatchObject({ feed: "young", seq: 1 });
    expect(bench.logged.map(({ event }) => event)).toContain("source-feed-changed");
  });

  test("that leaves frames out is told of in the log, and one whose numbers go back is left", async () => {
    const peer = await bench.startPeer();
    await bench.run(bench.sourceOf(peer.url));
    peer.publish(events("a"));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 1 }));
    peer.sendRaw(JSON.stringify({ seq: 5, events: events("b") }));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 5 }));
    const gap = { event: "source-gap", fields: { from: 2, to: 4 } };
    expect(bench.logged).toContainEqual(
      expect.objectContaining({ event: gap.event, fields: expect.objectContaining(gap.fields) }),
    );
    peer.sendRaw(JSON.stringify({ seq: 4, events: events("c") }));
    await eventually(() => expect(peer.connections).toBeGreaterThan(1));
    expect(bench.logged.map(({ event }) => event)).toContain("source-fault");
  });

  test("may send frames without a number, or one too large: they are bench.refused, and the feed goes on behind them", async () => {
    const peer = await bench.startPeer();
    const { engine } = await bench.run(bench.sourceOf(peer.url, { frameBytesMax: 2_000 }));
    peer.publish(events("a"));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 1 }));
    peer.sendRaw(JSON.stringify({ events: events("unnumbered") }));
    await eventually(() => expect(bench.refused).toMatchObject([{ reason: "missing", field: "seq" }]));
    peer.publish([eventOf("large", { prompt: "x".repeat(3_000) })]);
    peer.publish(events("b"));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 3 }));
    expect(peer.heard).toContainEqual({ resume: 2 });
    expect(bench.refused).toHaveLength(2);
    expect(totalOf(engine)).toBe(2);
  });
});

test("a token that would go to another machine in clear is told of, once", () => {
  bench.sourceOf(new URL("ws://127.0.0.1:1"), { token: "t" });
  bench.sourceOf(new URL("ws://[::1]:1"), { token: "t" });
  bench.sourceOf(new URL("wss://feed.example"), { token: "t" });
  expect(bench.logged).toEqual([]);
  bench.sourceOf(new URL("ws://feed.example"), { token: "t" });
  expect(bench.logged).toMatchObject([{ event: "source-token-in-clear", level: "warn" }]);
});

test("options out of their bounds are refused, and an address with a password too, without showing it", () => {
  const url = new URL("ws://127.0.0.1:1");
  expect(() => wsSource({ url, inFlightMax: 0, pingEveryMs: 0.5 })).toThrow(/inFlightMax.*pingEveryMs|pingEveryMs/);
  expect(() => wsSource({ url: new URL("http://127.0.0.1") })).toThrow(/ws:\/\//);
  const secret = new URL("ws://name:hidden-word@127.0.0.1");
  expect(() => wsSource({ url: secret })).toThrow(expect.not.stringContaining("hidden-word"));
});
