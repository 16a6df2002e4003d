import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Clock } from "./contracts.ts";
import { createEngine } from "./engine.ts";
import { event, payload } from "./testing/event.ts";
import { jsonDetector } from "./testing/json-detector.ts";
import { type MemoryLedger, memoryLedger } from "./testing/memory-ledger.ts";
import { testPolicy } from "./testing/test-policy.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice-engine-"));
});
afterEach(() => rm(folder, { recursive: true }));

const clock: Clock = { nowMs: () => Date.parse("2026-01-31T12:00:30Z"), monotonicUs: () => 0 };
const start = (ledger: MemoryLedger, snapshotPath: string | undefined) =>
  createEngine({
    detector: jsonDetector(),
    policy: testPolicy(),
    ledger,
    clock,
    ...(snapshotPath === undefined ? {} : { snapshotPath }),
  });

async function filled(snapshotPath?: string) {
  const ledger = memoryLedger();
  const engine = await start(ledger, snapshotPath);
  await engine.ingest(payload(event("a"), event("b", { prompt: "bomb", org_id: "__proto__" })));
  await engine.stop();
  return { ledger, counters: engine.counters(), hours: engine.hourlyStats(24) };
}

test("counters and hours survive a restart without a snapshot", async () => {
  const { ledger, counters, hours } = await filled();
  const again = await start(ledger, undefined);
  expect(again.counters()).toEqual(counters);
  expect(again.hourlyStats(24)).toEqual(hours);
  expect(hours.event_counts.at(-1)).toBe(2);
  expect(hours.blocked.at(-1)).toBe(1);
  expect(hours.hours).toHaveLength(24);
});

test("with a snapshot only what came after it is read", async () => {
  const path = join(folder, "snapshot.json");
  const { ledger, counters } = await filled(path);
  const read: number[] = [];
  const spied: MemoryLedger = {
    ...ledger,
    get lastSeq() {
      return ledger.lastSeq;
    },
    read(fromSeq) {
      read.push(fromSeq);
      return ledger.read(fromSeq);
    },
  };
  const again = await start(spied, path);
  expect(again.counters()).toEqual(counters);
  expect(read).toEqual([3, 4]);
});

test.each([
  ["cut off", (text: string) => text.slice(0, -10)],
  ["of another ledger", (text: string) => text.replace(/"decisionId":"./, '"decisionId":"-')],
  ["ahead of the ledger", (text: string) => text.replace(/"seq":\d+/, '"seq":99')],
  ["with counters that are none", (text: string) => text.replace(/"total":\d+/, '"total":"many"')],
])("a snapshot %s is not used", async (_name, spoil) => {
  const path = join(folder, "snapshot.json");
  const { ledger, counters } = await filled(path);
  await writeFile(path, spoil(await readFile(path, "utf8")));
  const again = await start(ledger, path);
  expect(again.counters()).toEqual(counters);
});

test("open windows go on after a restart; a stop fires none", async () => {
  const path = join(folder, "snapshot.json");
  const ledger = memoryLedger();
  const first = await start(ledger, path);
  const fired: unknown[] = [];
  first.windows$.subscribe((results) => fired.push(...results));
  await first.ingest(payload(event("a")));
  await first.stop();
  expect(fired).toEqual([]);
  const second = await start(ledger, path);
  second.windows$.subscribe((results) => fired.push(...results));
  await second.ingest(payload(event("b", { timestamp: "2026-01-31T12:00:15Z" })));
  await second.stop();
  expect(fired).toMatchObject([
    { sizeMs: 10_000, revision: 0, events: 1, startMs: Date.parse("2026-01-31T12:00:00Z") },
  ]);
});

test("a start and a change of policy are on record", async () => {
  const ledger = memoryLedger();
  const engine = await start(ledger, undefined);
  await engine.setPolicy(testPolicy({ hash: "sha256:next", name: "next" }));
  const { decisions } = await engine.ingest(payload(event("a")));
  expect(decisions[0]?.decision.policy).toBe("sha256:next");
  expect(ledger.records.map(({ type }) => type)).toEqual(["start", "policy", "decision"]);
  expect(JSON.parse(ledger.records[1]?.json ?? "")).toMatchObject({
    old: testPolicy().hash,
    new: "sha256:next",
    name: "next",
  });
  await engine.stop();
});

test("a policy that cannot be recorded does not come into force", async () => {
  let isBroken = false;
  const ledger = memoryLedger({ fails: () => isBroken });
  const engine = await start(ledger, undefined);
  isBroken = true;
  await expect(engine.setPolicy(testPolicy({ hash: "sha256:next" }))).rejects.toThrow();
  expect(engine.policy.hash).toBe(testPolicy().hash);
});
