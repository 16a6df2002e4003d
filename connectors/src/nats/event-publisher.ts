/** Events into SLUICE_EVENTS: in order, many in flight, each held until the stream has it. */
import { randomUUID } from "node:crypto";
import { EngineError } from "@sluice/engine";
import type { NatsEventPublisher, NatsLink } from "./contracts.ts";
import { ResendingPublisher } from "./resending-publisher.ts";
import { EVENTS_PREFIX, encodeToken } from "./subjects.ts";

const IN_FLIGHT_MAX = 512;
const HELD_BYTES_MAX = 32 * 1024 * 1024;
/** A server that starts again needs a moment before its streams answer. */
const NO_STREAM_PATIENCE_MS = 15_000;

export function natsEventPublisher(
  link: NatsLink,
  { inFlightMax = IN_FLIGHT_MAX }: { readonly inFlightMax?: number } = {},
): NatsEventPublisher {
  const run = randomUUID();
  let count = 0;
  const publisher = new ResendingPublisher({
    link,
    subjectPrefix: EVENTS_PREFIX,
    inFlightMax,
    heldMax: inFlightMax,
    heldBytesMax: HELD_BYTES_MAX,
    onTrouble: givenUp,
  });
  const check = () => {
    if (publisher.failure !== undefined) throw publisher.failure;
  };
  return {
    async publish(orgId, payload, messageId = `${run}-${count}`) {
      check();
      if (payload.length > link.payloadBytesMax) {
        const message = `an event of ${payload.length} bytes is more than the NATS server takes (max_payload ${link.payloadBytesMax}); raise it, or send less`;
        throw new EngineError("broker-unfit", message);
      }
      count += 1;
      const subject = `${EVENTS_PREFIX}${encodeToken(orgId)}`;
      publisher.push({ subject, data: payload, headers: { "Nats-Msg-Id": messageId } });
      await publisher.room(0);
      check();
    },
    async flush() {
      await publisher.flush();
      check();
    },
    get stored() {
      return publisher.counts.stored;
    },
    get duplicates() {
      return publisher.counts.duplicates;
    },
    async close() {
      publisher.close();
    },
  };
}

/** A full stream and a lost connection pass; a missing permission or stream does not. */
function givenUp(why: string, forMs: number): EngineError | undefined {
  if (why.startsWith("no permission")) {
    return new EngineError("broker-refused", `events cannot be published: ${why}; grant it to this user`);
  }
  if (why.startsWith("no stream") && forMs > NO_STREAM_PATIENCE_MS) {
    return new EngineError(
      "broker-unfit",
      `no stream takes ${EVENTS_PREFIX}>; start sluice serve --nats once: it makes it`,
    );
  }
  return undefined;
}
