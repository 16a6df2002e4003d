/** What lies in the stream of decisions, read with a client of its own. */
import { connect, type NatsConnection } from "nats";
import { LASTING_CLIENT } from "../../connectors/src/nats/testing/nats-rig.ts";

export interface StreamDecision {
  readonly subject: string;
  readonly messageId: string;
  /** As published. */
  readonly json: string;
  readonly decision: Readonly<Record<string, unknown>>;
}

export interface DecisionStream {
  readonly connection: NatsConnection;
  count(): Promise<number>;
  /** Resolves when at least so many messages are there. @throws {Error} when no more come for a minute. */
  until(count: number): Promise<void>;
  /** In the order of the stream. */
  all(): Promise<readonly StreamDecision[]>;
  close(): Promise<void>;
}

const STREAM = "SLUICE_DECISIONS";
const LOOK_EVERY_MS = 50;
const STANDSTILL_MAX_MS = 60_000;

export async function openDecisionStream(url: string): Promise<DecisionStream> {
  const connection = await connect({ servers: url, reconnectTimeWait: 50, ...LASTING_CLIENT });
  const manager = await connection.jetstreamManager({ checkAPI: false });
  const count = async () => (await manager.streams.info(STREAM)).state.messages;
  return {
    connection,
    count,
    async until(wanted) {
      let [most, endMs] = [-1, 0];
      for (;;) {
        const found = await count().catch(() => 0);
        if (found >= wanted) return;
        if (found > most) [most, endMs] = [found, performance.now() + STANDSTILL_MAX_MS];
        if (performance.now() > endMs) throw new Error(`${STREAM} stands still at ${most} of ${wanted} messages`);
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    },
    async all() {
      const found: StreamDecision[] = [];
      if ((await count()) === 0) return found;
      const consumer = await connection.jetstream().consumers.get(STREAM);
      for await (const message of await consumer.consume({ max_messages: 1_000 })) {
        const json = message.string();
        const messageId = message.headers?.get("Nats-Msg-Id") ?? "";
        found.push({ subject: message.subject, messageId, json, decision: JSON.parse(json) });
        if (message.info.pending === 0) break;
      }
      if (found.length < (await count())) throw new Error(`only ${found.length} messages of ${STREAM} were read`);
      return found;
    },
    close: () => connection.close(),
  };
}
