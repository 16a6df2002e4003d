/**
 * Events from SLUICE_EVENTS by the durable pull consumer `sluice-engine`. Delivery: at least once; an event is acknowledged
 * when its decision is recorded, and one that was delivered before is answered as the repeat it is. A slow reader pulls
 * less: at most `inFlightMax` deliveries and `inFlightBytesMax` bytes are held, and the server holds the rest in the stream.
 * A lost connection or a killed server is waited out; what was then in flight comes again after `ackWaitMs`.
 */
import { EngineError, type PartReport, type Source } from "@sluice/engine";
import type { NatsSourceOptions } from "./contracts.ts";
import { EventPuller } from "./event-puller.ts";

const IN_FLIGHT_MAX = 2_048;
const IN_FLIGHT_LIMIT = 65_536;
const IN_FLIGHT_BYTES_MAX = 64 * 1024 * 1024;
const MIB = 1024 * 1024;

/** @throws {EngineError} `config-invalid` when an option is out of its range. One `read` at a time. */
export function natsSource(options: NatsSourceOptions): Source<Uint8Array> & { readonly report: PartReport } {
  const { inFlightMax = IN_FLIGHT_MAX, inFlightBytesMax = IN_FLIGHT_BYTES_MAX } = options;
  if (!(Number.isInteger(inFlightMax) && inFlightMax >= 1 && inFlightMax <= IN_FLIGHT_LIMIT)) {
    throw new EngineError("config-invalid", `inFlightMax must be 1 to ${IN_FLIGHT_LIMIT}, got ${inFlightMax}`);
  }
  if (!(inFlightBytesMax >= MIB)) {
    throw new EngineError("config-invalid", `inFlightBytesMax must be at least ${MIB}, got ${inFlightBytesMax}`);
  }
  let puller: EventPuller | undefined;
  return {
    name: "nats",
    async *read(signal) {
      const mine = new EventPuller({ ...options, inFlightMax, inFlightBytesMax });
      puller = mine;
      const stop = () => mine.stop();
      signal.addEventListener("abort", stop);
      try {
        await mine.start();
        while (!signal.aborted) {
          const batch = mine.take();
          if (batch.length > 0) yield batch;
          else await mine.arrived();
        }
      } finally {
        signal.removeEventListener("abort", stop);
        stop();
      }
    },
    report: {
      name: "nats-source",
      isVital: true,
      state: () => puller?.state() ?? { state: "starting", detail: "not attached" },
      metrics: () => puller?.metrics() ?? [],
    },
  };
}
