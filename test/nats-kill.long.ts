/** Ten kills of nats-server and ten of Sluice, each while events are published as fast as they are acknowledged. */
import { describe, expect, test } from "vitest";
import { isNatsServerThere, natsSkipNote } from "../connectors/src/nats/testing/nats-server.ts";
import { natsRounds } from "./support/nats-rounds.ts";

describe.skipIf(!isNatsServerThere())(`under load on NATS${natsSkipNote}`, () => {
  test.each([
    ["nats-server", 1],
    ["nats-server", 2],
    ["sluice", 1],
    ["sluice", 2],
  ] as const)("ten times kill -9 of %s lose and repeat nothing (seed %i)", async (victim, seed) => {
    const report = await natsRounds({ victim, rounds: 10, seed });
    process.stdout.write(`kill -9 of ${victim}, seed ${seed}: ${JSON.stringify(report)}\n`);
    expect(report.acknowledged).toBeGreaterThan(1_000);
    expect(report.repeated).toBeGreaterThan(0);
    if (victim === "nats-server") expect(report.failed).toBeGreaterThan(0); // else no kill met an event on its way
  });
});
