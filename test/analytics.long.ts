/** Figures of analytics against the counters and a plain fold over the ledger, through the real command. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines, runProcess } from "./sluice-process.ts";
import { JSON_TYPE, metrics, NDJSON_TYPE, send } from "./support/requests.ts";
import { exportedDecisions, type Served, serve } from "./support/served.ts";
import { sharedFile } from "./support/shared-data.ts";

const cgcp = sharedFile("cgcp_events.jsonl");
const data = mkdtempSync(join(tmpdir(), "sluice-analytics-"));
let served: Served;
let decisions: Record<string, unknown>[];

/** cgcp's events where they are there, else simulated ones. */
async function events(): Promise<string> {
  if (cgcp.isThere) return cgcp.lines().join("\n");
  return (await runProcess(["simulate", "--events", "1500"])).stdout;
}

beforeAll(async () => {
  served = await serve(data);
  const lines = (await events()).split("\n").filter((line) => line !== "");
  for (let at = 0; at < lines.length; at += 500) {
    const body = lines.slice(at, at + 500).join("\n");
    expect((await send(served.url, "/ingest", { body, headers: NDJSON_TYPE })).status).toBe(200);
  }
  decisions = await exportedDecisions(data);
});
afterAll(async () => {
  await served.kill();
  rmSync(data, { recursive: true, force: true });
});

async function ask(sql: string): Promise<unknown[][]> {
  const { status, text } = await send(served.url, "/query", { body: JSON.stringify({ sql }), headers: JSON_TYPE });
  const answer = JSON.parse(text) as { rows: unknown[][]; error?: string; searched: { complete: boolean } };
  expect([status, answer.error, answer.searched?.complete]).toEqual([200, undefined, true]);
  return answer.rows;
}
const counted = async (column: string) =>
  Object.fromEntries(
    (await ask(`SELECT ${column} AS key, sum(decisions) FROM totals GROUP BY ALL`)) as [string, number][],
  );
function folded(key: (decision: Record<string, unknown>) => unknown): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const decision of decisions) counts[String(key(decision))] = (counts[String(key(decision))] ?? 0) + 1;
  return counts;
}
const withoutZeros = (counts: unknown) =>
  Object.fromEntries(Object.entries(counts as Record<string, number>).filter(([, count]) => count > 0));

test("every figure equals the counters and a plain fold over the ledger", async () => {
  const counters = (await metrics(served.url)) as unknown as Record<string, unknown>;
  expect(await ask("SELECT count(*) FROM decisions")).toEqual([[decisions.length]]);
  expect(counters.total_events).toBe(decisions.length);
  for (const [column, name] of [
    ["action", "actions_taken"],
    ["tier", "events_by_tier"],
    ["org_id", "events_by_organisation"],
    ["surface", "events_by_surface"],
  ] as const) {
    const figures = await counted(column);
    expect(figures).toEqual(withoutZeros(counters[name]));
    expect(figures).toEqual(folded((decision) => decision[column]));
  }
  const detections = await ask("SELECT category, sum(detections) FROM category_totals GROUP BY ALL");
  expect(withoutZeros(Object.fromEntries(detections as [string, number][]))).toEqual(counters.risk_detections);
  expect(await ask("SELECT sum(asl_triggers) FROM totals")).toEqual([[counters.asl_triggers]]);
});

test("hours are those of event time", async () => {
  const hours = await counted("strftime(hour, '%Y-%m-%dT%H')");
  expect(hours).toEqual(folded(({ timestamp }) => String(timestamp).slice(0, 13).replace(" ", "T")));
});

test("after a kill the tables are read anew and say the same", async () => {
  const before = await counted("org_id || action");
  await served.kill();
  served = await serve(data, ["--analytics", "on"]);
  expect(await counted("org_id || action")).toEqual(before);
  const ready = JSON.parse((await send(served.url, "/ready")).text) as { parts: Record<string, unknown> };
  expect(ready.parts.analytics).toMatchObject({
    state: "ready",
    detail: expect.stringContaining(`${decisions.length} rows`),
  });
});

test("a search pages through all decisions of the ledger, newest first", async () => {
  const seqs: number[] = [];
  for (let cursor = ""; ; ) {
    const { text } = await send(served.url, `/decisions?limit=1000${cursor}`);
    const page = JSON.parse(text) as { decisions: { seq: number }[]; next: string | null };
    seqs.push(...page.decisions.map(({ seq }) => seq));
    if (page.next === null) break;
    cursor = `&cursor=${page.next}`;
  }
  expect(seqs).toEqual(decisions.map(({ seq }) => seq).reverse());
});

test("the command reads the folder beside the running server and disturbs nothing", async () => {
  const files = () => readdirSync(join(data, "ledger")).sort();
  const before = files();
  const sql = "SELECT action, count(*) AS n FROM decisions GROUP BY action ORDER BY action";
  const { code, stdout, stderr } = await runProcess(["query", sql, "--data", data]);
  expect([code, stderr]).toEqual([0, ""]);
  const figures = Object.fromEntries(jsonLines(stdout).map(({ action, n }) => [action, n]));
  expect(figures).toEqual(folded(({ action }) => action));
  expect(files()).toEqual(before);
  const http = await runProcess(["query", sql, "--http", served.url.href, "--format", "csv"]);
  expect(http.stdout).toBe(
    `action,n\n${jsonLines(stdout)
      .map(({ action, n }) => `${action},${n}\n`)
      .join("")}`,
  );
});

test("the command says where a statement is wrong, and exits 2", async () => {
  const wrong = ["query", "SELECT action,\n  nope FROM decisions", "--http", served.url.href];
  const { code, stdout, stderr } = await runProcess(wrong);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("    nope FROM decisions\n    ^ line 2, column 3");
  const target = join(data, "stolen.csv");
  writeFileSync(target, "secret\n");
  const attack = (statement: string) => runProcess(["query", statement, "--http", served.url.href]);
  expect(await attack(`SELECT * FROM read_csv('${target}')`)).toMatchObject({
    ...{ code: 2, stdout: "", stderr: expect.stringContaining("disabled") },
  });
  expect(await attack(`COPY decisions TO '${target}.copy'`)).toMatchObject({
    ...{ code: 2, stdout: "", stderr: expect.stringContaining("COPY is not allowed") },
  });
  expect(existsSync(`${target}.copy`)).toBe(false);
});

test("the command lists what can be asked", async () => {
  const { code, stdout } = await runProcess(["query", "--schema"]);
  expect(code).toBe(0);
  const tables = new Set(jsonLines(stdout).map(({ table }) => table));
  expect([...tables]).toEqual([
    ...["decisions", "scores", "matches", "hourly", "hourly_categories", "totals", "category_totals"],
  ]);
});
