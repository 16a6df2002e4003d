/**
 * A thousand readers of `/live`, ten of which never read. The others get every decision; what waits for the stalled is
 * bounded by `bufferedBytesMax` for each; they are told of a gap when they read again, or have been closed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LIVE_OPTIONS } from "@sluice/connectors";
import { expect, test } from "vitest";
import { runCrowd } from "./support/live-crowd-run.ts";
import { serve } from "./support/served.ts";

const STALLED = 10;
const MIB = 1024 * 1024;
/** What the process takes for itself while it decides, joins frames and sends them: garbage between two collections. */
const WORKING_BYTES = 160 * MIB;

test.each(["uws", "node"])("nine hundred and ninety readers get every decision on %s", async (server) => {
  const data = mkdtempSync(join(tmpdir(), "sluice-many-"));
  const served = await serve(data, ["--server", server === "uws" ? "auto" : "node"]);
  try {
    // 18 MB for each reader: more than what usually lies in the system's socket buffers and ours, so that a gap comes.
    const plan = { readers: 1_000, stalled: STALLED, batches: 15 };
    const { eventCount, reading, stalled, rssBeforeBytes, rssMaxBytes } = await runCrowd(served, plan);
    const wrong = reading.filter(
      ({ decisionCount, gapCount, faults }) => decisionCount !== eventCount || gapCount > 0 || faults > 0,
    );
    expect(wrong.map(({ decisionCount, gapCount, faults }) => ({ decisionCount, gapCount, faults }))).toEqual([]);
    expect(rssMaxBytes - rssBeforeBytes).toBeLessThan(STALLED * LIVE_OPTIONS.bufferedBytesMax + WORKING_BYTES);
    console.info(
      `${server}: ${eventCount} decisions to ${reading.length} readers, ` +
        `memory ${Math.round(rssBeforeBytes / MIB)} MiB, at most ${Math.round(rssMaxBytes / MIB)} MiB`,
    );
    for (const { socket } of stalled) socket.resume();
    const isTold = () => stalled.every((reader) => reader.gapCount > 0 || reader.socket.destroyed);
    while (!isTold()) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stalled.map(({ faults }) => faults)).toEqual(Array(STALLED).fill(0));
  } finally {
    await served.kill();
    rmSync(data, { recursive: true, force: true });
  }
});
