/** `sluice demo`: what it prints is what the engine decided and the ledger holds. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type DemoLabel, expected, verdictOn } from "../app/src/demo/expectation.ts";
import { demoScenario } from "../app/src/demo/scenarios.ts";
import { localSystem } from "../app/src/demo/system.ts";
import { isSound } from "../app/src/demo/terminal-report.ts";
import { jsonLines, run } from "./sluice-process.ts";
import { metrics } from "./support/requests.ts";
import { exportedDecisions, serve, verifyLedger } from "./support/served.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-demo-test-"));
const path = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FREE_POLICY = `version: 1
name: free
base_rate: 0.02
fail_mode: open
retention: { text: none }
tiers: { general: {} }
thresholds: {}
`;

interface OutcomeLine {
  readonly event_id: string;
  readonly tier: string;
  readonly action: string;
  readonly label: DemoLabel;
  readonly verdict: string;
}
const outcomes = (stdout: string) =>
  jsonLines(stdout).filter(({ type }) => type === "outcome") as unknown as OutcomeLine[];
const ofType = (stdout: string, wanted: string) => jsonLines(stdout).filter(({ type }) => type === wanted);

test("every outcome that is printed is a decision of the ledger that it leaves, which verifies", async () => {
  const data = path("kept");
  const { code, stdout, stderr } = await run(["demo", "--data", data]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const printed = outcomes(stdout);
  const recorded = await exportedDecisions(data);
  expect(printed.map(({ event_id, action }) => [event_id, action])).toEqual(
    recorded.map(({ event_id, action }) => [event_id, action]),
  );
  expect(recorded.every(({ synthetic }) => synthetic === true)).toBe(true);
  expect(await verifyLedger(data)).toMatchObject({ code: 0, report: { ok: true } });
  expect(ofType(stdout, "ledger")).toMatchObject([{ kind: "verified", report: { ok: true } }]);
  expect(ofType(stdout, "summary").map(({ scenario }) => scenario)).toEqual([
    "tiers",
    "incidents",
    "capabilities",
    "evasion",
    "baseline",
  ]);
  const [baseline] = ofType(stdout, "summary").slice(-1);
  expect(Number(baseline?.events)).toBeGreaterThanOrEqual(500);
});

test("a verdict follows from what was wanted and what was done, and from nothing else", async () => {
  const { stdout } = await run(["demo", "--scenario", "evasion"]);
  for (const { action, label, tier, verdict } of outcomes(stdout)) {
    expect(verdict).toBe(verdictOn(action as "allow", expected(label, tier)));
  }
  const [summary] = ofType(stdout, "summary");
  expect(Number(summary?.missed)).toBeGreaterThan(0); // some disguises are beyond rules on words, and it says so
});

test("tiers differ, and a stricter one is never milder", async () => {
  const { code, stdout } = await run(["demo", "--scenario", "tiers"]);
  expect(code).toBe(0);
  const [summary] = ofType(stdout, "summary") as unknown as { tiers: { differing: number; inverted: string[] } }[];
  expect(summary?.tiers.differing).toBeGreaterThan(0);
  expect(summary?.tiers.inverted).toEqual([]);
});

test("nothing is scripted: under a policy that asks for nothing, everything harmful is missed, and it still ends well", async () => {
  writeFileSync(path("free.yaml"), FREE_POLICY);
  const { code, stdout, stderr } = await run(["demo", "--scenario", "incidents", "--policy", path("free.yaml")]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const { label, action, verdict } of outcomes(stdout)) {
    expect(action).toBe("allow");
    expect(verdict).toBe(label === "safe" || label === "elevated" ? "as expected" : "missed");
  }
});

test("the same seed gives the same events, and another one others", () => {
  const texts = (seed: number) =>
    demoScenario("baseline", { seed, startMs: 1e12 }).cases.map(({ event }) => event.prompt);
  expect(texts(1)).toEqual(texts(1));
  expect(texts(1)).not.toEqual(texts(2));
});

test("a record that was changed behind its back is told, and is a finding", async () => {
  const data = path("tampered");
  const system = await localSystem({ policy: "default", dataDir: data });
  await system.record(demoScenario("capabilities", { seed: 1, startMs: 1e12 }).cases.map(({ event }) => event));
  const segment = readdirSync(join(data, "ledger")).find((name) => name.endsWith(".segment")) ?? "";
  const bytes = readFileSync(join(data, "ledger", segment));
  bytes[300] = (bytes[300] ?? 0) ^ 1;
  writeFileSync(join(data, "ledger", segment), bytes);
  const check = await system.check(() => {});
  await system.close();
  expect(isSound(check)).toBe(false);
});

test("against a server it uses that one, and finds there what it sent", async () => {
  const served = await serve(path("served"));
  try {
    const { code, stdout } = await run(["demo", "--scenario", "capabilities", "--http", served.url.origin]);
    expect(code).toBe(0);
    expect(ofType(stdout, "ledger")).toMatchObject([{ kind: "looked-up", asked: 4, found: 4 }]);
    expect(await metrics(served.url)).toMatchObject({ total_events: 4, duplicates: 0 });
  } finally {
    await served.stop();
  }
});

describe("wrong use exits 2:", () => {
  test.each([
    ["a folder that holds something", ["--data", folder], "is not empty"],
    ["a policy beside a server", ["--http", "http://127.0.0.1:1", "--policy", "cgcp"], "leave --policy out"],
    ["an unknown scenario", ["--scenario", "tears"], "Allowed choices are tiers"],
  ] as const)("%s", async (_name, args, said) => {
    expect(await run(["demo", ...args])).toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
  });
});
