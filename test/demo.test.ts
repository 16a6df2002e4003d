/** `sluice demo`: what it prints is what the engine decided and the ledger holds. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "../app/src/testing/run-command.ts";
import { jsonLines } from "./sluice-process.ts";
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
  readonly action: string;
  readonly label: string;
  readonly verdict: string;
}
const outcomes = (stdout: string) =>
  jsonLines(stdout).filter(({ type }) => type === "outcome") as unknown as OutcomeLine[];
const ofType = (stdout: string, wanted: string) => jsonLines(stdout).filter(({ type }) => type === wanted);

test("every outcome that is printed is a decision of the ledger that it leaves, which verifies", async () => {
  const data = path("kept");
  const { code, stdout, stderr } = await runCommand(["demo", "--data", data]);
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

test("what gets through is said to have got through", async () => {
  const { code, stdout } = await runCommand(["demo", "--scenario", "evasion"]);
  expect(code).toBe(0);
  const milder = outcomes(stdout).filter(({ action }) => action === "allow" || action === "warn");
  expect(milder.length).toBeGreaterThan(0); // some disguises are beyond rules on words
  expect(milder.every(({ verdict }) => verdict === "missed")).toBe(true);
  expect(ofType(stdout, "summary")).toMatchObject([{ missed: milder.length }]);
});

test("tiers differ, and a stricter one is never milder", async () => {
  const { code, stdout } = await runCommand(["demo", "--scenario", "tiers"]);
  expect(code).toBe(0);
  const [summary] = ofType(stdout, "summary") as unknown as { tiers: { differing: number; inverted: string[] } }[];
  expect(summary?.tiers.differing).toBeGreaterThan(0);
  expect(summary?.tiers.inverted).toEqual([]);
});

test("nothing is scripted: under a policy that asks for nothing, everything harmful is missed, and it still ends well", async () => {
  writeFileSync(path("free.yaml"), FREE_POLICY);
  const { code, stdout, stderr } = await runCommand(["demo", "--scenario", "incidents", "--policy", path("free.yaml")]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const { label, action, verdict } of outcomes(stdout)) {
    expect(action).toBe("allow");
    expect(verdict).toBe(label === "safe" || label === "elevated" ? "as expected" : "missed");
  }
});

test("against a server it uses that one, and finds there what it sent", async () => {
  const served = await serve(path("served"));
  try {
    const { code, stdout } = await runCommand(["demo", "--scenario", "capabilities", "--http", served.url.origin]);
    expect(code).toBe(0);
    expect(ofType(stdout, "ledger")).toMatchObject([{ kind: "looked-up", asked: 4, found: 4 }]);
    expect(await metrics(served.url)).toMatchObject({ total_events: 4, duplicates: 0 });
  } finally {
    await served.stop();
  }
});
