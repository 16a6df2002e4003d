import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Engine } from "@sluice/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { segmentPaths } from "../ledger/segment-files.ts";
import { type TestLedger, testEngine, testLedger } from "../server/testing/engine.ts";
import type { AnalyticsStore, Refusal, SqlAnswer } from "./contracts.ts";
import { createAnalytics } from "./duckdb-analytics.ts";
import { ingestVaried } from "./testing/traffic.ts";

const isBuilt = existsSync(fileURLToPath(new URL("../../dist/analytics/worker.js", import.meta.url)));
/** One step of DuckDB that takes longer than any limit here. */
const HANGING = "SELECT max(list_sum(list_transform(range(100000000), x -> x * 2)))";
/** Long enough for an ordinary question on a machine that is busy with other tests. */
const TIME_LIMIT_MS = 1_000;
let ledger: TestLedger;
let engine: Engine;
let analytics: AnalyticsStore;
const events: string[] = [];

beforeAll(async () => {
  ledger = await testLedger();
  engine = await testEngine(ledger);
  await ingestVaried(engine, 0, 300);
  analytics = createAnalytics({
    directory: ledger.state().directory,
    writtenSeq: () => ledger.lastSeq,
    timeLimitMs: TIME_LIMIT_MS,
    graceMs: TIME_LIMIT_MS,
    log: ({ event }) => events.push(event),
  });
});
afterAll(async () => {
  await analytics.close();
  await engine.stop();
  await ledger.close();
});

const ask = (sql: string, catchUpMs = 30_000) => analytics.ask({ kind: "sql", sql, rowsMax: 100, catchUpMs });
const count = async () => JSON.parse(((await ask("SELECT count(*) FROM decisions")) as SqlAnswer).rowsJson) as unknown;

describe.skipIf(!isBuilt)(`analytics${isBuilt ? "" : " (skipped: run `npm run build` first)"}`, () => {
  test("costs nothing until it is asked, then reads the ledger and says so", async () => {
    expect(analytics.report.state()).toMatchObject({ state: "ready", detail: expect.stringContaining("first") });
    expect(await count()).toEqual([[300]]);
    expect(analytics.report.state()).toEqual({ state: "ready", detail: `300 rows, up to seq ${ledger.lastSeq}` });
    expect(events).toContain("analytics-ready");
  });

  test("an event that was acknowledged is found by the next question", async () => {
    await ingestVaried(engine, 300, 20);
    expect(await count()).toEqual([[320]]);
  });

  test("a thread that hangs is ended, the caller is told, and the next one has everything again", async () => {
    const [hung, behind] = await Promise.all([ask(HANGING), ask("SELECT count(*) FROM decisions")]);
    expect(hung).toMatchObject({ kind: "refused", reason: "too-slow", message: expect.stringContaining("1 s") });
    expect(behind).toMatchObject({ kind: "rows", rowsJson: "[[320]]" });
    expect(events).toContain("analytics-restarted");
    const restarts = analytics.report.metrics().find(({ name }) => name === "sluice_analytics_restarts_total");
    expect(restarts?.samples).toMatchObject([{ value: 1 }]);
  });

  test("a slow statement is ended at its limit, and the thread lives on", async () => {
    const slow = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range % 7 = b.range % 11";
    expect(await ask(slow)).toMatchObject({ kind: "refused", reason: "too-slow" });
    expect(await count()).toEqual([[320]]);
    expect(events.filter((event) => event === "analytics-restarted")).toHaveLength(1);
  });

  test("questions beyond those that may wait are refused at once", async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask("SELECT 1")));
    const busy = answers.filter((answer) => answer.kind === "refused");
    expect(busy.length).toBe(30 - 17);
    expect(busy[0]).toMatchObject({ reason: "busy" });
  });

  test("a search that is not waited for says that it is incomplete", async () => {
    const young = createAnalytics({ directory: ledger.state().directory, writtenSeq: () => ledger.lastSeq });
    const question = { kind: "search", filter: {}, order: "newest", limit: 10, catchUpMs: 0 } as const;
    expect(await young.ask(question)).toMatchObject({ count: 0, coverage: { toSeq: 0, isComplete: false } });
    expect(await young.ask({ ...question, catchUpMs: 30_000 })).toMatchObject({ coverage: { isComplete: true } });
    await young.close();
    expect(await young.ask(question)).toMatchObject({ kind: "refused", reason: "unavailable" });
  });

  test("a ledger that is damaged is named, and asking later tries again", async () => {
    const broken = await testLedger();
    const { directory } = broken.state();
    await writeFile(segmentPaths(directory, 1).segment, "not a segment".repeat(20));
    const blind = createAnalytics({ directory, writtenSeq: () => 10 });
    const refusal = (await blind.ask({ kind: "sql", sql: "SELECT 1", rowsMax: 1, catchUpMs: 5_000 })) as Refusal;
    expect(refusal).toMatchObject({ kind: "refused", reason: "unavailable" });
    expect(refusal.message).toMatch(/not a ledger segment.*ledger verify/s);
    expect(blind.report.state().state).toBe("failed");
    await blind.close();
    await broken.close();
  });
});
