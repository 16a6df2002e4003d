/** Test material: a server, links and a raw client beside it, all let go of together. */
import { setTimeout as pause } from "node:timers/promises";
import { connect, type JetStreamManager, type NatsConnection } from "nats";
import { connectNats } from "../client.ts";
import type { NatsLink } from "../contracts.ts";
import { type NatsServer, type NatsServerOptions, startNatsServer } from "./nats-server.ts";

/**
 * A test's own client that outlives kills of the server. One that is killed amid a handshake is found out by the time
 * limit alone, which is 20 s unless told otherwise.
 */
export const LASTING_CLIENT = { maxReconnectAttempts: -1, timeout: 1_000 } as const;

export interface NatsRig {
  readonly server: NatsServer;
  /** Of the code under test. */
  readonly link: NatsLink;
  /** A client of its own, to see what the server really has. */
  readonly client: NatsConnection;
  readonly manager: JetStreamManager;
  /** Resolves when that client is connected again and JetStream answers it. */
  back(): Promise<void>;
  close(): Promise<void>;
}

/** @param userInfo `user:password@` of the link, where the server's configuration has users; the client is `admin:admin` */
export async function natsRig(options: NatsServerOptions = {}, userInfo = ""): Promise<NatsRig> {
  const server = await startNatsServer(options);
  try {
    const admin = userInfo === "" ? {} : { user: "admin", pass: "admin" };
    const client = await connect({ servers: server.url, reconnectTimeWait: 100, ...LASTING_CLIENT, ...admin });
    const link = await connectNats({ url: server.url.replace("//", `//${userInfo}`) });
    const manager = await client.jetstreamManager({ checkAPI: false, timeout: 1_000 });
    return {
      server,
      link,
      client,
      manager,
      back: () => until(() => manager.getAccountInfo().then(Boolean, () => false)),
      async close() {
        await link.close();
        await client.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Resolves when `isMet` does, asked every 20 ms; fails after `patienceMs`. */
export async function until(isMet: () => boolean | Promise<boolean>, patienceMs = 20_000): Promise<void> {
  const endMs = performance.now() + patienceMs;
  while (!(await isMet())) {
    if (performance.now() > endMs) throw new Error(`it did not come to be: ${isMet}`);
    await pause(20);
  }
}
