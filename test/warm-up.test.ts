/** A start warms up on made-up events, and leaves no trace of them. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SluiceOptions } from "@sluice/app";
import { verifyLedger } from "@sluice/connectors";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sampleEvent } from "./support/sample-event.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-test-"));
  vi.stubEnv("TMPDIR", folder);
});
/** Of a process whose code is cold. */
async function createSluice(options: SluiceOptions = {}) {
  vi.resetModules();
  return (await import("@sluice/app")).createSluice(options);
}
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("nothing is recorded, counted or left in a folder", async () => {
  const dataDir = join(folder, "data");
  const sluice = await createSluice({ dataDir });
  expect(readdirSync(folder)).toEqual(["data"]);
  const { engine } = sluice;
  expect(engine.counters()).toMatchObject({ total: 0, duplicates: 0, rejected: {}, lateEvents: 0, shed: 0 });
  expect(engine.latency().count).toBe(0);
  expect(engine.metrics().find(({ name }) => name === "sluice_decision_latency_seconds")?.samples).toMatchObject([
    { count: 0 },
  ]);
  const { processed, decisions } = await sluice.ingest(Buffer.from(JSON.stringify(sampleEvent({}))));
  expect(processed).toBe(1);
  expect(decisions[0]?.seq).toBe(2); // behind the record of the start
  await sluice.close();
  expect(await verifyLedger(dataDir)).toMatchObject({ ok: true, records: 2 });
});

test("without a data folder it touches no disk", async () => {
  const sluice = await createSluice();
  expect(readdirSync(folder)).toEqual([]);
  await sluice.close();
});

test("where no folder for passing files can be had, it starts all the same", async () => {
  vi.stubEnv("TMPDIR", join(folder, "missing"));
  const sluice = await createSluice({ dataDir: join(folder, "data") });
  expect(readdirSync(folder)).toEqual(["data"]);
  await sluice.close();
});

test("a server that begins to listen has answered nobody, and its engine has seen nothing", async () => {
  const sluice = await createSluice({ dataDir: join(folder, "data") });
  const url = await sluice.listen({ port: 0 });
  /** Requests and decisions, as the page of metrics counts them; its own requests left out. */
  const counted = async () => {
    const answer = await fetch(new URL("/metrics", url), { headers: { accept: "text/plain" } });
    const lines = (await answer.text()).match(/^sluice_(?:http_requests|decisions)_total\{.*[1-9]\d*$/gm) ?? [];
    return lines.filter((line) => !line.includes('"/metrics"'));
  };
  expect(await counted()).toEqual([]);
  expect(readdirSync(folder)).toEqual(["data"]);
  await fetch(new URL("/ingest", url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(sampleEvent()),
  });
  expect(await counted()).toHaveLength(2);
  await sluice.close();
});
