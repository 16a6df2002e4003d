import { test } from "vitest";
import { crashRounds } from "./testing/crash-rounds.ts";

test.each(["always", "interval", "os"] as const)(
  "ten times killed on one folder with sync %s, nothing acknowledged is missing and nothing is there twice",
  async (sync) => {
    await crashRounds({ rounds: 10, sync, batches: (round) => 20 + ((round * 137) % 400), garbageRound: 4 });
  },
  300_000,
);
