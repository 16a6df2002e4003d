import { rmSync } from "node:fs";
import { headers } from "nats";
import { afterEach, describe, expect, test } from "vitest";
import { SOURCE_CASES, type SourceKind } from "../conformance.ts";
import { connectNats } from "./client.ts";
import type { NatsStreamOptions } from "./contracts.ts";
import { natsSource } from "./source.ts";
import { openNatsStreams } from "./streams.ts";
import { ack, readAll } from "./testing/event-reader.ts";
import { type NatsRig, natsRig, until } from "./testing/nats-rig.ts";
import { isNatsServerThere, natsSkipNote } from "./testing/nats-server.ts";

let rig: NatsRig | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});

const kind: SourceKind = {
  ends: false,
  bringsAgain: true,
  hasConnection: true,
  async make({ payloads, inFlightMax }) {
    const mine = await natsRig();
    const streams = openNatsStreams(mine.link, { ackWaitMs: 1_000 });
    await streams.ensure();
    const jetStream = mine.client.jetstream();
    await Promise.all(payloads.map((payload) => jetStream.publish("sluice.events.acme", payload)));
    return {
      source: natsSource({ streams, inFlightMax }),
      interrupt: () => mine.server.restart(),
      close: () => mine.close(),
    };
  },
};

describe.skipIf(!isNatsServerThere())(`the source on NATS${natsSkipNote}`, () => {
  test.each(SOURCE_CASES.filter(({ isFor }) => isFor(kind)))("$name", ({ run }) => run(kind));
});

async function start(options: Partial<NatsStreamOptions> = {}, config = "") {
  rig = await natsRig(config === "" ? {} : { config });
  const streams = openNatsStreams(rig.link, options);
  await streams.ensure();
  const left = async () => (await rig!.manager.streams.info("SLUICE_EVENTS")).state.messages;
  return {
    ...rig,
    streams,
    left,
    publish: (subject: string, data: string) => rig!.client.jetstream().publish(subject, data),
  };
}

describe.skipIf(!isNatsServerThere())(`an event on NATS${natsSkipNote}`, () => {
  test("comes with the organisation that its subject names, and with none under another subject", async () => {
    const { streams, publish } = await start();
    for (const token of ["acme%2Eeu", "plain", "a.b", "%41"]) await publish(`sluice.events.${token}`, token);
    const reading = readAll(natsSource({ streams }), ack);
    await until(() => reading.held.length === 4);
    expect(reading.held.map(({ orgId }) => orgId)).toEqual(["acme.eu", "plain", "", ""]);
    await reading.stop();
  });

  test("leaves the stream when it is acknowledged, else comes to the next reader", async () => {
    const { streams, publish, left, server } = await start({ ackWaitMs: 400 });
    for (const text of ["a", "b", "c"]) await publish("sluice.events.acme", text);
    const mortal = await connectNats({ url: server.url });
    const first = readAll(natsSource({ streams: openNatsStreams(mortal) }), (delivery) => {
      if (Buffer.from(delivery.value).toString() !== "b") ack(delivery);
    });
    await until(async () => (await left()) === 1);
    await mortal.close();
    const second = readAll(natsSource({ streams }), ack);
    await until(async () => (await left()) === 0);
    expect(first.texts()).toEqual(["a", "b", "c"]);
    expect(second.texts()).toEqual(["b"]);
    await first.stop();
    await second.stop();
  });

  test("that takes long is not delivered again while it is held", async () => {
    const { streams, publish } = await start({ ackWaitMs: 1_000 });
    await publish("sluice.events.acme", "slow");
    const reading = readAll(natsSource({ streams }));
    await until(() => reading.held.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(reading.held.length).toBe(1);
    ack(reading.held[0]!);
    await reading.stop();
  });

  test("waits in the stream while those before it take the bytes that may be held", async () => {
    const { streams, publish } = await start();
    const large = "x".repeat(600_000);
    for (let at = 0; at < 6; at++) await publish("sluice.events.acme", large);
    const reading = readAll(natsSource({ streams, inFlightBytesMax: 2 * 1024 * 1024 }));
    await until(() => reading.held.length >= 2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(reading.held.length).toBeLessThanOrEqual(3);
    for (let settled = 0; settled < 6; settled++) {
      await until(() => reading.held.length > settled);
      ack(reading.held[settled]!);
    }
    expect(reading.held.length).toBe(6);
    await reading.stop();
  });

  test("with headers of its publisher is an event like any other", async () => {
    const { streams, client } = await start();
    const named = headers();
    named.set("Nats-Msg-Id", "1");
    await client.jetstream().publish("sluice.events.acme", "text", { headers: named });
    const reading = readAll(natsSource({ streams }), ack);
    await until(() => reading.held.length === 1);
    expect(reading.texts()).toEqual(["text"]);
    await reading.stop();
  });

  test("whose readers die again and again goes to the dead letter, with the reason", async () => {
    const { streams, publish, left } = await start({ ackWaitMs: 200, deliverMax: 3 });
    await publish("sluice.events.acme", "poison");
    const put: string[] = [];
    const deadLetter = {
      put: ({ reason }: { reason: string }, source: string, payload?: Uint8Array) =>
        void put.push(`${source} ${reason} ${Buffer.from(payload ?? []).toString()}`),
      flush: async () => {},
    };
    // A reader that dies: it takes the event, and nobody keeps it alive.
    const pull = { batch: 1, expires: 5_000 };
    for (let death = 0; death < 2; death++) {
      const consumer = await rig!.client.jetstream().consumers.get("SLUICE_EVENTS", "sluice-engine");
      const taken = await consumer.fetch({ max_messages: pull.batch, expires: pull.expires });
      for await (const message of taken) expect(message.info.deliveryCount).toBe(death + 1);
    }
    const reading = readAll(natsSource({ streams, deadLetter }), ack);
    await until(async () => (await left()) === 0);
    expect(put).toEqual(["nats delivered-too-often poison"]);
    expect(reading.held).toEqual([]);
    await reading.stop();
  });

  test("is retried without using up its deliveries while the reader lives", async () => {
    const { streams, publish, left } = await start({ deliverMax: 2 });
    await publish("sluice.events.acme", "patient");
    let retries = 0;
    const deadLetter = { put: () => expect.unreachable(), flush: async () => {} };
    const reading = readAll(natsSource({ streams, deadLetter }), (delivery) => {
      if (retries++ < 6) delivery.retry(5);
      else ack(delivery);
    });
    await until(async () => (await left()) === 0);
    expect(reading.held.length).toBe(7);
    await reading.stop();
  });

  test("that may not be acknowledged or asked for shows in the state of the source, with the subject", async () => {
    const denied = (subject: string) => `authorization { users = [
      { user: admin, password: admin }
      { user: me, password: me, permissions: { publish: { deny: ["${subject}"] } } }
    ] }`;
    for (const subject of ["$JS.ACK.>", "$JS.API.CONSUMER.MSG.NEXT.>"]) {
      rig = await natsRig({ config: denied(subject) }, "me:me@");
      const streams = openNatsStreams(rig.link);
      await streams.ensure();
      await rig.client.jetstream().publish("sluice.events.acme", "x");
      const source = natsSource({ streams });
      const reading = readAll(source, ack);
      await until(() => source.report.state().detail.startsWith(`no permission for ${subject.slice(0, 7)}`));
      await reading.stop();
      await rig.close();
    }
    rig = undefined;
  });

  test("is pulled again after the server came back without its store: streams and consumer are made anew", async () => {
    const { streams, publish, server, manager, back } = await start();
    const source = natsSource({ streams });
    const reading = readAll(source, ack);
    await publish("sluice.events.acme", "before");
    await until(() => reading.held.length === 1);
    await server.kill();
    rmSync(server.storeDir, { recursive: true });
    await server.restart();
    await back();
    await until(async () => (await manager.streams.info("SLUICE_EVENTS").catch(() => undefined)) !== undefined);
    await publish("sluice.events.acme", "after");
    await until(() => reading.held.length === 2);
    await until(() => source.report.state().state === "ready");
    expect(reading.texts()).toEqual(["before", "after"]);
    await reading.stop();
  });
});

test("a source's bounds are checked", () => {
  const streams = openNatsStreams({} as never);
  expect(() => natsSource({ streams, inFlightMax: 0 })).toThrow(/inFlightMax/);
  expect(() => natsSource({ streams, inFlightBytesMax: 5 })).toThrow(/inFlightBytesMax/);
});
