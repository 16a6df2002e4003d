/** Ten kills of a loaded server on one data folder, one of them with garbage appended to the last segment. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { crashRounds } from "./support/crash-rounds.ts";

test.each([1, 2, 3])("ten times kill -9 under load lose and repeat nothing (seed %i)", async (seed) => {
  const data = mkdtempSync(join(tmpdir(), "sluice-kill-"));
  try {
    const report = await crashRounds({ data, rounds: 10, garbageRound: 4 + (seed % 3), seed });
    expect(report.acknowledged).toBeGreaterThan(1_000);
    expect(report.unanswered).toBeGreaterThan(0); // else no kill came while events were on their way
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
