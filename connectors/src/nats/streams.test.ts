import { EngineError } from "@sluice/engine";
import { AckPolicy, DiscardPolicy, RetentionPolicy, StorageType } from "nats";
import { afterEach, describe, expect, test } from "vitest";
import { openNatsStreams } from "./streams.ts";
import { type NatsRig, natsRig } from "./testing/nats-rig.ts";
import { isNatsServerThere, type NatsServerOptions, natsSkipNote } from "./testing/nats-server.ts";

let rig: NatsRig | undefined;
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});
const start = async (options: NatsServerOptions = {}, userInfo = "") => {
  rig = await natsRig(options, userInfo);
  return rig;
};
const failure = (promise: Promise<unknown>): Promise<EngineError> =>
  promise.then(
    () => expect.unreachable(),
    (error: EngineError) => error,
  );
const SECONDS = 1e9;

describe.skipIf(!isNatsServerThere())(`the streams${natsSkipNote}`, () => {
  test("are made as the design has them, once", async () => {
    const { manager, link } = await start();
    const streams = openNatsStreams(link);
    const [first, second] = await Promise.all([streams.ensure(), streams.ensure()]);
    expect(first).toEqual({ ackWaitMs: 10_000, deliverMax: 10 });
    expect(second).toBe(first);
    await streams.ensure();
    const config = async (name: string) => (await manager.streams.info(name)).config;
    expect(await config("SLUICE_EVENTS")).toMatchObject({
      subjects: ["sluice.events.>"],
      retention: "workqueue",
      storage: "file",
      discard: "new",
      max_bytes: 1024 ** 3,
      max_age: 0,
    });
    expect(await config("SLUICE_DECISIONS")).toMatchObject({
      subjects: ["sluice.decisions.>"],
      retention: "limits",
      storage: "file",
      max_age: 7 * 86_400 * SECONDS,
      duplicate_window: 120 * SECONDS,
    });
    expect(await config("SLUICE_DEAD")).toMatchObject({ subjects: ["sluice.dead"], max_age: 7 * 86_400 * SECONDS });
    expect((await manager.consumers.info("SLUICE_EVENTS", "sluice-engine")).config).toMatchObject({
      ack_policy: "explicit",
      ack_wait: 10 * SECONDS,
      max_deliver: 10,
      max_ack_pending: 8_192,
    });
  });

  test("remember ids for as long as an event may be delivered", async () => {
    const { manager, link } = await start();
    await openNatsStreams(link, { ackWaitMs: 60_000, deliverMax: 20 }).ensure();
    expect((await manager.streams.info("SLUICE_DECISIONS")).config.duplicate_window).toBe(1_200 * SECONDS);
  });

  test("that were there are kept when they only tune, and the consumer's own settings are used", async () => {
    const { manager, link } = await start();
    const subjects = ["sluice.events.>", "other"];
    const [retention, discard] = [RetentionPolicy.Workqueue, DiscardPolicy.New];
    await manager.streams.add({ name: "SLUICE_EVENTS", subjects, retention, discard, max_bytes: 5_000_000 });
    const consumer = { durable_name: "sluice-engine", ack_policy: AckPolicy.Explicit, max_deliver: 4 };
    await manager.consumers.add("SLUICE_EVENTS", { ...consumer, ack_wait: 7 * SECONDS });
    expect(await openNatsStreams(link).ensure()).toEqual({ ackWaitMs: 7_000, deliverMax: 4 });
    expect((await manager.streams.info("SLUICE_EVENTS")).config.max_bytes).toBe(5_000_000);
  });

  test.each([
    ["retention", "SLUICE_EVENTS", { subjects: ["sluice.events.>"], discard: DiscardPolicy.New, max_bytes: 5_000_000 }],
    [
      "discard",
      "SLUICE_EVENTS",
      { subjects: ["sluice.events.>"], retention: RetentionPolicy.Workqueue, max_bytes: 5e6 },
    ],
    ["subjects", "SLUICE_EVENTS", { subjects: ["sluice.events.*"], retention: RetentionPolicy.Workqueue }],
    ["storage", "SLUICE_DECISIONS", { subjects: ["sluice.decisions.>"], storage: StorageType.Memory }],
    ["max_age", "SLUICE_DECISIONS", { subjects: ["sluice.decisions.>"], max_age: 600 * SECONDS }],
    ["duplicate_window", "SLUICE_DECISIONS", { subjects: ["sluice.decisions.>"], duplicate_window: 10 * SECONDS }],
    ["no_ack", "SLUICE_DEAD", { subjects: ["sluice.dead"], no_ack: true }],
  ])("that were there with another %s are refused, and the setting is named", async (setting, name, config) => {
    const { manager, link } = await start();
    await manager.streams.add({ name, ...config });
    const error = await failure(openNatsStreams(link).ensure());
    expect(error).toMatchObject({ code: "broker-unfit" });
    expect(error.message).toContain(name);
    expect(error.message).toContain(setting);
  });

  test("cannot be where another stream has their subjects, or another consumer their events", async () => {
    const { manager, link } = await start();
    await manager.streams.add({ name: "OTHER", subjects: ["sluice.>"] });
    const overlap = await failure(openNatsStreams(link).ensure());
    expect(overlap).toMatchObject({ code: "broker-unfit", message: expect.stringMatching(/SLUICE_EVENTS.*overlap/) });
    await manager.streams.delete("OTHER");
    await openNatsStreams(link).ensure();
    await manager.consumers.delete("SLUICE_EVENTS", "sluice-engine");
    await manager.consumers.add("SLUICE_EVENTS", { durable_name: "mine", ack_policy: AckPolicy.Explicit });
    const second = await failure(openNatsStreams(link).ensure());
    expect(second).toMatchObject({ code: "broker-unfit", message: expect.stringMatching(/one consumer/) });
  });

  test("need JetStream, and say so where the server has none", async () => {
    const { link } = await start({ hasJetStream: false });
    const error = await failure(openNatsStreams(link).ensure());
    expect(error).toMatchObject({
      code: "broker-unfit",
      message: expect.stringMatching(/no JetStream.*start it with -js/),
    });
  });

  test("need room, and say what they asked for where the server has none", async () => {
    const { link } = await start({ jetStreamConfig: "max_file_store: 1MB" });
    const error = await failure(openNatsStreams(link).ensure());
    expect(error).toMatchObject({ code: "broker-unfit", message: expect.stringMatching(/SLUICE_EVENTS.*max_bytes/) });
  });
});

const users = (permissions: string) => `authorization { users = [
  { user: admin, password: admin }
  { user: me, password: "p@ss", permissions: { ${permissions} } }
] }`;

describe.skipIf(!isNatsServerThere())(`permissions${natsSkipNote}`, () => {
  test("that are missing for the streams are named", async () => {
    const config = users('publish: ["$JS.API.STREAM.INFO.*"], subscribe: ["_INBOX.>"]');
    const { link } = await start({ config }, "me:p%40ss@");
    const error = await failure(openNatsStreams(link).ensure());
    expect(error).toMatchObject({ code: "broker-refused" });
    expect(error.message).toContain("$JS.API.STREAM.CREATE.SLUICE_EVENTS");
  });

  test("that are missing for answers and for subscriptions are named", async () => {
    const config = users('publish: [">"], subscribe: ["nothing"]');
    const { link } = await start({ config }, "me:p%40ss@");
    const answers = await failure(openNatsStreams(link).ensure());
    expect(answers).toMatchObject({ code: "broker-refused", message: expect.stringMatching(/subscribe to _INBOX/) });
    const check = await failure(link.subscribe("sluice.check", () => {}));
    expect(check).toMatchObject({ code: "broker-refused", message: expect.stringMatching(/sluice\.check/) });
  });
});

test("options out of their range are refused, all at once", () => {
  const link = {} as never;
  expect(() => openNatsStreams(link, { ackWaitMs: 1, deliverMax: 1 })).toThrow(/ackWaitMs.*deliverMax/);
  expect(() => openNatsStreams(link, { ackWaitMs: 1, deliverMax: 1 })).toThrow(EngineError);
});
