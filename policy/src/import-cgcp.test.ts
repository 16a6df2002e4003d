import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compilePolicy } from "./compile.ts";
import { PolicyError } from "./faults.ts";
import { importCgcp } from "./import-cgcp.ts";
import { parsePolicy } from "./parse.ts";
import { loadPreset } from "./presets.ts";
import { CATEGORIES, inputOf } from "./testing.ts";

const SMALL = `
risk_thresholds:
  cbrn: { general: 0.15, enterprise: 0.18, research_sandbox: 0.25 }
  self_harm: { general: 0.30, enterprise: 0.50, research_sandbox: 0.80 }
  jailbreak: { general: 0.30, enterprise: 0.45, research_sandbox: 0.60 }
  exploitation: { general: 0.30, enterprise: 0.45, research_sandbox: 0.60 }
asl_triggers:
  asl_3:
    note: made up for this test
    triggers:
      - { category: cbrn, confidence: 0.20, description: weapons, owner: someone }
      - { category: autonomous_replication, confidence: 0.50, description: copies itself }
      - { category: cyber_offense, confidence: 0.50, description: attacks }
      - { category: deception, confidence: 0.50, description: deceives }
  asl_4:
    triggers:
      - { category: autonomous_research, confidence: 0.80, description: research }
      - { category: scientific_automation, confidence: 0.70, description: automation }
      - { category: social_engineering, confidence: 0.80, description: influence }
actions:
  allow: { message: went through, log_level: info }
  block: { message: no, log_level: warning, notify_safety_team: false }
  redact: { pattern: "[GONE]", message: some is gone, log_level: warning }
  escalate: { queue: people, message: wait, log_level: error, notify_safety_team: true, sla_hours: 24 }
tiers:
  general: { description: public, capabilities: [talk], rate_limits: { requests_per_hour: 100, tokens_per_day: 50000 } }
  enterprise: { description: firms, restrictions: [audit], rate_limits: { requests_per_hour: 1000 } }
  research_sandbox: { description: researchers, rsp_requirements: [agreement] }
monitoring: { high_risk_threshold: 0.15, alert_channels: [{ type: email, severity: [critical] }] }
compliance: { frameworks: [{ name: some standard, version: "2023" }] }
evaluation_schedule: { capability_tests: [{ name: some test, threshold: 0.5 }] }
something_new: { kept: true }
`;
const pack = { categories: CATEGORIES };
const score = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 10_000 }),
  fc.constantFrom(1500, 1501, 1800, 1801, 2000, 2500, 2501, 3000, 3001, 4500, 4501, 5000, 5001, 6000, 6001, 8000, 8001),
);
const scores = fc.array(score, { minLength: 30, maxLength: 30 }).map((values) => Int32Array.from(values));
const few = fc
  .array(fc.tuple(fc.nat(3), score), { maxLength: 3 })
  .map((entries) => Int32Array.from({ length: 30 }, (_, slot) => entries.find(([at]) => at === slot)?.[1] ?? 0));

function expectSameEffect(text: string): void {
  const imported = compilePolicy(parsePolicy(importCgcp(text), "imported.yaml"), pack);
  const preset = compilePolicy(loadPreset("cgcp"), pack);
  expect(imported.thresholds).toEqual(preset.thresholds);
  const tiers = fc.constantFrom("general", "enterprise", "research_sandbox", "of nobody");
  fc.assert(
    fc.property(fc.oneof(scores, few), tiers, (values, tier) => {
      const input = { ...inputOf(tier, {}), scores: values, scored: true };
      expect(imported.decide(input)).toEqual(preset.decide(input));
    }),
    { numRuns: 1_000 },
  );
}

/** Every scalar of a YAML value, as text. */
function leaves(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [String(value)];
}
/** Every key of a YAML value. */
function keysOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(keysOf)];
}

describe("importing a policy map", () => {
  test("has the effect of preset cgcp", () => expectSameEffect(SMALL));

  test("drops no value and no key", () => {
    const imported = importCgcp(SMALL);
    const kept = new Set(leaves(parse(imported)));
    expect(leaves(parse(SMALL)).filter((leaf) => !kept.has(leaf))).toEqual([]);
    const renamed = ["risk_thresholds", "asl_3", "asl_4", "confidence", "pattern"];
    const keys = new Set([...keysOf(parse(imported)), ...renamed]);
    expect(keysOf(parse(SMALL)).filter((key) => !keys.has(key))).toEqual([]);
  });

  test("keeps what is not enforced where its name says so", () => {
    const { policy } = parsePolicy(importCgcp(SMALL), "imported.yaml");
    expect(policy.informational).toMatchObject({
      monitoring: { high_risk_threshold: 0.15 },
      something_new: { kept: true },
      actions: { allow: { message: "went through" }, escalate: { queue: "people", sla_hours: 24 } },
      asl_triggers: { asl_3: { note: "made up for this test", triggers: [{ category: "cbrn", owner: "someone" }] } },
    });
    expect(policy.tiers.general!.informational).toMatchObject({ rate_limits: { tokens_per_day: 50_000 } });
    expect(policy).toMatchObject({ redaction: "[GONE]", messages: { escalate: { en: "wait" } } });
  });

  test("a changed threshold is taken over, below the floor too", () => {
    const { policy } = parsePolicy(importCgcp(SMALL.replace("general: 0.15", "general: 0.05")), "imported.yaml");
    expect(policy.thresholds.cbrn!.general).toBe(0.05);
    expect(policy.floors.cbrn).toBe(0.05);
  });

  test("a faulty map is refused with the place", () => {
    const faults = (text: string) => {
      try {
        importCgcp(text);
      } catch (error) {
        return (error as PolicyError).faults.map(({ line, path }) => `${line} ${path}`);
      }
      return [];
    };
    expect(faults(SMALL.replace("general: 0.15", "general: high"))).toEqual(["3 risk_thresholds.cbrn.general"]);
    expect(faults("tiers: {}\n")).toEqual(["1 risk_thresholds"]);
    expect(() => importCgcp("- 1\n")).toThrow(PolicyError);
  });
});

const published = new URL("../../../shared/data/cgcp_policy_map.yaml", import.meta.url);
describe.skipIf(!existsSync(published))("the published policy map (skipped when ../shared/data is not there)", () => {
  const text = existsSync(published) ? readFileSync(published, "utf8") : "";

  test("has the effect of preset cgcp", () => expectSameEffect(text));

  test("drops no value", () => {
    const kept = new Set(leaves(parse(importCgcp(text))));
    expect(leaves(parse(text)).filter((leaf) => !kept.has(leaf))).toEqual([]);
  });
});
