import type { Engine } from "@sluice/engine";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestLedger, testEngine, testLedger } from "../server/testing/engine.ts";
import { DecisionRows } from "./decision-rows.ts";
import { DecisionTables } from "./decision-tables.ts";
import { type Database, openDatabase } from "./duckdb.ts";
import { LedgerFollower } from "./ledger-follower.ts";
import { countBy, decisionsIn, ingestVaried, type LedgerDecision } from "./testing/traffic.ts";

let ledger: TestLedger;
let engine: Engine;
let database: Database;
let recorded: LedgerDecision[];

beforeAll(async () => {
  ledger = await testLedger();
  engine = await testEngine(ledger);
  for (let from = 0; from < 400; from += 20) await ingestVaried(engine, from, 20);
  recorded = await decisionsIn(ledger);
  const revision = JSON.stringify({ ...recorded[0]!.decision, revision: 1, action: "block" }); // counts nowhere
  await ledger.append([{ type: "decision", json: revision, isRevision: true }]).written;
  database = await openDatabase(512 * 1024 ** 2);
});
afterAll(async () => {
  await engine.stop();
  await ledger.close();
});

function fill(rowsMax: number, hourlyRowsMax?: number): DecisionTables {
  for (const table of database.column("SELECT table_name FROM duckdb_tables()")) database.run(`DROP TABLE ${table}`);
  const tables = new DecisionTables(database, { rowsMax, ...(hourlyRowsMax === undefined ? {} : { hourlyRowsMax }) });
  const follower = new LedgerFollower(ledger.state().directory);
  const rows = new DecisionRows(database.arrow);
  for (;;) {
    const records = follower.next(ledger.lastSeq, 20);
    if (records.length === 0) break;
    for (const record of records) rows.add(record);
    tables.insert(rows, follower.lastSeq);
  }
  follower.close();
  return tables;
}

const pairs = (sql: string): [unknown, unknown][] => {
  const keys = database.column(`SELECT key FROM (${sql}) ORDER BY key`);
  const counts = database.column(`SELECT CAST(count AS DOUBLE) FROM (${sql}) ORDER BY key`);
  return keys.map((key, at) => [key, counts[at]]);
};
const total = (sql: string) => Number(database.column(sql)[0]);

test("older rows become hourly counts, and counts over both equal the counters and a plain count", () => {
  const tables = fill(160);
  expect(tables.rowCount).toBeGreaterThanOrEqual(140);
  expect(tables.rowCount).toBeLessThanOrEqual(160 + 20);
  expect(total("SELECT count(*) FROM decisions")).toBe(tables.rowCount);
  expect(total("SELECT min(seq) FROM decisions")).toBe(tables.fromSeq);
  expect(total("SELECT count(*) FROM hourly")).toBeGreaterThan(0);
  const rolledUp = recorded.filter(({ seq }) => seq < tables.fromSeq);
  expect(tables.rolledUpToMs).toBe(Math.max(...rolledUp.map(({ decision }) => Date.parse(decision.timestamp))) + 1);
  const counters = engine.counters();
  const by = (key: string) => `SELECT ${key} AS key, sum(decisions) AS count FROM totals GROUP BY ALL`;
  expect(total("SELECT sum(decisions) FROM totals")).toBe(counters.total);
  expect(total("SELECT sum(asl_triggers) FROM totals")).toBe(counters.aslTriggers);
  expect(pairs(by("tier"))).toEqual(Object.entries(counters.byTier).sort());
  expect(pairs(by("surface"))).toEqual(Object.entries(counters.bySurface).sort());
  expect(pairs(by("org_id"))).toEqual(Object.entries(counters.byOrganisation).sort());
  expect(pairs(by("action"))).toEqual(
    Object.entries(counters.actions)
      .filter(([, count]) => count > 0)
      .sort(),
  );
  const hours = pairs(by("strftime(hour, '%Y-%m-%dT%H')"));
  expect(hours).toEqual(countBy(recorded, ({ decision }) => decision.timestamp.slice(0, 13)));
  const detections = "SELECT category AS key, sum(detections) AS count FROM category_totals GROUP BY ALL";
  expect(pairs(`SELECT * FROM (${detections}) WHERE count > 0`)).toEqual(
    Object.entries(counters.riskDetections).sort(),
  );
});

test("hourly rows are bounded as well: the oldest lose hour and names, never their count", () => {
  fill(160, 50);
  expect(total("SELECT count(*) FROM hourly")).toBeLessThanOrEqual(50);
  expect(total("SELECT count(*) FROM hourly WHERE hour IS NULL AND org_id = 'other'")).toBeGreaterThan(0);
  const counters = engine.counters();
  expect(total("SELECT sum(decisions) FROM totals")).toBe(counters.total);
  const actions = pairs("SELECT action AS key, sum(decisions) AS count FROM totals GROUP BY ALL");
  expect(actions).toEqual(
    Object.entries(counters.actions)
      .filter(([, count]) => count > 0)
      .sort(),
  );
});

test("rows that take much memory are rolled up sooner, by their bytes", () => {
  for (const table of database.column("SELECT table_name FROM duckdb_tables()")) database.run(`DROP TABLE ${table}`);
  const tables = new DecisionTables(database, { rowsMax: 800 });
  const rows = new DecisionRows(database.arrow);
  const [{ decision } = { decision: undefined }] = recorded;
  for (let seq = 1; seq <= 800; seq += 1) {
    const wide = { seq, type: "decision", ...decision, event_id: "é".repeat(2_000) };
    rows.add({ seq, bytes: Buffer.from(JSON.stringify(wide)) });
    if (seq % 10 === 0) tables.insert(rows, seq);
  }
  expect(tables.rowCount).toBeLessThan(250);
  expect(total("SELECT sum(decisions) FROM totals")).toBe(800);
});
