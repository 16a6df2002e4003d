import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "@sluice/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestLedger, testEngine, testLedger } from "../server/testing/engine.ts";
import { Analyst } from "./analyst.ts";
import { boundedQuery } from "./bounded-query.ts";
import type { Refusal, SearchFilter, SearchQuestion } from "./contracts.ts";
import { type Database, openDatabase } from "./duckdb.ts";
import { countBy, decisionsIn, ingestVaried, type LedgerDecision } from "./testing/traffic.ts";

const COUNT = 400;
let ledger: TestLedger;
let engine: Engine;
let database: Database;
let analyst: Analyst;
let recorded: LedgerDecision[];

beforeAll(async () => {
  ledger = await testLedger();
  engine = await testEngine(ledger);
  await ingestVaried(engine, 0, COUNT);
  recorded = await decisionsIn(ledger);
  database = await openDatabase(512 * 1024 ** 2);
  const settings = { directory: ledger.state().directory, rowsMax: 100_000, memoryBytesMax: 0, timeLimitMs: 5_000 };
  analyst = new Analyst(database, settings);
  readAll();
});
afterAll(async () => {
  analyst.close();
  await engine.stop();
  await ledger.close();
});

function readAll(): void {
  analyst.noteWritten(ledger.lastSeq);
  while (analyst.readBatch());
}

function rowsOf(sql: string): unknown[][] {
  const answer = analyst.query({ kind: "sql", sql, rowsMax: 10_000 });
  if (answer.kind === "refused") throw new Error(answer.message);
  return JSON.parse(answer.rowsJson) as unknown[][];
}
const refusalOf = (sql: string) => analyst.query({ kind: "sql", sql, rowsMax: 10 }) as Refusal;

describe("figures equal a plain count over the ledger", () => {
  test.each([
    ["action", (d) => d.action],
    ["tier", (d) => d.tier],
    ["org_id", (d) => d.org_id],
    ["surface", (d) => d.surface],
    ["severity", (d) => d.severity],
    ["policy", (d) => d.policy.slice(7, 19)],
    ["coalesce(conversation_id, '')", (d) => d.conversation_id ?? ""],
    ["coalesce(reason, '')", (d) => d.reasons[0]?.code ?? ""],
    [`strftime("timestamp", '%Y-%m-%dT%H')`, (d) => d.timestamp.slice(0, 13)],
  ] satisfies [string, (d: LedgerDecision["decision"]) => string][])("by %s", (column, key) => {
    const rows = rowsOf(`SELECT ${column} AS key, count(*) FROM decisions GROUP BY ALL ORDER BY key`);
    expect(rows).toEqual(countBy(recorded, ({ decision }) => key(decision)));
  });

  test("by side, category and score, and by rule", () => {
    const scores = recorded.flatMap(({ seq, decision }) =>
      Object.entries(decision.scores).flatMap(([side, by]) => Object.entries(by).map(([c, s]) => [seq, side, c, s])),
    );
    expect(rowsOf("SELECT * FROM scores ORDER BY seq")).toEqual(scores);
    const rules = recorded.flatMap(({ decision }) => decision.matches.map(({ rule }) => rule));
    const times = rowsOf("SELECT rule, sum(times) FROM matches GROUP BY rule ORDER BY rule");
    expect(times).toEqual(countBy(rules, (rule) => rule));
  });

  test("in every other column", () => {
    const rows = rowsOf(
      "SELECT seq, event_id, user_id, risk, top_score, latency_us, synthetic, decided_at FROM decisions ORDER BY seq",
    );
    const expected = recorded.map(({ seq, decision: d }) => {
      const top = Math.max(0, ...Object.values(d.scores.prompt), ...Object.values(d.scores.completion));
      return [seq, d.event_id, d.user_id, d.risk, top, d.latency_us, false, d.decided_at];
    });
    expect(rows).toEqual(expected);
  });
});

describe("a statement that is more than one SELECT is refused:", () => {
  test.each([
    ["an insert", "INSERT INTO decisions_1 SELECT * FROM decisions_1"],
    ["an insert behind a WITH", "WITH x AS (SELECT 1) INSERT INTO hourly SELECT * FROM hourly"],
    ["a delete", "DELETE FROM decisions_1"],
    ["two statements", "SELECT 1; DROP TABLE decisions_1"],
    ["two statements that close the wrapper", "SELECT 1) AS a; DROP TABLE decisions_1; SELECT * FROM (SELECT 1"],
    ["a comment over the wrapper", "SELECT 1) AS a; DROP TABLE hourly; --"],
    ["a setting", "SET enable_external_access = true"],
    ["a pragma", "PRAGMA database_list"],
    ["an attached database", "ATTACH 'elsewhere.db'"],
    ["an extension", "INSTALL json"],
    ["an extension to load", "LOAD json"],
    ["a copy", "COPY decisions_1 TO 'out.csv'"],
    ["a call", "CALL pragma_version()"],
    ["an export", "EXPORT DATABASE 'out'"],
    ["a macro", "CREATE MACRO f() AS 1"],
    ["nothing", " -- only a comment"],
    ["a very long one", `SELECT '${"x".repeat(70_000)}'`],
  ])("%s", (_name, sql) => {
    expect(refusalOf(sql)).toMatchObject({ kind: "refused", reason: "invalid" });
    expect(rowsOf("SELECT count(*) FROM decisions")).toEqual([[COUNT]]);
    expect(rowsOf("SELECT value FROM duckdb_settings() WHERE name = 'enable_external_access'")).toEqual([["false"]]);
  });
});

describe("files, network and extensions cannot be reached:", () => {
  const secret = () => join(ledger.state().directory, "secret.csv");
  test.each([
    ["read_csv", () => `SELECT * FROM read_csv('${secret()}')`],
    ["a file as a table", () => `SELECT * FROM '${secret()}'`],
    ["read_text", () => `SELECT * FROM read_text('${secret()}')`],
    ["read_blob", () => `SELECT * FROM read_blob('${secret()}')`],
    ["glob", () => `SELECT * FROM glob('${secret()}')`],
    ["the network", () => "SELECT * FROM 'http://127.0.0.1:1/x.csv'"],
    ["a query inside a query", () => `SELECT * FROM query('SELECT * FROM read_text(''${secret()}'')')`],
    ["parquet", () => "SELECT * FROM read_parquet('x')"],
    ["json", () => "SELECT * FROM read_json('x')"],
    ["json functions", () => "SELECT json_extract('{}', '$')"],
    ["a json type", () => "SELECT '{}'::JSON"],
    ["time zones", () => `SELECT "timestamp" AT TIME ZONE 'Europe/Berlin' FROM decisions`],
    ["times with a zone", () => `SELECT date_trunc('hour', "timestamp"::TIMESTAMPTZ) FROM decisions`],
    ["the environment", () => "SELECT getenv('HOME')"],
  ])("%s", (_name, sql) => {
    writeFileSync(secret(), "not for questions\n");
    const { kind, reason, message } = refusalOf(sql());
    expect([kind, reason]).toEqual(["refused", "invalid"]);
    expect(message).not.toContain("not for questions");
    expect(message).not.toContain("INSTALL");
    expect(existsSync(join(ledger.state().directory, "out.csv"))).toBe(false);
  });
});

describe("an answer", () => {
  test("ends at its rows, at its bytes and at its time, and says so", () => {
    const bounds = { rowsMax: 10, bytesMax: 1_000_000, timeLimitMs: 5_000 };
    const run = (sql: string, more: Partial<typeof bounds> = {}) => boundedQuery(database, sql, { ...bounds, ...more });
    expect(run("SELECT range FROM range(10)")).toMatchObject({ rowCount: 10, isTruncated: false });
    expect(run("SELECT range FROM range(11)")).toMatchObject({ rowCount: 10, isTruncated: true });
    const wide = run("SELECT repeat('x', 1000) FROM range(10)", { bytesMax: 4_000 });
    expect(wide).toMatchObject({ rowCount: 3, isTruncated: true });
    const endless = "SELECT sum(range % 7) FROM range(10000000000000)"; // one task: no other waits when it is cancelled
    expect(run(endless, { timeLimitMs: 50 })).toMatchObject({ kind: "refused", reason: "too-slow" });
    expect(run("SELECT 1")).toMatchObject({ rowsJson: "[[1]]" });
  });

  test("keeps the order of the statement, and takes a comment and a semicolon at its end", () => {
    expect(rowsOf("SELECT seq FROM decisions ORDER BY seq DESC LIMIT 2; -- the newest")).toEqual(
      recorded
        .slice(-2)
        .reverse()
        .map(({ seq }) => [seq]),
    );
    expect(rowsOf("/* one */ WITH t AS (SELECT 1 AS a) SELECT a FROM t -- done")).toEqual([[1]]);
  });

  test("gives each type as JSON, and two columns of one name", () => {
    const sql = `SELECT 1 AS a, 2.5::DECIMAL(9, 2) AS a, 'ö"' AS t, true AS b, NULL AS n, DATE '2026-01-02' AS d,
      TIMESTAMP '2026-01-02 03:04:05.678' AS ts, [1, 2] AS l, {'k': 'v'} AS s, 1e400::DOUBLE AS inf`;
    const answer = analyst.query({ kind: "sql", sql, rowsMax: 1 });
    expect(answer).toMatchObject({
      columns: [
        { name: "a", type: "number" },
        { name: "a_1", type: "number" },
        { name: "t", type: "text" },
        { name: "b", type: "boolean" },
        { name: "n" },
        { name: "d", type: "time" },
        { name: "ts", type: "time" },
        { name: "l", type: "other" },
        { name: "s", type: "other" },
        { name: "inf", type: "number" },
      ],
      rowsJson: '[[1,2.5,"ö\\"",true,null,"2026-01-02","2026-01-02T03:04:05.678Z",[1,2],{"k":"v"},null]]',
    });
  });

  test("knows now and today without time zones", () => {
    const [[isNear, type]] = rowsOf(
      "SELECT abs(epoch(now()) - epoch(max(decided_at))) < 600, typeof(now()) FROM decisions",
    ) as [[boolean, string]];
    expect([isNear, type]).toEqual([true, "TIMESTAMP"]);
    expect(rowsOf("SELECT count(*) FROM decisions WHERE decided_at > now() - INTERVAL 1 HOUR")).toEqual([[COUNT]]);
  });

  test("to a wrong statement says where", () => {
    const refusal = refusalOf("SELECT org_id,\n  nope\nFROM decisions");
    expect(refusal).toMatchObject({ reason: "invalid", position: { line: 2, column: 3 } });
    expect(refusal.message).toMatch(/nope/);
    expect(refusalOf("SELECT count(* FROM decisions").position).toEqual({ line: 1, column: 16 });
  });
});

describe("a search", () => {
  const search = (filter: SearchFilter, more: Partial<SearchQuestion> = {}) => {
    const answer = analyst.search({ kind: "search", filter, order: "newest", limit: 1_000, ...more });
    if (answer.kind === "refused") throw new Error(answer.message);
    return { ...answer, decisions: JSON.parse(answer.decisionsJson) as ({ seq: number } & Record<string, unknown>)[] };
  };
  const expected = (isFound: (d: LedgerDecision["decision"]) => boolean) =>
    recorded
      .filter(({ decision }) => isFound(decision))
      .map(({ seq, decision }) => ({ seq, ...decision }))
      .reverse();

  test.each([
    ["everything", {}, () => true],
    ["an organisation, quoted", { org: "o'brien & söhne" }, (d) => d.org_id === "o'brien & söhne"],
    ["a user", { user: "user-3" }, (d) => d.user_id === "user-3"],
    ["tiers", { tiers: ["general", "enterprise"] }, (d) => d.tier !== "research_sandbox"],
    ["surfaces", { surfaces: ["api"] }, (d) => d.surface === "api"],
    ["actions", { actions: ["block", "redact"] }, (d) => d.action !== "allow"],
    ["a conversation", { conversation: "talk-4" }, (d) => d.conversation_id === "talk-4"],
    ["a category", { category: "privacy" }, (d) => d.scores.prompt.privacy !== undefined],
    [
      "a category and score",
      { category: "jailbreak", minScore: 0.95 },
      (d) => (d.scores.prompt.jailbreak ?? 0) >= 0.95,
    ],
    ["any score", { minScore: 0.6 }, (d) => Object.values(d.scores.prompt).some((score) => score >= 0.6)],
    ["a rule", { rule: "privacy.word.001" }, (d) => d.matches.some(({ rule }) => rule === "privacy.word.001")],
    ["rules by beginning", { rule: "jailbreak.*" }, (d) => d.matches.some(({ rule }) => rule.startsWith("jailbreak."))],
    [
      "a time",
      { fromMs: Date.UTC(2026, 0, 1, 5), toMs: Date.UTC(2026, 0, 1, 6) },
      (d) => d.timestamp >= "2026-01-01T05" && d.timestamp < "2026-01-01T06",
    ],
    ["what is not there", { org: "' OR 1=1 --" }, () => false],
    [
      "conditions together",
      { tiers: ["general"], actions: ["block"] },
      (d) => d.tier === "general" && d.action === "block",
    ],
  ] satisfies [string, SearchFilter, (d: LedgerDecision["decision"]) => boolean][])(
    "by %s finds whole decisions, newest first",
    (_name, filter, isFound) => {
      expect(search(filter).decisions).toEqual(expected(isFound));
    },
  );

  test("goes page by page without gaps or repeats while events arrive", async () => {
    for (const order of ["newest", "oldest"] as const) {
      const atStart = (await decisionsIn(ledger)).map(({ seq }) => seq);
      const seen: number[] = [];
      for (let after: number | undefined, page = 0; ; page += 1) {
        const { decisions, nextSeq } = search(
          {},
          { order, limit: 37, ...(after === undefined ? {} : { afterSeq: after }) },
        );
        seen.push(...decisions.map(({ seq }) => seq));
        if (nextSeq === undefined) break;
        after = nextSeq;
        if (page < 5) await ingestVaried(engine, 10_000 + ledger.lastSeq, 10);
        readAll();
      }
      const all = (await decisionsIn(ledger)).map(({ seq }) => seq);
      expect(seen).toEqual(order === "oldest" ? all : atStart.reverse());
    }
  });

  test("says how far it reaches", async () => {
    await ingestVaried(engine, 50_000, 5);
    const before = search({}, { limit: 1 });
    expect(before.coverage).toMatchObject({ isComplete: true });
    analyst.noteWritten(ledger.lastSeq);
    expect(search({}).coverage).toEqual({ fromSeq: 1, toSeq: ledger.lastSeq - 5, isComplete: false });
    readAll();
    expect(search({}).coverage).toEqual({ fromSeq: 1, toSeq: ledger.lastSeq, isComplete: true });
  });
});
