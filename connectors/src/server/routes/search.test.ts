import type { Engine } from "@sluice/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnalyticsStore, Question, Refusal, SearchAnswer, SqlAnswer } from "../../analytics/contracts.ts";
import { nodeAdapter } from "../node/adapter.ts";
import { createServer, type SluiceServer } from "../server.ts";
import { call, post } from "../testing/client.ts";
import { type TestLedger, testEngine, testLedger } from "../testing/engine.ts";

const COVERAGE = { fromSeq: 5, toSeq: 9, isComplete: false, rolledUpToMs: Date.UTC(2026, 0, 2) };
const PAGE: SearchAnswer = {
  kind: "decisions",
  decisionsJson: '[{"seq":7,"event_id":"e"}]',
  count: 1,
  nextSeq: 7,
  coverage: COVERAGE,
};
const ROWS: SqlAnswer = {
  kind: "rows",
  columns: [{ name: "n", type: "number" }],
  rowsJson: "[[1]]",
  rowCount: 1,
  isTruncated: true,
  elapsedMs: 3,
  coverage: COVERAGE,
};
const SEARCHED = { from_seq: 5, to_seq: 9, complete: false, rolled_up_to: "2026-01-02T00:00:00.000Z" };

let ledger: TestLedger;
let engine: Engine;
const servers: SluiceServer[] = [];
const asked: Question[] = [];
let refusal: Refusal | undefined;
let port: number;
let portWithout: number;

const analytics: AnalyticsStore = {
  // The answers of the contract's overloads, by the kind of the question.
  async ask(question: Question) {
    asked.push(question);
    return (refusal ?? (question.kind === "sql" ? ROWS : PAGE)) as never;
  },
  start() {},
  report: { name: "analytics", isVital: false, state: () => ({ state: "ready", detail: "" }), metrics: () => [] },
  async close() {},
};

beforeAll(async () => {
  ledger = await testLedger();
  engine = await testEngine(ledger);
  const listen = async (more: object) => {
    const server = createServer({ adapter: nodeAdapter(), engine, ledger, ...more });
    servers.push(server);
    return (await server.listen("127.0.0.1", 0)).port;
  };
  port = await listen({ analytics });
  portWithout = await listen({});
});
afterAll(async () => {
  for (const server of servers) await server.close(1_000);
  await engine.stop();
  await ledger.close();
});

describe("GET /decisions", () => {
  test("hands every parameter on, and answers the page, the next cursor and what was searched", async () => {
    const query =
      "org=a%26b&user=u&conversation=c&tier=general,minor&surface=api&action=block,warn&category=cbrn&min_score=.25" +
      "&rule=cbrn.*&from=2026-01-01&to=2026-01-01T12:00:00%2B01:00&order=oldest&limit=7&cursor=12";
    const { status, json } = await call(port, `/decisions?${query}`);
    expect([status, json]).toEqual([200, { decisions: [{ seq: 7, event_id: "e" }], next: "7", searched: SEARCHED }]);
    expect(asked.at(-1)).toMatchObject({
      kind: "search",
      order: "oldest",
      afterSeq: 12,
      limit: 7,
      filter: {
        ...{ org: "a&b", user: "u", conversation: "c", category: "cbrn", minScore: 0.25, rule: "cbrn.*" },
        ...{ tiers: ["general", "minor"], surfaces: ["api"], actions: ["block", "warn"] },
        ...{ fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 0, 1, 11) },
      },
    });
  });

  test("without parameters asks for the newest hundred", async () => {
    await call(port, "/decisions");
    expect(asked.at(-1)).toMatchObject({ filter: {}, order: "newest", limit: 100 });
  });

  test.each([
    ["an unknown parameter", "ogr=a", /^ogr is no parameter: there are org,/],
    ["one of every object", "constructor=a", /^constructor is no parameter/],
    ["one given twice", "org=a&org=b", /^org is given twice/],
    ["an empty name", "org=", /^org must be 1 to 128 characters/],
    ["a long name", `user=${"x".repeat(129)}`, /^user must be/],
    ["an unknown action", "action=deny", /^action must be allow, warn/],
    ["an empty tier in a list", "tier=general,,minor", /^tier must be/],
    ["too many tiers", `tier=${Array(33).fill("t").join(",")}`, /^tier must be/],
    ["a score above 1", "min_score=1.1", /^min_score must be a score from 0 to 1/],
    ["a score that is no number", "min_score=high", /^min_score/],
    ["an empty score", "min_score=", /^min_score/],
    ["a time that is none", "from=yesterday", /^from must be an RFC 3339 time/],
    ["a day that is none", "to=2026-13-01", /^to must be/],
    ["times the wrong way round", "from=2026-01-02&to=2026-01-01", /^from must be before to/],
    ["a limit of 0", "limit=0", /^limit must be a whole number from 1 to 1000/],
    ["a limit above the most", "limit=1001", /^limit/],
    ["a cursor that is none", "cursor=-1", /^cursor must be what `next`/],
    ["an unknown order", "order=asc", /^order must be newest or oldest/],
  ])("%s is a 400 that names it", async (_name, query, message) => {
    const { status, json } = await call(port, `/decisions?${query}`);
    expect(status).toBe(400);
    expect(json.error).toMatch(message);
  });

  test("without analytics is a 503 that says what works, and a decision by its id is one of them", async () => {
    const { status, json, headers } = await call(portWithout, "/decisions");
    expect([status, headers["retry-after"]]).toEqual([503, "1"]);
    expect(json.error).toContain("GET /decisions/{event_id}");
    expect((await call(portWithout, "/decisions/nothing")).status).toBe(404);
    expect((await post(portWithout, "/query", { sql: "SELECT 1" })).status).toBe(503);
  });
});

describe("POST /query", () => {
  test("answers columns, rows and what was searched", async () => {
    const { status, json } = await post(port, "/query", { sql: "SELECT 1 AS n", rows_max: 1, wait_ms: 20 });
    expect(status).toBe(200);
    expect(json).toEqual({
      columns: [{ name: "n", type: "number" }],
      rows: [[1]],
      row_count: 1,
      truncated: true,
      elapsed_ms: 3,
      searched: SEARCHED,
    });
    expect(asked.at(-1)).toEqual({ kind: "sql", sql: "SELECT 1 AS n", rowsMax: 1, catchUpMs: 20 });
  });

  test.each([
    ["no JSON", "SELECT 1", /must be JSON/],
    ["a list", "[]", /must be a JSON object/],
    ["no statement", "{}", /^sql must be/],
    ["an unknown member", '{"sql":"SELECT 1","limit":1}', /^limit is no member/],
    ["too many rows", '{"sql":"SELECT 1","rows_max":10001}', /^rows_max/],
    ["rows that are no number", '{"sql":"SELECT 1","rows_max":"1"}', /^rows_max/],
    ["a long wait", '{"sql":"SELECT 1","wait_ms":30001}', /^wait_ms/],
  ])("%s is a 400", async (_name, body, message) => {
    const { status, json } = await post(port, "/query", body);
    expect(status).toBe(400);
    expect(json.error).toMatch(message);
  });

  test("a body over its limit is a 413, another content type a 415, another host or origin a 403", async () => {
    expect((await post(port, "/query", { sql: "x".repeat(200_000) })).status).toBe(413);
    expect((await post(port, "/query", "SELECT 1", "text/plain")).status).toBe(415);
    const sql = JSON.stringify({ sql: "SELECT 1" });
    const from = (headers: Record<string, string>) =>
      call(port, "/query", { method: "POST", body: sql, headers: { "content-type": "application/json", ...headers } });
    expect((await from({ host: "evil.example" })).status).toBe(403);
    expect((await from({ origin: "https://evil.example" })).status).toBe(403);
    expect((await call(port, "/query")).status).toBe(405);
  });

  test.each([
    ["invalid", 400, { reason: "invalid", position: { line: 1, column: 8 } }],
    ["too-slow", 400, { reason: "too-slow" }],
    ["busy", 503, {}],
    ["unavailable", 503, {}],
  ] as const)("a refusal as %s is a %i", async (reason, status, more) => {
    refusal = {
      kind: "refused",
      reason,
      message: "because",
      ...("position" in more ? { position: more.position } : {}),
    };
    const answer = await post(port, "/query", { sql: "SELECT nope" });
    refusal = undefined;
    expect(answer.status).toBe(status);
    expect(answer.json).toEqual({ error: "because", rejected: [], ...more });
  });
});
