import { setTimeout } from "node:timers/promises";
import { connect, type JetStreamClient, type NatsConnection } from "nats";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connectNats } from "./client.ts";
import type { FollowDecisionsOptions, NatsLink } from "./contracts.ts";
import { followNatsDecisions } from "./follow-decisions.ts";
import { LASTING_CLIENT } from "./testing/nats-rig.ts";
import { isNatsServerThere, type NatsServer, natsSkipNote, startNatsServer } from "./testing/nats-server.ts";

describe.skipIf(!isNatsServerThere())(`a follower of decisions${natsSkipNote}`, () => {
  let server: NatsServer;
  let link: NatsLink;
  let connection: NatsConnection;
  let stream: JetStreamClient;
  let seen: string[];

  beforeEach(async () => {
    server = await startNatsServer();
    connection = await connect({ servers: server.url, reconnectTimeWait: 20, ...LASTING_CLIENT });
    stream = connection.jetstream();
    link = await connectNats({ url: server.url });
    seen = [];
  });
  afterEach(async () => {
    await link.close();
    await connection.close();
    await server.stop();
  });

  const makeStream = async () =>
    (await connection.jetstreamManager()).streams.add({ name: "SLUICE_DECISIONS", subjects: ["sluice.decisions.>"] });
  const put = async (id: string, subject = "allow.org") => {
    for (;;) {
      try {
        return await stream.publish(`sluice.decisions.${subject}`, id, { msgID: id, timeout: 500 });
      } catch {
        await setTimeout(20); // the server is away
      }
    }
  };
  /** Asked until it is answered: a request on its way when the server dies is never. */
  const storedCount = async (): Promise<number> => {
    for (;;) {
      try {
        const manager = await connection.jetstreamManager({ timeout: 500 });
        return (await manager.streams.info("SLUICE_DECISIONS")).state.messages;
      } catch {
        await setTimeout(20); // the server is away
      }
    }
  };
  const follow = (options: Partial<FollowDecisionsOptions> = {}) =>
    followNatsDecisions({ link, onDecision: (json) => void seen.push(Buffer.from(json).toString()), ...options });
  const until = async (count: number) => {
    while (seen.length < count) await setTimeout(5);
  };
  const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => String(from + index));

  test("begins with what comes next, or with what came since a time", async () => {
    await makeStream();
    await put("old");
    const subscription = await follow();
    await put("new");
    await until(1);
    subscription.close();
    await put("unseen");
    expect(seen).toEqual(["new"]);
    seen = [];
    await follow({ sinceMs: 0 });
    await until(3);
    expect(seen).toEqual(["old", "new", "unseen"]);
  });

  test("shows one action or one organisation, its id as a token", async () => {
    await makeStream();
    await put("1", "block.a%2Eb");
    await put("2", "allow.a%2Eb");
    await put("3", "block.c");
    await follow({ sinceMs: 0, action: "block", orgId: "a.b" });
    await until(1);
    await follow({ sinceMs: 0, action: "block" });
    await until(3);
    expect(seen).toEqual(["1", "1", "3"]);
  });

  test("loses and repeats nothing over kills of the server, also when none came before the first", async () => {
    await makeStream();
    await follow();
    await server.kill();
    await setTimeout(50);
    await server.restart();
    for (let round = 0; round < 2; round += 1) {
      const publishing = Promise.all(ids(round * 500, round * 500 + 500).map((id) => put(id)));
      await until(round * 500 + 100);
      await server.restart();
      await publishing;
    }
    await until(1_000);
    expect(await storedCount()).toBe(1_000);
    expect(new Set(seen)).toEqual(new Set(ids(0, 1_000)));
    expect(seen).toHaveLength(1_000);
  });

  test("holds back what a slow reader has not taken", async () => {
    await makeStream();
    for (const id of ids(0, 600)) void put(id);
    await put("last");
    let held: () => void = () => {};
    const hold = new Promise<void>((resolve) => (held = resolve));
    await follow({
      sinceMs: 0,
      async onDecision(json) {
        seen.push(Buffer.from(json).toString());
        if (seen.length === 10) await hold;
      },
    });
    await until(10);
    await setTimeout(100);
    expect(seen).toHaveLength(10);
    held();
    await until(601);
    expect(seen).toEqual([...ids(0, 600), "last"]);
  });

  test("goes on when the stream was made anew", async () => {
    await makeStream();
    for (const id of ids(0, 5)) await put(id);
    await follow({ sinceMs: 0 });
    await until(5);
    await (await connection.jetstreamManager()).streams.delete("SLUICE_DECISIONS");
    await makeStream();
    await put("again");
    await until(6);
    expect(seen.at(-1)).toBe("again");
  });

  test("says what to do when there is no stream yet", async () => {
    await expect(follow()).rejects.toMatchObject({
      code: "broker-unfit",
      message: expect.stringContaining("sluice serve"),
    });
  });
});
