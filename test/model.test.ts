/** Decisions with a pack that has a trained model: what it said, and of flagged events which words carried it. */
import { compilePack, createDetector, parsePack } from "@sluice/core-wasm";
import { createEngine } from "@sluice/engine";
import { compilePolicy, loadPreset, type Preset } from "@sluice/policy";
import { expect, test } from "vitest";
import { madeModel } from "../core-wasm/src/testing/made-model.ts";

const rules = parsePack([
  {
    path: "pack.yaml",
    text: `name: model
version: "1"
categories: [jailbreak, hate]
scoring: { strong_weight: 0.9, strong_floor: 0.5 }
calibration: [{ score: 0, ratio: 0.1 }, { score: 1, ratio: 100 }]
`,
  },
  {
    path: "rules.yaml",
    text: `category: jailbreak
rules: [{ id: jailbreak.one.001, weight: 0.9, phrases: ["open the pod bay doors"] }]
`,
  },
]);
/** Says much of what says anything. */
const STEEP = [
  { at: 1, score: 0 },
  { at: 4000, score: 5900 },
];
const made = madeModel(rules, 5);
const heads = made.heads.map((head) => ({ ...head, own: STEEP, ceiling: head.category < 0 ? [] : STEEP }));
const joined = { ...rules, model: { ...made, heads } };
const rest = { timestamp: "2026-01-31T12:00:00Z", user_id: "u", org_id: "o", surface: "s", tier: "general" };

async function judge(pack: typeof rules, prompts: readonly string[], preset: Preset = "default") {
  const detector = createDetector(compilePack(pack));
  const policy = compilePolicy(loadPreset(preset), detector.pack);
  const engine = await createEngine({ detector, policy, options: { replay: true } });
  return prompts.map((prompt, index) => {
    const answer = engine.evaluate(Buffer.from(JSON.stringify({ event_id: `e${index}`, ...rest, prompt })));
    if ("reason" in answer) throw new Error(answer.message);
    expect(answer.json).toBe(JSON.stringify(answer.decision));
    return answer.decision;
  });
}

/** Three made-up words each. */
const prompts = Array.from({ length: 200 }, (_, index) => {
  const word = (at: number) => (((index + 1) * at) % 9973).toString(26).replace(/\d/g, "é");
  return `${word(17)}ab ${word(1009)}cd ${word(4001)}ef`;
});

test("what the model said stands in the decision, words of flagged events alone", async () => {
  const decisions = await judge(joined, prompts);
  const spoken = decisions.filter(({ model }) => model !== undefined);
  const flagged = spoken.filter(({ action }) => action !== "allow");
  expect(spoken.length).toBeGreaterThan(5);
  expect(spoken.length).toBeLessThan(prompts.length);
  expect(flagged.length).toBeGreaterThan(2);
  for (const { action, model, scores, event_id } of spoken) {
    if (action === "allow") expect(model?.words).toEqual([]);
    const text = Buffer.from(prompts[Number(event_id.slice(1))] ?? "");
    for (const { category, field, start, end } of model?.words ?? []) {
      expect(field).toBe("prompt");
      expect(scores.prompt).toHaveProperty(category);
      expect(text.subarray(start, end).toString()).toMatch(/^[\wé]+( [\wé]+)*$/);
    }
  }
  expect(flagged.some(({ model }) => (model?.words.length ?? 0) > 1)).toBe(true);
});

test("a pack of rules alone says nothing of a model", async () => {
  const [decision] = await judge(rules, ["open the pod bay doors"]);
  expect(decision).not.toHaveProperty("model", expect.anything());
});

test("rules and model are joined: neither lowers what the other says", async () => {
  const texts = prompts.map((text) => `open the pod bay doors ${text}`);
  const alone = await judge(rules, texts);
  const both = await judge(joined, texts);
  for (const [index, decision] of both.entries()) {
    expect(decision.scores.prompt.jailbreak).toBeGreaterThanOrEqual(alone[index]?.scores.prompt.jailbreak ?? 1);
    expect(decision.risk).toBeGreaterThanOrEqual(alone[index]?.risk ?? 1);
  }
});

test("preset cgcp hears the rules alone: its decisions are those of a pack without a model", async () => {
  const texts = [...prompts.slice(0, 50), ...prompts.slice(0, 50).map((text) => `open the pod bay doors ${text}`)];
  const said = (decisions: Awaited<ReturnType<typeof judge>>) =>
    decisions.map(({ pack: _, decided_at: _at, latency_us: _us, ...rest }) => rest);
  const alone = said(await judge(rules, texts, "cgcp"));
  expect(said(await judge(joined, texts, "cgcp"))).toEqual(alone);
  expect(new Set(alone.map(({ action }) => action)).size).toBeGreaterThan(1);
  expect(alone.every(({ model }) => model === undefined)).toBe(true);
});
