import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LedgerRecord } from "@sluice/engine";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LedgerOptions, type LedgerStore, openLedger } from "./ledger.ts";
import { decision, decisions } from "./testing/drafts.ts";

let directory: string;
const open: LedgerStore[] = [];

async function openHere(options: Partial<LedgerOptions> = {}): Promise<LedgerStore> {
  const ledger = await openLedger({ directory, ...options });
  open.push(ledger);
  return ledger;
}

async function readAll(ledger: LedgerStore, fromSeq = 1): Promise<LedgerRecord[]> {
  const records: LedgerRecord[] = [];
  for await (const batch of ledger.read(fromSeq)) records.push(...batch);
  return records;
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "sluice-ledger-"));
});
afterEach(async () => {
  for (const ledger of open.splice(0)) await ledger.close();
  rmSync(directory, { recursive: true, force: true });
});

describe("append and read", () => {
  test("records get seqs from 1 in order, and read back as one JSON object each", async () => {
    const ledger = await openHere();
    const first = ledger.append(decisions(0, 3));
    const second = ledger.append([
      { type: "policy", json: '{"policy":"sha256:00","name":"ü"}' },
      { type: "start", json: "{}" },
    ]);
    expect([first.firstSeq, second.firstSeq]).toEqual([1, 4]);
    await Promise.all([first.written, second.written]);
    const records = await readAll(ledger);
    expect(records.map(({ seq, type }) => [seq, type])).toEqual([
      [1, "decision"],
      [2, "decision"],
      [3, "decision"],
      [4, "policy"],
      [5, "start"],
    ]);
    expect(JSON.parse(records[0]!.json)).toEqual({
      ...{ seq: 1, type: "decision", event_id: "event-0", org_id: "org-0", action: "allow" },
      event_digest: `sha256:${"00".repeat(32)}`,
    });
    expect(records[3]!.json).toBe('{"seq":4,"type":"policy","policy":"sha256:00","name":"ü"}');
    expect(records[4]!.json).toBe('{"seq":5,"type":"start"}');
    expect(ledger.lastSeq).toBe(5);
  });
});
