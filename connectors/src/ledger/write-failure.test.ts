import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLedger } from "./ledger.ts";
import { readAll } from "./testing/folder.ts";
import { buildWriter, startWriter } from "./testing/writer-process.ts";
import { verifyLedger } from "./verify.ts";

const hasPrlimit = spawnSync("prlimit", ["--version"]).status === 0;

// A limit on file size makes write() fail as a full disk does: first short, then with an error.
test.skipIf(!hasPrlimit)(
  "a disk that is full refuses records, keeps the ledger whole, and takes them again when there is room (needs prlimit)",
  async () => {
    const directory = mkdtempSync(join(tmpdir(), "sluice-full-"));
    const program = await buildWriter();
    try {
      const limited = [
        "prlimit",
        "--fsize=20000:unlimited",
        process.execPath,
        program.path,
        directory,
        "interval",
        "0",
      ];
      const writer = startWriter(limited, { firstNumber: 0 });
      await writer.until(() => writer.failures.length >= 3);
      expect(new Set(writer.failures)).toEqual(new Set(["ledger-failed"]));
      const acked = writer.acked;
      expect(acked).toBeGreaterThan(0);
      const report = await verifyLedger(directory);
      expect(report).toMatchObject({ ok: true, records: acked + 1, unfinishedBytes: 0 });

      const lifted = spawnSync("prlimit", [`--pid=${writer.child.pid}`, "--fsize=unlimited:unlimited"]);
      expect(lifted.status).toBe(0);
      await writer.until(() => writer.acked > acked + 500);
      await writer.kill();

      const ledger = await openLedger({ directory });
      const ids = (await readAll(ledger)).map(({ json }) => (JSON.parse(json) as { event_id: string }).event_id);
      expect(ids.slice(0, writer.acked + 1)).toEqual(
        Array.from({ length: writer.acked + 1 }, (_, number) => `event-${number}`),
      );
      await ledger.close();
      expect(await verifyLedger(directory)).toMatchObject({ ok: true, texts: { missing: 0 } });
    } finally {
      program.remove();
      rmSync(directory, { recursive: true, force: true });
    }
  },
);
