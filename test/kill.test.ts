/** The short form of `kill.long.ts`: two kills under load, one of them with garbage behind the last record. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { crashRounds } from "./support/crash-rounds.ts";

test("kill -9 under load loses no acknowledged event and records none twice", async () => {
  const data = mkdtempSync(join(tmpdir(), "sluice-kill-"));
  try {
    const { acknowledged } = await crashRounds({ data, rounds: 2, garbageRound: 0, seed: 1 });
    expect(acknowledged).toBeGreaterThan(0);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}, 60_000);
