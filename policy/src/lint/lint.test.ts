import { describe, expect, test } from "vitest";
import { parsePolicy } from "../parse.ts";
import { loadPreset } from "../presets.ts";
import { CATEGORIES, densePack, packOf } from "../testing.ts";
import { formatFinding, type LintFinding } from "./finding.ts";
import { lintPolicy } from "./lint.ts";
import { tierDifferences } from "./tiers.ts";

/** Weights and context reductions in the ranges that cgcp's detectors had: few strong rules, in steps of 0.05. */
const TAGGERS: Record<string, { weights: number[]; contexts: number[] }> = {
  cbrn: { weights: [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6], contexts: [0.3, 0.2, 0.2] },
  self_harm: { weights: [0.95, 0.9, 0.85, 0.8, 0.75, 0.7], contexts: [0.3, 0.25, 0.25, 0.2, 0.15] },
  jailbreak: { weights: [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6], contexts: [0.3, 0.25, 0.2] },
  exploitation: { weights: [0.95, 0.9, 0.85, 0.8, 0.75, 0.7], contexts: [0.3, 0.3, 0.25, 0.2] },
};
const units = (decimals: readonly number[]) => decimals.map((value) => Math.round(value * 10_000));
const taggerPack = packOf(
  Object.keys(TAGGERS),
  (category) => units(TAGGERS[category]!.weights),
  (category) => units(TAGGERS[category]!.contexts),
);

const keys = (findings: readonly LintFinding[]) => findings.map(({ code, path }) => `${code} ${path}`);
const lint = (yaml: string, pack = densePack) => lintPolicy(parsePolicy(yaml, "test.yaml"), pack);
const policyWith = (lines: string) => `version: 1\nname: test\nbase_rate: 0.02\n${lines}`;

describe("preset default", () => {
  test("lints clean where every category can reach every score", () => {
    expect(lintPolicy(loadPreset("default"), densePack).map(formatFinding)).toEqual([]);
  });

  test("every two tiers differ, with an example", () => {
    const pairs = tierDifferences(loadPreset("default"), densePack).map(({ tiers }) => tiers.join(" "));
    expect(new Set(pairs).size).toBe(6);
  });
});

describe("preset cgcp with its own four categories, scored as its detectors did", () => {
  const findings = lintPolicy(loadPreset("cgcp"), taggerPack);
  const blockNever = findings.filter(
    ({ code, message }) => code === "category-action-unreachable" && message.startsWith("block"),
  );

  test("block is unreachable for cbrn, jailbreak and exploitation", () => {
    expect(blockNever.map(({ message }) => message.split(" in any")[0])).toEqual([
      "block can never happen for cbrn",
      "block can never happen for jailbreak",
      "block can never happen for exploitation",
    ]);
    for (const { shown } of blockNever) expect(shown).toMatch(/^all \d+ distinct score combinations tried/);
  });

  test("the trigger that fires first is the example", () => {
    expect(blockNever[1]!.shown).toMatch(/at general: prompt jailbreak 0\.\d+ → escalate by rule asl-triggered$/);
  });

  test("the triggers of categories that nothing scores are named, each with its line", () => {
    const dead = findings.filter(({ code }) => code === "trigger-unreachable");
    expect(dead.map(({ message }) => message.match(/never scores (\w+)/)?.[1])).toEqual([
      "autonomous_replication",
      "cyber_offense",
      "deception",
      "autonomous_research",
      "scientific_automation",
      "social_engineering",
    ]);
    expect(new Set(dead.map(({ line }) => line)).size).toBe(6);
  });

  test("enterprise blocks and redacts nothing, and nothing is ever warned about", () => {
    const dead = findings.filter(({ code }) => code === "action-unreachable").map(({ message }) => message);
    expect(dead).toEqual([
      "warn can never happen at any tier",
      "redact can never happen at enterprise, though the policy asks for it there",
      "block can never happen at enterprise, though the policy asks for it there",
    ]);
  });

  test("the marks of cbrn change nothing in any tier", () => {
    const marks = findings.filter(({ code, path }) => code === "mark-without-effect" && path.includes("cbrn"));
    expect(marks.map(({ path }) => path)).toEqual([
      "thresholds.cbrn.general",
      "thresholds.cbrn.enterprise",
      "thresholds.cbrn.research_sandbox",
    ]);
  });

  test("apart from self-harm and what is below a trigger, tiers differ in escalate versus allow alone", () => {
    const differences = tierDifferences(loadPreset("cgcp"), taggerPack);
    const kinds = differences.map(({ tiers, actions }) => `${tiers.join("/")}: ${actions.join("/")}`);
    expect(kinds).toContain("general/research_sandbox: escalate/allow");
    expect(kinds).toContain("enterprise/research_sandbox: escalate/allow");
    expect(kinds).toContain("general/enterprise: block/escalate");
    for (const { examples, actions } of differences) {
      expect(examples[0]).toContain(`→ ${actions[0]}`);
      if (actions.includes("block")) expect(examples[0]).toContain("self_harm");
    }
  });
});

describe("preset cgcp where all fifteen categories are scored finely", () => {
  const findings = lintPolicy(loadPreset("cgcp"), densePack);

  test("finds exactly these", () => {
    expect(keys(findings)).toEqual([
      "action-unreachable tiers",
      "action-unreachable tiers.enterprise",
      ...new Array<string>(5).fill("category-unguarded thresholds"),
      "milder-above thresholds.cbrn.general",
      "mark-without-effect thresholds.cbrn.research_sandbox",
      "mark-without-effect thresholds.jailbreak.research_sandbox",
      "mark-without-effect thresholds.exploitation.research_sandbox",
      ...new Array<string>(3).fill("milder-with-more rules"),
      "rule-unreachable rules.3",
      "category-action-unreachable rules.3",
      "category-action-unreachable rules.3",
      "category-action-unreachable rules.4",
      "rule-unreachable rules.5",
    ]);
  });

  test("cbrn is blocked in the narrow band below its trigger alone, and a higher score is treated milder", () => {
    const found = findings.find(({ code }) => code === "milder-above")!;
    expect(found.message).toMatch(
      /higher cbrn score gets a milder action at general: block only from 0\.1\d* to 0\.1\d*/,
    );
    expect(found.shown).toContain("cbrn 0.2 → escalate by rule asl-triggered");
  });

  test("a second category turns a block into less, and in research_sandbox everything into allow", () => {
    const found = findings.filter(({ code }) => code === "milder-with-more");
    expect(found.map(({ message }) => message.split("milder at ")[1])).toEqual([
      "general: block becomes redact",
      "enterprise: escalate becomes redact",
      "research_sandbox: redact becomes allow",
    ]);
    expect(found[2]!.shown).toMatch(/→ redact by rule grave-category; .* → allow by rule asl-triggered$/);
  });

  test("its triggers beyond the four categories are live, so none of them is reported", () => {
    expect(findings.filter(({ code }) => code === "trigger-unreachable")).toEqual([]);
  });
});

describe("faults made on purpose", () => {
  const two = "tiers: { a: {}, b: {} }\n";

  test("tiers with the same thresholds never differ", () => {
    const yaml = `${two}thresholds: { cbrn: { a: { block: 0.5 }, b: { block: 0.5 } } }`;
    expect(keys(lint(policyWith(yaml)))).toContain("tiers-identical tiers.b");
  });

  test("a threshold at or above a more severe one is shadowed", () => {
    const yaml = `${two}thresholds:\n  cbrn:\n    a:\n      warn: 0.5\n      block: 0.5\n    b: { block: 0.6 }`;
    const found = lint(policyWith(yaml)).find(({ code }) => code === "threshold-shadowed")!;
    expect(found).toMatchObject({ path: "thresholds.cbrn.a.warn", line: 8, column: 7, severity: "warning" });
  });

  test("a threshold above the pack's highest score cannot be reached", () => {
    const weak = packOf(CATEGORIES, () => [3_000, 2_000]);
    const yaml = `${two}thresholds: { cbrn: { a: { warn: 0.2, block: 0.5 }, b: { block: 0.3 } } }`;
    const found = lint(policyWith(yaml), weak).filter(({ code }) => code === "threshold-unreachable");
    expect(found.map(({ path, message }) => [path, message])).toEqual([
      ["thresholds.cbrn.a.block", "cannot be reached: cbrn on the prompt scores 0.46 at most"],
    ]);
  });

  test("a rung between two reachable scores is a gap, and only worth knowing", () => {
    const coarse = packOf(CATEGORIES, () => [9_000]);
    const yaml = `${two}thresholds: { cbrn: { a: { warn: 0.2, block: 0.5 }, b: { block: 0.95 } } }`;
    const found = lint(policyWith(yaml), coarse).find(({ code }) => code === "threshold-gap")!;
    expect(found).toMatchObject({ path: "thresholds.cbrn.a.warn", severity: "info" });
  });

  test("a category that the pack does not know is told once", () => {
    const yaml = `${two}thresholds: { gossip: { a: { warn: 0.2 }, b: { block: 0.5 } } }`;
    const found = lint(policyWith(yaml)).filter(({ path }) => path.includes("gossip"));
    expect(found.map(({ code }) => code)).toEqual(["category-unscored"]);
  });

  test("a second opinion on a category that the pack does not know is told", () => {
    const yaml = `${two}thresholds: { cbrn: { a: { warn: 0.2 }, b: { block: 0.5 } } }
second_opinion: { gossip: { a: { from: 0.1, below: 0.2, lower: { below: 0.1, to: allow } } } }`;
    expect(keys(lint(policyWith(yaml)))).toContain("category-unscored second_opinion.gossip");
  });

  test("a threshold that a constraint holds back is told", () => {
    const yaml = `${two}never: [{ category: cbrn, field: prompt, action: block }]
thresholds: { cbrn: { a: { prompt: { warn: 0.2, block: 0.6 } }, b: { block: 0.5 } } }`;
    expect(keys(lint(policyWith(yaml)))).toContain("threshold-held-back thresholds.cbrn.a.prompt.block");
  });
});
