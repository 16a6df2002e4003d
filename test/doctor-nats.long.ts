/** `sluice doctor` on a real nats-server: what it needs of the broker, and each fault of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSluice } from "@sluice/app";
import { connectNats, natsSource, openNatsOutbox, openNatsStreams, serveNatsCheck } from "@sluice/connectors";
import { volatileLedger } from "@sluice/engine";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { runCommand } from "../app/src/testing/run-command.ts";
import {
  type NatsServer,
  type NatsServerOptions,
  natsSkipNote,
  startNatsServer,
} from "../connectors/src/nats/testing/nats-server.ts";
import { jsonLines } from "./sluice-process.ts";
import { diagnose } from "./support/diagnosis.ts";
import { serve } from "./support/served.ts";

const dataDir = mkdtempSync(join(tmpdir(), "sluice-doctor-nats-"));
const ending: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function broker(options: NatsServerOptions = {}): Promise<NatsServer> {
  const server = await startNatsServer(options);
  ending.push(() => server.stop());
  return server;
}
async function connected(url: string) {
  const link = await connectNats({ url });
  ending.push(() => link.close());
  return link;
}
const only = ["nats-check", "nats-streams"];
const look = (nats: string, limitMs = 5_000) => diagnose({ dataDir, nats, limitMs, only });

describe.skipIf(natsSkipNote !== "")(`NATS${natsSkipNote}`, () => {
  test("a served system with a broker passes every check; with the broker gone, its fault is named", async () => {
    const server = await broker();
    const served = await serve(mkdtempSync(join(dataDir, "served-")), ["--nats", server.url]);
    ending.push(() => served.kill());
    const at = ["--http", served.url.origin, "--data", served.data, "--nats", server.url];
    const healthy = await runCommand(["doctor", ...at, "--write"]);
    const faults = jsonLines(healthy.stdout).filter(({ state }) => state === "fail" || state === "warn");
    expect({ code: healthy.code, stderr: healthy.stderr, faults }).toEqual({ code: 0, stderr: "", faults: [] });
    expect(jsonLines(healthy.stdout)).toContainEqual(
      expect.objectContaining({ check: "nats-decision", state: "pass" }),
    );

    await server.kill();
    const down = await runCommand(["doctor", ...at, "--only", "ready,nats-server"]);
    expect(down.code).toBe(1);
    expect(jsonLines(down.stdout).filter(({ state }) => state === "fail")).toMatchObject([
      { check: "ready", detail: expect.stringContaining("nats is failed") },
      { check: "nats-server", advice: expect.stringContaining("start the broker") },
    ]);
  });

  test("a broker with a Sluice behind it passes, with a round trip through both streams", async () => {
    const { url } = await broker();
    const link = await connected(url);
    const streams = openNatsStreams(link);
    await streams.ensure();
    const ledger = volatileLedger();
    const sluice = await createSluice();
    ending.push(() => sluice.close());
    const outbox = openNatsOutbox({ streams, recorded$: sluice.recorded$, ledger });
    ending.push(() => outbox.close());
    void sluice.attach(natsSource({ streams }));
    await serveNatsCheck({ link, engine: sluice.engine });
    const { of } = await diagnose({ dataDir, nats: url, isWriting: true, only: [...only, "nats-decision"] });
    expect(of("nats-server")).toMatchObject({ state: "pass", detail: expect.stringMatching(/\d+\.\d+\.\d+/) });
    expect(of("nats-jetstream")).toMatchObject({ state: "pass", detail: expect.stringContaining("3 streams") });
    expect(of("nats-streams")).toMatchObject({ state: "pass" });
    expect(of("nats-check")).toMatchObject({ state: "pass", detail: "decided: allow" });
    expect(of("nats-decision")).toMatchObject({
      state: "pass",
      detail: expect.stringContaining("sluice.decisions.allow.sluice-doctor"),
    });
  });

  test("a broker that is down, and an address that is none", async () => {
    const server = await broker();
    await server.kill();
    const { of } = await look(server.url);
    expect(of("nats-server")).toMatchObject({
      state: "fail",
      advice: expect.stringContaining("start the broker"),
    });
    expect(of("nats-streams").state).toBe("skip");
    expect((await look("http://127.0.0.1:4222")).of("nats-server").state).toBe("fail");
  });

  test("a broker that hangs: a finding, and not a hang", async () => {
    const server = await broker();
    server.pause();
    ending.push(() => server.resume());
    await new Promise((resolve) => setTimeout(resolve, 200)); // until all of its threads stand still
    const { of } = await look(server.url, 1_000);
    expect(of("nats-server").state).toBe("fail");
  });

  test("a broker without JetStream", async () => {
    const { url } = await broker({ hasJetStream: false });
    const { of } = await look(url);
    expect(of("nats-server").state).toBe("pass");
    expect(of("nats-jetstream")).toMatchObject({ state: "fail", advice: expect.stringContaining("-js") });
    expect(of("nats-streams").state).toBe("skip");
  });

  test("streams that are missing, without making them, and nobody who answers", async () => {
    const { url } = await broker();
    const { of } = await look(url);
    expect(of("nats-streams")).toMatchObject({
      state: "fail",
      detail: expect.stringMatching(/SLUICE_EVENTS.*SLUICE_DECISIONS.*SLUICE_DEAD.*sluice-engine/),
    });
    expect(of("nats-check")).toMatchObject({ state: "fail", detail: "nobody answers on sluice.check" });
    expect((await look(url)).of("nats-jetstream").detail).toContain("0 streams");
  });

  test("a stream whose settings break a guarantee", async () => {
    const { url } = await broker();
    const link = await connected(url);
    await openNatsStreams(link).ensure();
    await link.request("$JS.API.STREAM.DELETE.SLUICE_EVENTS", "", 5_000);
    const lossy = { name: "SLUICE_EVENTS", subjects: ["sluice.events.>"], retention: "limits", storage: "file" };
    await link.request("$JS.API.STREAM.CREATE.SLUICE_EVENTS", JSON.stringify(lossy), 5_000);
    const config = { durable_name: "sluice-engine", ack_policy: "explicit", max_deliver: 10, ack_wait: 1e10 };
    const consumer = JSON.stringify({ stream_name: "SLUICE_EVENTS", config });
    await link.request("$JS.API.CONSUMER.DURABLE.CREATE.SLUICE_EVENTS.sluice-engine", consumer, 5_000);
    const { of } = await look(url);
    expect(of("nats-streams")).toMatchObject({
      state: "fail",
      detail: expect.stringContaining('retention is "limits" and must be "workqueue"'),
    });
  });

  test("a user who may not ask", async () => {
    const config = `authorization { users = [
      { user: sluice, password: secret, permissions: { publish: { deny: ["$JS.API.>", "sluice.check"] } } }
    ] }`;
    const { url } = await broker({ config });
    expect((await look(url)).of("nats-server").state).toBe("fail");
    const { of, results } = await look(url.replace("//", "//sluice:secret@"));
    expect(of("nats-jetstream").state).toBe("fail");
    expect(of("nats-check")).toMatchObject({ state: "fail", detail: expect.stringContaining("sluice.check") });
    expect(JSON.stringify(results)).not.toContain("secret");
  });
});
