/** Kills a writing process again and again on one folder, and checks after each kill what a restart finds. */
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { openLedger } from "../ledger.ts";
import { listSegments } from "../segment-files.ts";
import { verifyLedger } from "../verify.ts";
import { readAll } from "./folder.ts";
import { buildWriter, startWriter } from "./writer-process.ts";

export interface CrashRounds {
  readonly rounds: number;
  readonly sync: "always" | "interval" | "os";
  /** Acknowledgements to wait for before the kill, by round. */
  readonly batches: (round: number) => number;
  /** In this round garbage is appended to the last segment after the kill. */
  readonly garbageRound: number;
}

export async function crashRounds({ rounds, sync, batches, garbageRound }: CrashRounds): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "sluice-crash-"));
  const program = await buildWriter();
  try {
    let acked = -1;
    for (let round = 0; round < rounds; round += 1) {
      const writer = startWriter([process.execPath, program.path, directory, sync, String(acked + 1)], {
        firstNumber: acked + 1,
      });
      let seen = 0;
      await writer.until(() => seen++ > batches(round));
      await writer.kill();
      acked = writer.acked;
      if (round === garbageRound) appendFileSync(listSegments(directory).at(-1)!.segment, "garbage after a crash");
      await checkRestart(directory, acked);
    }
  } finally {
    program.remove();
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * Nothing acknowledged is missing, nothing is there twice, seqs have no gap, keys and texts are found, the chain
 * verifies.
 */
async function checkRestart(directory: string, acked: number): Promise<void> {
  const ledger = await openLedger({ directory });
  const records = await readAll(ledger);
  expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => index + 1));
  const ids = new Set(records.map(({ json }) => (JSON.parse(json) as { event_id: string }).event_id));
  expect(ids.size).toBe(records.length);
  for (let number = 0; number <= acked; number += 1) expect(ids.has(`event-${number}`), `event ${number}`).toBe(true);
  const found = ledger.find(`org-${acked % 8}`, `event-${acked}`);
  expect(found?.json).toContain(`"event_id":"event-${acked}"`);
  const lastText = acked - (acked % 4);
  const { seq } = ledger.find(`org-${lastText % 8}`, `event-${lastText}`)!;
  expect(await ledger.readText(seq)).toEqual({ prompt: `text ${lastText}`, completion: "" });
  await ledger.close();
  expect(await verifyLedger(directory)).toMatchObject({ ok: true, records: records.length, texts: { missing: 0 } });
}
