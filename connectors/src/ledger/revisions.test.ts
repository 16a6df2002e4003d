import { expect, test } from "vitest";
import { decision } from "./testing/drafts.ts";
import { ledgerFolder } from "./testing/folder.ts";
import { verifyLedger } from "./verify.ts";

const folder = ledgerFolder();

test("a revision is found beside its first decision, never in its place, also after a restart", async () => {
  const ledger = await folder.open();
  const revision = {
    ...decision(1),
    json: decision(1).json.replace("{", '{"revision":1,'),
    isRevision: true as const,
  };
  ledger.append([decision(1), decision(2)]);
  const { written } = ledger.append([revision, { type: "opinion", json: '{"event_id":"event-1"}' }]);
  const seqs = (of: typeof ledger) => of.findAll("org-1", "event-1").map(({ seq }) => seq);
  expect([seqs(ledger), ledger.find("org-1", "event-1")?.seq]).toEqual([[1, 3], 1]);
  await written;
  expect([seqs(ledger), ledger.find("org-1", "event-1")?.seq]).toEqual([[1, 3], 1]);
  expect((await ledger.findByEventId("event-1", 9)).map(({ seq }) => seq)).toEqual([3, 1]);
  await ledger.close();
  const after = await folder.open();
  expect([seqs(after), after.find("org-1", "event-1")?.seq]).toEqual([[1, 3], 1]);
  expect(after.findAll("org-2", "event-1")).toEqual([]);
  expect(await verifyLedger(folder.directory)).toMatchObject({ ok: true, records: 4 });
});
