/** Test material: a reader of a source on NATS that keeps what it was given. */
import type { Delivery, IngestOutcome } from "@sluice/engine";
import type { natsSource } from "../source.ts";

const OUTCOME: IngestOutcome = {
  processed: 1,
  actions: { allow: 1, warn: 0, redact: 0, escalate: 0, block: 0 },
  asl_triggers: 0,
  duplicates: 0,
  decisions: [],
  rejected: [],
};

export interface Read {
  readonly held: Delivery<Uint8Array>[];
  readonly texts: () => string[];
  stop(): Promise<void>;
}

/** Reads on and on; `take` settles, or leaves it to the test. */
export function readAll(
  source: ReturnType<typeof natsSource>,
  take: (delivery: Delivery<Uint8Array>) => void = () => {},
): Read {
  const controller = new AbortController();
  const held: Delivery<Uint8Array>[] = [];
  const ended = (async () => {
    for await (const batch of source.read(controller.signal)) {
      for (const delivery of batch) {
        held.push(delivery);
        take(delivery);
      }
    }
  })();
  return {
    held,
    texts: () => held.map(({ value }) => Buffer.from(value).toString()),
    async stop() {
      controller.abort();
      await ended;
    },
  };
}
export const ack = (delivery: Delivery<Uint8Array>) => delivery.ack(OUTCOME);
