import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ACTIONS, type Decision } from "@sluice/engine";
import { expect, test } from "vitest";
import { comparisonInWords, decidingComparison } from "./comparison.ts";
import { expectationInWords, expected, verdictOn } from "./expectation.ts";
import { demoScenario, SCENARIO_NAMES } from "./scenarios.ts";
import { localSystem } from "./system.ts";
import { isSound } from "./terminal-report.ts";

test.each([
  ["safe", "general", ["as expected", "false alarm", "false alarm", "false alarm", "false alarm"]],
  ["elevated", "general", ["as expected", "as expected", "false alarm", "false alarm", "false alarm"]],
  ["distress", "minor", ["missed", "as expected", "as expected", "as expected", "false alarm"]],
  ["concerning", "general", ["missed", "missed", "missed", "as expected", "as expected"]],
  ["concerning", "research_sandbox", ["missed", "as expected", "as expected", "as expected", "as expected"]],
] as const)("a verdict on %s at tier %s follows from the action alone", (label, tier, verdicts) => {
  expect(ACTIONS.map((action) => verdictOn(action, expected(label, tier)))).toEqual(verdicts);
});

test("what is wanted can be said", () => {
  expect(
    ["safe", "elevated", "concerning"].map((label) => expectationInWords(expected(label as "safe", "general"))),
  ).toEqual(["allow", "allow to warn", "escalate or more"]);
});

test("the same seed gives the same events, another one others, and no event id comes twice", () => {
  const all = (seed: number) =>
    SCENARIO_NAMES.flatMap((name) => demoScenario(name, { seed, startMs: 1e12 }).cases.map(({ event }) => event));
  expect(all(1)).toEqual(all(1));
  expect(all(1).map(({ prompt }) => prompt)).not.toEqual(all(2).map(({ prompt }) => prompt));
  expect(new Set(all(1).map(({ event_id }) => event_id)).size).toBe(all(1).length);
});

test("the comparison is the one that asked for the action, or the nearest miss", () => {
  const thresholds = { cbrn: { general: { warn: 0.2, block: 0.7 } }, hate: { general: 0.5 } };
  const decision = (action: string, cbrn: number, reasons: object[]) =>
    ({
      action,
      tier: "general",
      reasons,
      scores: { prompt: { cbrn, hate: 0.05 }, completion: {} },
    }) as unknown as Decision;
  const reason = { code: "threshold", field: "prompt", category: "cbrn", score: 0.75, threshold: 0.7, action: "block" };
  const milder = { ...reason, category: "hate", score: 0.9, threshold: 0.5, action: "warn" };
  const blocked = decision("block", 0.75, [milder, reason]);
  expect(comparisonInWords(decidingComparison(blocked, thresholds), blocked)).toBe("cbrn 0.75 ≥ 0.70");
  const allowed = decision("allow", 0.1999, []);
  expect(comparisonInWords(decidingComparison(allowed, thresholds), allowed)).toBe("cbrn 0.19 < 0.20");
  const silent = { ...allowed, scores: { prompt: {}, completion: {} } };
  expect(comparisonInWords(decidingComparison(silent, thresholds), silent)).toBe("nothing matched");
});

test("a record that was changed behind its back is told", async () => {
  const data = mkdtempSync(join(tmpdir(), "sluice-demo-"));
  try {
    const system = await localSystem({ policy: "default", dataDir: data });
    await system.record(demoScenario("capabilities", { seed: 1, startMs: 1e12 }).cases.map(({ event }) => event));
    const name = readdirSync(join(data, "ledger")).find((file) => file.endsWith(".segment")) ?? "";
    const bytes = readFileSync(join(data, "ledger", name));
    bytes[300] = (bytes[300] ?? 0) ^ 1;
    writeFileSync(join(data, "ledger", name), bytes);
    const check = await system.check(() => {});
    await system.close();
    expect(isSound(check)).toBe(false);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
