/**
 * The same on NATS and nothing else, as a process of its own: it consumes a stream with explicit ack and publishes one
 * message of 700 bytes with a message id for each event; and it answers requests with as many bytes as it is told.
 *
 *     node bare-nats.js <nats url> <lean|careful> <bytes of an answer>
 */
import { randomBytes } from "node:crypto";
import { AckPolicy, connect, createInbox, DiscardPolicy, headers, RetentionPolicy, StorageType } from "nats";
import { type BareKind, bareStreams } from "./bench-streams.ts";

const CONSUMER = "bench-engine";
const MESSAGE_BYTES = 700;
const PULL = 1024;
const MIB = 1024 * 1024;
const NANOS_PER_S = 1e9;

const [url = "", kind = "", answerBytes = ""] = process.argv.slice(2);
const connection = await connect({ servers: url, noAsyncTraces: true });
const manager = await connection.jetstreamManager();
const { events, decisions, decisionSubject, check } = bareStreams(kind as BareKind);
// As Sluice makes its own.
const common = { storage: StorageType.File, duplicate_window: 120 * NANOS_PER_S };
await manager.streams.add({
  ...{ ...common, name: events.stream, subjects: [events.subject] },
  ...{ retention: RetentionPolicy.Workqueue, discard: DiscardPolicy.New, max_bytes: 1024 * MIB },
});
await manager.streams.add({ ...common, name: decisions, subjects: [decisionSubject] });
await manager.consumers.add(events.stream, {
  ...{ durable_name: CONSUMER, ack_policy: AckPolicy.Explicit },
  ...{ ack_wait: 10 * NANOS_PER_S, max_deliver: 10, max_ack_pending: 8192 },
});

const inbox = createInbox();
connection.subscribe(inbox, { callback() {} }); // acknowledgements of what is published
const message = Buffer.alloc(MESSAGE_BYTES, "x");
const idPrefix = randomBytes(8).toString("hex");
let count = 0;
const stream = connection.jetstream();
const consumer = await stream.consumers.get(events.stream, CONSUMER);
await consumer.consume({
  max_messages: PULL,
  callback(event) {
    count += 1;
    const msgID = `${idPrefix}-${count}`;
    if (kind === "careful") {
      void stream.publish(decisionSubject, message, { msgID }).then(() => event.ack());
      return;
    }
    const named = headers();
    named.append("Nats-Msg-Id", msgID);
    connection.publish(decisionSubject, message, { headers: named, reply: inbox });
    event.ack();
  },
});

const answer = Buffer.alloc(Number(answerBytes), "x");
connection.subscribe(check, {
  callback(error, request) {
    if (error !== null) return;
    const named = headers();
    named.append("Sluice-Status", "200");
    request.respond(answer, { headers: named });
  },
});
await connection.flush();
console.log(`bare ready on ${url}`);
process.once("SIGTERM", () => void connection.close().then(() => process.exit(0)));
