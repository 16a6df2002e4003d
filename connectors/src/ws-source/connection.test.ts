import { createServer as createHttp } from "node:http";
import { createServer } from "node:net";
import type { IngestOutcome } from "@sluice/engine";
import { describe, expect, test } from "vitest";
import { eventOf } from "../server/testing/engine.ts";
import { events, eventually, sourceBench } from "./testing/source-bench.ts";
import type { WsSource } from "./ws-source.ts";

const OUTCOME: IngestOutcome = {
  processed: 1,
  actions: { allow: 1, warn: 0, redact: 0, escalate: 0, block: 0 },
  asl_triggers: 0,
  duplicates: 0,
  decisions: [],
  rejected: [],
};
const bench = sourceBench();

describe("a connection", () => {
  test("to a peer that answers no ping is cut and made again", async () => {
    const peer = await bench.startPeer();
    await bench.run(bench.sourceOf(peer.url, { pingEveryMs: 250 }));
    peer.publish(events("a"));
    await eventually(() => expect(peer.heard.at(-1)).toEqual({ ack: 1 }));
    peer.freeze();
    await eventually(() => expect(peer.connections).toBeGreaterThan(1));
    const lost = bench.logged.find(({ event }) => event === "source-disconnected");
    expect(lost?.fields).toMatchObject({ reason: "silent" });
  });

  test("that is never answered is given up after its time", async () => {
    const mute = createServer((socket) => socket.on("error", () => {}).resume());
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    bench.later(() => new Promise((resolve) => mute.close(resolve)));
    const { port } = mute.address() as { port: number };
    await bench.run(bench.sourceOf(new URL(`ws://127.0.0.1:${port}`), { connectTimeoutMs: 30 }));
    await eventually(() => expect(bench.logged[0]?.fields).toMatchObject({ reason: "timeout" }));
  });

  test("that is refused says the status, and a stop does not wait for the next try", async () => {
    const server = createHttp((_request, response) => response.writeHead(401).end());
    server.on("upgrade", (_request, socket) => socket.end("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    bench.later(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as { port: number };
    const source = bench.sourceOf(new URL(`ws://127.0.0.1:${port}`), {
      backoffFirstMs: 600_000,
      backoffMaxMs: 600_000,
    });
    const { stop } = await bench.run(source);
    await eventually(() => expect(bench.logged[0]?.fields).toMatchObject({ reason: "refused", code: "401" }));
    expect(source.report.state().detail).toContain("401");
    await stop();
    expect(source.report.state().state).toBe("stopped");
  });

  test("is not read while too much is unsettled, and the peer's frames wait with the peer", async () => {
    const peer = await bench.startPeer();
    const source = bench.sourceOf(peer.url, { inFlightMax: 4 });
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

function metric(source: WsSource, name: string): number | undefined {
  const sample = source.report.metrics().find((family) => family.name === name)?.samples[0];
  return sample !== undefined && "value" in sample ? sample.value : undefined;
}
