/**
 * Synthetic traffic as a source of the engine, at a rate that swings gently between 20 and 50 events a second. It makes
 * the next batch only when the last one is settled, so it never runs ahead; what is not recorded comes again.
 */
import type { Delivery, Source } from "@sluice/engine";
import { pause } from "../shell.ts";
import { simulatedTraffic } from "./traffic.ts";

const RATE_MEAN = 35;
const RATE_SWING = 15;
const RATE_PERIOD_MS = 60_000;
const BEAT_MS = 200;

/** Events a second at a moment of the demo. */
export const demoRate = (elapsedMs: number) =>
  RATE_MEAN + RATE_SWING * Math.sin((2 * Math.PI * elapsedMs) / RATE_PERIOD_MS);

export function demoSource(seed: number, nowMs: () => number = Date.now): Source<Uint8Array> {
  return {
    name: "demo",
    async *read(signal) {
      const startMs = nowMs();
      const traffic = simulatedTraffic({ seed, startMs });
      let owed = 1;
      while (!signal.aborted) {
        const rate = demoRate(nowMs() - startMs);
        const events = Array.from({ length: Math.floor(owed) }, () => traffic.next(1000 / rate));
        owed += -events.length + (rate * BEAT_MS) / 1000;
        if (events.length > 0) {
          const payload = Buffer.from(events.map((event) => JSON.stringify(event)).join("\n"));
          yield* untilSettled(payload, signal);
        }
        await pause(BEAT_MS, signal);
      }
    },
  };
}

async function* untilSettled(value: Uint8Array, signal: AbortSignal): AsyncGenerator<readonly Delivery<Uint8Array>[]> {
  let retryMs: number | undefined = 0;
  while (retryMs !== undefined && !signal.aborted) {
    await pause(retryMs, signal);
    let settle: (retryMs: number | undefined) => void = () => {};
    const settled = new Promise<number | undefined>((resolve) => {
      settle = resolve;
    });
    yield [
      { value, ack: () => settle(undefined), reject: () => settle(undefined), retry: (delayMs) => settle(delayMs) },
    ];
    retryMs = await settled;
  }
}
