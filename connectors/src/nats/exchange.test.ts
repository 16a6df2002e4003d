/** What goes over NATS besides: dead letters, checks, windows, alerts, and events published into the queue. */
import { type Alert, type Engine, type Rejection, volatileLedger, type WindowResult } from "@sluice/engine";
import { Subject } from "rxjs";
import { afterEach, describe, expect, test } from "vitest";
import { eventOf, PROMPTS, testEngine } from "../server/testing/engine.ts";
import { serveNatsCheck } from "./check-service.ts";
import { DEAD_PAYLOAD_BYTES_MAX, natsDeadLetter } from "./dead-letter.ts";
import { natsEventPublisher } from "./event-publisher.ts";
import { publishNatsNotices } from "./notices.ts";
import { openNatsStreams } from "./streams.ts";
import { type NatsRig, natsRig, until } from "./testing/nats-rig.ts";
import { isNatsServerThere, type NatsServerOptions, natsSkipNote } from "./testing/nats-server.ts";

let rig: NatsRig | undefined;
let engine: Engine | undefined;
afterEach(async () => {
  await engine?.stop();
  await rig?.close();
  rig = undefined;
  engine = undefined;
});
async function start(options: NatsServerOptions = {}, userInfo = "") {
  rig = await natsRig(options, userInfo);
  const { manager } = rig;
  const stored = async (stream: string) => (await manager.streams.info(stream)).state.messages;
  return { ...rig, stored };
}
const REJECTION: Rejection = {
  index: 3,
  event_id: "ünïque\r\nid",
  field: "tier",
  reason: "missing",
  message: "Event 3: tier is missing.",
};

describe.skipIf(!isNatsServerThere())(`sluice.dead${natsSkipNote}`, () => {
  test("holds the refusal in headers, and the payload only where text is retained, cut to its bound", async () => {
    const { link, manager, stored } = await start();
    await openNatsStreams(link).ensure();
    let isRetained = false;
    const dead = natsDeadLetter({ link, retainsText: () => isRetained });
    dead.put(REJECTION, "nats", Buffer.from("secret"));
    isRetained = true;
    dead.put(REJECTION, "nats", Buffer.from("kept"));
    dead.put(REJECTION, "nats", Buffer.alloc(200_000, "x"));
    dead.put({ index: 0, field: "", reason: "empty-payload", message: "50%41" }, "ingest");
    await dead.flush();
    expect(await stored("SLUICE_DEAD")).toBe(4);
    const get = async (seq: number) => manager.streams.getMessage("SLUICE_DEAD", { seq });
    const first = await get(1);
    expect(first.subject).toBe("sluice.dead");
    expect(first.data.length).toBe(0);
    expect(first.header.get("Sluice-Reason")).toBe("missing");
    expect(first.header.get("Sluice-Event-Id")).toBe("%C3%BCn%C3%AFque%0D%0Aid");
    expect(first.header.get("Sluice-Field")).toBe("tier");
    expect(first.header.get("Sluice-Source")).toBe("nats");
    expect((await get(2)).string()).toBe("kept");
    expect((await get(3)).data.length).toBe(DEAD_PAYLOAD_BYTES_MAX);
    expect((await get(3)).header.get("Sluice-Cut")).toBe("true");
    expect((await get(4)).header.get("Sluice-Message")).toBe("50%2541");
    expect(dead.report.state()).toEqual({ state: "ready", detail: "4 kept, 0 lost" });
    await dead.close();
  });

  test("is sent again after the server was killed, holds a bounded number meanwhile, and counts the rest", async () => {
    const { link, server, stored, back } = await start();
    await openNatsStreams(link).ensure();
    const dead = natsDeadLetter({ link, retainsText: () => true });
    await server.kill();
    for (let at = 0; at < 5_000; at++) dead.put(REJECTION, "nats");
    expect(dead.report.state().detail).toMatch(/^0 kept, 904 lost/);
    await server.restart();
    await dead.flush();
    await back();
    expect(await stored("SLUICE_DEAD")).toBe(4_096);
    await dead.close();
  });

  test("that may not be published to is given up at once, so that nothing waits for it", async () => {
    const config = `authorization { users = [
      { user: admin, password: admin }
      { user: me, password: me, permissions: { publish: { deny: ["sluice.dead"] } } }
    ] }`;
    const { link } = await start({ config }, "me:me@");
    await openNatsStreams(link).ensure();
    const dead = natsDeadLetter({ link, retainsText: () => true });
    dead.put(REJECTION, "nats");
    await dead.flush();
    expect(dead.report.state().detail).toMatch(/^0 kept, 1 lost/);
    await dead.close();
  });
});

describe.skipIf(!isNatsServerThere())(`sluice.check${natsSkipNote}`, () => {
  test("answers what POST /check answers, errors with their status", async () => {
    const { link, client } = await start();
    engine = await testEngine(volatileLedger());
    const service = await serveNatsCheck({ link, engine });
    const ask = async (body: unknown) => {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const answer = await client.request("sluice.check", text, { timeout: 5_000 });
      return { status: answer.headers?.get("Sluice-Status"), json: answer.json<Record<string, unknown>>() };
    };
    const short = await ask({ text: PROMPTS.block, tier: "general" });
    expect(short).toMatchObject({ status: "200", json: { action: "block", tier: "general" } });
    expect(await ask(eventOf("a", { prompt: PROMPTS.redact }))).toMatchObject({
      status: "200",
      json: { event_id: "a", action: "redact", output: { prompt: expect.not.stringContaining("albatross") } },
    });
    expect(await ask("{")).toMatchObject({ status: "400", json: { rejected: [{ reason: "malformed-json" }] } });
    expect(await ask({ text: "x" })).toMatchObject({ status: "422", json: { rejected: [{ field: "tier" }] } });
    expect(await ask("")).toMatchObject({ status: "400" });
    client.publish("sluice.check", "{}"); // wants no answer
    expect(engine.counters().total).toBe(0);
    service.close();
  });
});

describe.skipIf(!isNatsServerThere())(`windows and alerts${natsSkipNote}`, () => {
  test("are published by the size of the window and the severity of the alert", async () => {
    const { link, client } = await start();
    const heard: string[] = [];
    for (const subject of ["sluice.aggregates.>", "sluice.alerts.>"]) {
      client.subscribe(subject, {
        callback: (_error, message) => void heard.push(`${message.subject} ${message.string()}`),
      });
    }
    await client.flush();
    const windows$ = new Subject<readonly WindowResult[]>();
    const notices = publishNatsNotices({ link, windows$ });
    const window = (sizeMs: number) => ({ sizeMs, events: 1 }) as WindowResult;
    windows$.next([window(10_000), window(60_000), window(3_600_000), window(1_500)]);
    const alert: Alert = { code: "source-lost", severity: "critical", count: 1, message: "m", atMs: 5 };
    notices.alert(alert);
    await until(() => heard.length === 5);
    expect(heard).toEqual([
      'sluice.aggregates.10s {"sizeMs":10000,"events":1}',
      'sluice.aggregates.1m {"sizeMs":60000,"events":1}',
      'sluice.aggregates.1h {"sizeMs":3600000,"events":1}',
      'sluice.aggregates.1500ms {"sizeMs":1500,"events":1}',
      `sluice.alerts.critical ${JSON.stringify(alert)}`,
    ]);
    notices.close();
    windows$.next([window(10_000)]);
    notices.alert(alert);
    await client.flush();
    expect(heard.length).toBe(5);
  });
});

describe.skipIf(!isNatsServerThere())(`publishing events${natsSkipNote}`, () => {
  test("puts each under its organisation, in order and once, through a server that is killed meanwhile", async () => {
    const { link, server, manager, back } = await start();
    await openNatsStreams(link).ensure();
    const publisher = natsEventPublisher(link, { inFlightMax: 32 });
    for (let at = 0; at < 500; at++) {
      if (at === 200) void server.restart();
      await publisher.publish("acme.eu", Buffer.from(String(at)));
    }
    await publisher.flush();
    expect(publisher.stored).toBe(500);
    await back();
    const { state } = await manager.streams.info("SLUICE_EVENTS");
    expect(state.messages).toBe(500);
    const seen: string[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
      const message = await manager.streams.getMessage("SLUICE_EVENTS", { seq });
      expect(message.subject).toBe("sluice.events.acme%2Eeu");
      seen.push(message.string());
    }
    expect(seen).toEqual(Array.from({ length: 500 }, (_, at) => String(at)));
    await publisher.close();
  });

  test("counts what the stream had already by its id", async () => {
    const { link, stored } = await start();
    await openNatsStreams(link).ensure();
    const publisher = natsEventPublisher(link);
    for (const id of ["1", "2", "1"]) await publisher.publish("a", Buffer.from("x"), id);
    await publisher.flush();
    expect([publisher.stored, publisher.duplicates, await stored("SLUICE_EVENTS")]).toEqual([3, 1, 2]);
    await publisher.close();
  });

  test("waits while the stream is full, and goes on when there is room", async () => {
    const { link, manager } = await start();
    await openNatsStreams(link, { eventsBytesMax: 1024 * 1024 }).ensure();
    const publisher = natsEventPublisher(link, { inFlightMax: 4 });
    const large = Buffer.alloc(300_000);
    for (let at = 0; at < 4; at++) await Promise.race([publisher.publish("a", large), publisher.flush()]);
    await until(async () => (await manager.streams.info("SLUICE_EVENTS")).state.messages === 3);
    await until(() => publisher.stored === 3); // its acknowledgement may still be on its way
    await manager.streams.purge("SLUICE_EVENTS");
    await publisher.flush();
    expect(publisher.stored).toBe(4);
    await publisher.close();
  });

  test("fails where it may not publish, and where the event is larger than the server takes", async () => {
    const config = `authorization { users = [
      { user: admin, password: admin }
      { user: me, password: me, permissions: { publish: { deny: ["sluice.events.>"] } } }
    ] }`;
    const { link } = await start({ config }, "me:me@");
    await openNatsStreams(link).ensure();
    const publisher = natsEventPublisher(link);
    const tooLarge = publisher.publish("a", Buffer.alloc(link.payloadBytesMax + 1));
    await expect(tooLarge).rejects.toMatchObject({ code: "broker-unfit" });
    await publisher.publish("a", Buffer.from("x"));
    await expect(publisher.flush()).rejects.toMatchObject({
      code: "broker-refused",
      message: expect.stringMatching(/sluice\.events\.a/),
    });
    await publisher.close();
  });
});
