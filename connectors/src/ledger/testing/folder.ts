/** A temporary data folder for a test, with whatever ledgers it opened; all closed and removed after each test. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Ledger, LedgerRecord } from "@sluice/engine";
import { afterEach, beforeEach } from "vitest";
import { type LedgerOptions, openLedger } from "../ledger.ts";
import { listSegments, type SegmentPaths } from "../segment-files.ts";
import type { LedgerStore } from "../segment-ledger.ts";

export interface LedgerFolder {
  readonly directory: string;
  open(options?: Partial<LedgerOptions>): Promise<LedgerStore>;
  segments(): SegmentPaths[];
}

export function ledgerFolder(): LedgerFolder {
  let directory = "";
  const opened: LedgerStore[] = [];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "sluice-ledger-"));
  });
  afterEach(async () => {
    for (const ledger of opened.splice(0)) await ledger.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return {
    get directory() {
      return directory;
    },
    async open(options = {}) {
      const ledger = await openLedger({ directory, ...options });
      opened.push(ledger);
      return ledger;
    },
    segments: () => listSegments(directory),
  };
}

export async function readAll(ledger: Ledger, fromSeq = 1): Promise<LedgerRecord[]> {
  const records: LedgerRecord[] = [];
  for await (const batch of ledger.read(fromSeq)) records.push(...batch);
  return records;
}
