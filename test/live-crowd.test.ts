/** A hundred readers of `/live`, three of which never read: the others get everything. The long suite has a thousand. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCrowd } from "./support/live-crowd-run.ts";
import { metrics } from "./support/requests.ts";
import { serve } from "./support/served.ts";

test.each(["auto", "node"])(
  "ninety-seven readers get every decision while three are stalled, server %s",
  async (server) => {
    const data = mkdtempSync(join(tmpdir(), "sluice-crowd-"));
    const served = await serve(data, ["--server", server]);
    try {
      const { eventCount, reading } = await runCrowd(served, { readers: 100, stalled: 3, batches: 1 });
      for (const reader of reading) {
        expect(reader).toMatchObject({ decisionCount: eventCount, gapCount: 0, faults: 0 });
      }
      expect((await metrics(served.url)).live_gaps).toBe(0);
    } finally {
      await served.kill();
      rmSync(data, { recursive: true, force: true });
    }
  },
);
