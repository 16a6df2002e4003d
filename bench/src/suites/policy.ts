/**
 * `decide` alone: presets `default` and `cgcp` on score vectors of ordinary traffic (nearly all zero) and of hot
 * traffic.
 */
import { readFileSync } from "node:fs";
import { openPackBlob } from "@sluice/core-wasm";
import type { DecideInput, PolicyPart } from "@sluice/engine";
import { compilePolicy, loadPreset } from "@sluice/policy";
import { seededRandom } from "../corpus.ts";
import type { Figure, SuiteResult } from "../record.ts";
import { type Case, timeCases } from "../timing.ts";

const DEFAULT_PACK = new URL("../../../core-wasm/build/default.pack", import.meta.url);
const TIERS = ["general", "enterprise", "research_sandbox", "no-such-tier"];
const INPUTS = 1024;

function makeInputs(categoryCount: number, shareScored: number): DecideInput[] {
  const random = seededRandom(7);
  return Array.from({ length: INPUTS }, (_, i) => {
    const scores = new Int32Array(categoryCount * 2);
    const scored = random() < shareScored;
    for (let hits = scored ? 1 + Math.floor(random() * 3) : 0; hits > 0; hits -= 1) {
      scores[Math.floor(random() * scores.length)] = Math.floor(random() * 10_001);
    }
    return {
      tier: TIERS[i % TIERS.length] as string,
      scores,
      scored,
      hasCompletion: i % 2 === 0,
      ageBand: "unknown",
      attachmentUnscored: false,
    };
  });
}

/** A score never makes an action milder: checked on every input before any time is taken. */
function checkMonotone(policy: PolicyPart, inputs: readonly DecideInput[]): number {
  const order = ["allow", "warn", "redact", "escalate", "block"];
  for (const input of inputs) {
    const before = order.indexOf(policy.decide(input).action);
    const higher = { ...input, scored: true, scores: input.scores.map((score) => Math.min(10_000, score + 500)) };
    if (order.indexOf(policy.decide(higher).action) < before)
      throw new Error(`${policy.name}: a higher score is milder`);
  }
  return inputs.length;
}

export async function policySuite(): Promise<SuiteResult> {
  const { info: pack } = openPackBlob(readFileSync(DEFAULT_PACK));
  const policy = compilePolicy(loadPreset("default"), pack);
  const cgcp = compilePolicy(loadPreset("cgcp"), pack);
  const ordinary = makeInputs(pack.categories.length, 0.02);
  const hot = makeInputs(pack.categories.length, 1);
  const checked = checkMonotone(policy, [...ordinary, ...hot]);
  const decideAll =
    (part: PolicyPart, inputs: readonly DecideInput[]): Case["run"] =>
    () => {
      let blocked = 0;
      for (const input of inputs) if (part.decide(input).action === "block") blocked += 1;
      return blocked;
    };
  const figures: Figure[] = await timeCases("policy", [
    { name: "default, 2 % scored", events: INPUTS, run: decideAll(policy, ordinary) },
    { name: "default, all scored", events: INPUTS, run: decideAll(policy, hot) },
    { name: "cgcp, 2 % scored", events: INPUTS, run: decideAll(cgcp, ordinary) },
    { name: "cgcp, all scored", events: INPUTS, run: decideAll(cgcp, hot) },
  ]);
  return { suite: "policy", checked: `a higher score never gets a milder action on ${checked} inputs`, figures };
}
