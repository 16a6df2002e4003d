/** The source on NATS where a kill of the server left stream and consumer of two different moments. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
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

/** What a kill may leave behind: the stream as it was a while before its consumer. */
describe.skipIf(!isNatsServerThere())(`a stream and a consumer out of step${natsSkipNote}`, () => {
  const EVENTS = 300;

  /** Holds `EVENTS` unacknowledged, keeps the stream's messages, acknowledges all, and puts the messages back. */
  async function outOfStep() {
    rig = await natsRig();
    const { link, server, client, manager, back } = rig;
    const streams = openNatsStreams(link, { ackWaitMs: 1_000 });
    await streams.ensure();
    const left = async () => (await manager.streams.info("SLUICE_EVENTS")).state.messages;
    const kept = mkdtempSync(join(tmpdir(), "sluice-nats-part-"));
    const lives = join(server.storeDir, "jetstream", "$G", "streams", "SLUICE_EVENTS", "msgs");
    let isAcknowledging = false;
    const counts = new Map<string, number>();
    const source = natsSource({ streams });
    const reading = readAll(source, (delivery) => {
      const text = Buffer.from(delivery.value).toString();
      counts.set(text, (counts.get(text) ?? 0) + 1);
      if (isAcknowledging) ack(delivery);
    });
    await Promise.all(
      Array.from({ length: EVENTS }, (_, at) => client.jetstream().publish("sluice.events.acme", String(at))),
    );
    await until(() => counts.size === EVENTS);
    await until(async () => (await streams.workQueue()).unacknowledged === EVENTS);
    await server.kill();
    cpSync(lives, kept, { recursive: true });
    isAcknowledging = true;
    await server.restart();
    await back();
    await until(() => source.report.state().state === "ready");
    for (const delivery of [...reading.held]) ack(delivery);
    await until(async () => (await left()) === 0);
    await pause(1_500); // the server writes the state of a consumer down now and then
    await server.kill();
    counts.clear();
    rmSync(lives, { recursive: true });
    cpSync(kept, lives, { recursive: true });
    rmSync(kept, { recursive: true });
    await server.restart();
    await back();
    return { left, source, reading, counts };
  }

  test("the stream holds what the consumer takes for acknowledged: it comes again and leaves the stream", async () => {
    const { left, reading, counts, source } = await outOfStep();
    await until(async () => (await left()) === 0);
    expect(counts.size).toBe(EVENTS);
    expect(source.report.metrics?.()).toContainEqual(
      expect.objectContaining({ name: "sluice_nats_consumers_remade_total", samples: [{ value: 1 }] }),
    );
    await reading.stop();
  });
});
