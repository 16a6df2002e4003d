import { test } from "vitest";
import { crashRounds } from "./testing/crash-rounds.ts";

test("a writer killed with kill -9 loses nothing that it acknowledged, also with garbage behind it", async () => {
  await crashRounds({ rounds: 2, sync: "interval", batches: () => 40, garbageRound: 1 });
});
