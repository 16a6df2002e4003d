/** cgcp's own events, posted unchanged to a real server: nothing lost, nothing twice, the same decisions each time. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../app/src/testing/run-command.ts";
import { type LiveTestReader, readLive } from "./support/live-reader.ts";
import { type IngestAnswer, ingest, type Metrics, metrics, NDJSON_TYPE, sum } from "./support/requests.ts";
import { exportedDecisions, type Served, serve, verifyLedger } from "./support/served.ts";
import { sharedFile } from "./support/shared-data.ts";

const EVENTS = 1_716;
const JAILBREAKS = 103;
const BATCH = 128;
/** What a ledger record holds besides its decision. */
const LEDGER_MEMBERS = ["seq", "type", "event_digest", "claimed", "text"];
const file = sharedFile("cgcp_events.jsonl");

const wrapped = (lines: readonly string[]) => ({ body: `{"events":[${lines.join(",")}]}` });
const ndjson = (lines: readonly string[]) => ({ body: lines.join("\n"), headers: NDJSON_TYPE });

describe.skipIf(!file.isThere)(`cgcp's events${file.skipNote}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-cgcp-"));
  const data = join(folder, "data");
  const lines = file.isThere ? file.lines() : [];
  let served: Served;
  let live: LiveTestReader;
  let answers: readonly IngestAnswer[];
  let firstMetrics: Metrics;

  async function postAll(url: URL, wrap: typeof wrapped | typeof ndjson): Promise<readonly IngestAnswer[]> {
    const outcomes: IngestAnswer[] = [];
    for (let at = 0; at < lines.length; at += BATCH) {
      const { body, ...options } = wrap(lines.slice(at, at + BATCH));
      outcomes.push(await ingest(url, body, options));
    }
    return outcomes;
  }

  beforeAll(async () => {
    served = await serve(data);
    live = await readLive(served.url);
    answers = await postAll(served.url, wrapped);
    firstMetrics = await metrics(served.url);
    await live.until(() => live.decisions.length >= EVENTS);
  });
  afterAll(async () => {
    live?.close();
    await served?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  test("all are processed, and every counter adds up to them", () => {
    expect(total(answers, "processed")).toBe(EVENTS);
    expect(total(answers, "duplicates")).toBe(0);
    expect(answers.flatMap(({ rejected }) => rejected)).toEqual([]);
    expect(answers.reduce((count, { actions }) => count + sum(actions), 0)).toBe(EVENTS);
    expect(firstMetrics).toMatchObject({ total_events: EVENTS, duplicates: 0, rejected: {} });
    for (const key of ["actions_taken", "events_by_surface", "events_by_tier", "events_by_organisation"] as const) {
      expect([key, sum(firstMetrics[key])]).toEqual([key, EVENTS]);
    }
    const events = lines.map((line) => JSON.parse(line) as Record<string, string>);
    for (const [key, field] of [
      ["events_by_surface", "surface"],
      ["events_by_tier", "tier"],
      ["events_by_organisation", "org_id"],
    ] as const) {
      expect(firstMetrics[key]).toEqual(countBy(events.map((event) => String(event[field]))));
    }
    const decisions = answers.flatMap((answer) => answer.decisions);
    const counted = Object.fromEntries(Object.entries(firstMetrics.actions_taken).filter(([, count]) => count > 0));
    expect(counted).toEqual(countBy(decisions.map(({ action }) => String(action))));
    expect(firstMetrics.asl_triggers).toBe(decisions.filter(({ asl }) => asl !== null).length);
  });

  test("a reader of /live gets every decision once and in order", () => {
    expect(live.faults).toEqual([]);
    expect(live.gaps).toEqual([]);
    const ids = lines.map((line) => (JSON.parse(line) as { event_id: string }).event_id);
    expect(live.decisions.map(({ event_id }) => event_id)).toEqual(ids);
    const answered = answers.flatMap(({ decisions }) => decisions).map(({ output: _output, ...decision }) => decision);
    expect(live.decisions.map((decision) => JSON.stringify(decision))).toEqual(answered.map((d) => JSON.stringify(d)));
  });

  test("the chain verifies, and replay gives the ledger's decisions to the byte, twice", async () => {
    expect(await verifyLedger(data)).toMatchObject({ code: 0, report: { ok: true } });
    const [recorded, first, second] = await Promise.all([
      exportedDecisions(data),
      runCommand(["replay", file.path]),
      runCommand(["replay", file.path]),
    ]);
    expect(first).toMatchObject({ code: 0 });
    expect(second.stdout).toBe(first.stdout);
    const replayed = first.stdout.trimEnd().split("\n");
    expect(recorded).toHaveLength(EVENTS);
    const known = new Set([...LEDGER_MEMBERS, ...replayed.flatMap((line) => Object.keys(JSON.parse(line)))]);
    expect([...new Set(recorded.flatMap(Object.keys))].filter((key) => !known.has(key))).toEqual([]);
    expect(recorded.map(asReplayed)).toEqual(replayed);
  });

  test("most of the labelled jailbreaks get more than allow", async () => {
    const actions = new Map(answers.flatMap(({ decisions }) => decisions).map((d) => [d.event_id, d.action]));
    const labelled = lines
      .map((line) => JSON.parse(line) as { event_id: string; tags: string[] })
      .filter(({ tags }) => tags[1] === "jailbreak_attempts");
    expect(labelled).toHaveLength(JAILBREAKS);
    const caught = labelled.filter(({ event_id }) => actions.get(event_id) !== "allow");
    expect(caught.length).toBeGreaterThanOrEqual(0.9 * JAILBREAKS);
  });

  test("posted again they are repeats: nothing new is recorded, counted or shown", async () => {
    const again = await postAll(served.url, wrapped);
    expect(total(again, "processed")).toBe(EVENTS);
    expect(total(again, "duplicates")).toBe(EVENTS);
    expect(again.flatMap(({ decisions }) => decisions)).toEqual(answers.flatMap(({ decisions }) => decisions));
    expect(await exportedDecisions(data)).toHaveLength(EVENTS);
    const afterwards = await metrics(served.url);
    expect(lasting(afterwards)).toEqual(lasting(firstMetrics));
    expect(afterwards.duplicates).toBe(EVENTS);
    expect(live.decisions).toHaveLength(EVENTS);
  });

  test("counters survive a stop and a kill -9", async () => {
    expect((await served.stop()).code).toBe(0);
    served = await serve(data);
    expect(lasting(await metrics(served.url))).toEqual(lasting(firstMetrics));
    await served.kill();
    served = await serve(data);
    expect(lasting(await metrics(served.url))).toEqual(lasting(firstMetrics));
    expect((await ingest(served.url, lines[0] ?? "")).duplicates).toBe(1);
  });

  test("posted as NDJSON to another server they are decided and counted the same", async () => {
    const other = await serve(join(folder, "other"));
    try {
      const outcomes = await postAll(other.url, ndjson);
      expect(total(outcomes, "processed")).toBe(EVENTS);
      expect(total(outcomes, "duplicates")).toBe(0);
      const decided = (all: readonly IngestAnswer[]) => all.flatMap(({ decisions }) => decisions).map(asReplayed);
      expect(decided(outcomes)).toEqual(decided(answers));
      expect(lasting(await metrics(other.url))).toEqual(lasting(firstMetrics));
    } finally {
      await other.kill();
    }
  });
});

const total = (answers: readonly IngestAnswer[], key: "processed" | "duplicates") =>
  answers.reduce((count, answer) => count + answer[key], 0);

/** A ledger record as `replay` would have printed its decision. */
function asReplayed(record: Readonly<Record<string, unknown>>): string {
  const decision = { ...record, decided_at: record.timestamp, latency_us: 0 };
  for (const member of LEDGER_MEMBERS) delete (decision as Record<string, unknown>)[member];
  return JSON.stringify(decision);
}

/** The counters that are folded from the ledger. */
function lasting(all: Metrics) {
  const { total_events, actions_taken, events_by_surface, events_by_tier, events_by_organisation } = all;
  const { risk_detections, asl_triggers } = all;
  const byName = { actions_taken, events_by_surface, events_by_tier, events_by_organisation, risk_detections };
  return { total_events, asl_triggers, ...byName };
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
