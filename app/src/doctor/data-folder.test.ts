import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger } from "@sluice/connectors";
import { expect, test } from "vitest";
import { dataFolderChecks } from "./data-folder.ts";

test("a chain too long for the time is followed as far as it goes, and says so; --full follows all of it", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sluice-long-"));
  try {
    const ledger = await openLedger({ directory: dataDir, segmentBytesMax: 4096 });
    for (let at = 0; at < 40; at += 1) {
      await ledger.append([{ type: "access", json: JSON.stringify({ at, filler: "x".repeat(500) }) }]).written;
    }
    await ledger.close();
    const look = async (verifyMs: number | undefined) => {
      let nowMs = 0;
      const monotonicMs = () => {
        nowMs += 100; // each look at the clock finds it later
        return nowMs;
      };
      const seen: number[] = [];
      const freeSpace = async () => ({ freeBytes: 0, totalBytes: 0 });
      const onProgress = (done: number) => void seen.push(done);
      const checks = dataFolderChecks({ dataDir, freeSpace, verifyMs, monotonicMs, onProgress });
      const finding = await checks.find(({ name }) => name === "ledger")?.run(new AbortController().signal);
      return { finding, seen };
    };
    const some = await look(150);
    expect(some.finding).toMatchObject({
      state: "pass",
      detail: expect.stringMatching(/^the first \d+ records \(\d+ %\)/),
    });
    const all = await look(undefined);
    expect(all.finding).toMatchObject({ state: "pass", detail: expect.stringContaining("up to record 40") });
    expect(all.seen.length).toBeGreaterThan(some.seen.length);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
