/** The short form of `nats-kill.long.ts`: two kills of either side under load. */
import { describe, expect, test } from "vitest";
import { isNatsServerThere, natsSkipNote } from "../connectors/src/nats/testing/nats-server.ts";
import { natsRounds } from "./support/nats-rounds.ts";

describe.skipIf(!isNatsServerThere())(`under load on NATS${natsSkipNote}`, () => {
  test.each(["nats-server", "sluice"] as const)(
    "two times kill -9 of %s lose and repeat nothing",
    async (victim) => {
      const { acknowledged } = await natsRounds({ victim, rounds: 2, seed: 1 });
      expect(acknowledged).toBeGreaterThan(0);
    },
    120_000,
  );
});
