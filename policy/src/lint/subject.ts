/** What the checks look at: the policy compiled for the pack, and the verdicts of every probe, worked out once. */
import type { PackInfo } from "@sluice/core-wasm";
import { ACTIONS } from "@sluice/engine";
import type { PolicyDocument } from "../document.ts";
import { type Judgement, judge } from "../judge.ts";
import { type TierTables, tierTables } from "../tables.ts";
import { shownScore } from "./finding.ts";
import { type Probes, probesOf } from "./probes.ts";
import { type Reach, reachOf } from "./reach.ts";

export interface TierRun {
  readonly tables: TierTables;
  readonly probes: Probes;
  readonly judgements: readonly Judgement[];
}
export interface Subject {
  readonly document: PolicyDocument;
  readonly pack: PackInfo;
  readonly reach: Reach;
  readonly tiers: readonly TierRun[];
}

export function subjectOf(document: PolicyDocument, pack: PackInfo): Subject {
  const reach = reachOf(pack, document.policy.hears);
  const tiers = Object.keys(document.policy.tiers).map((tier) => {
    const tables = tierTables(document.policy, tier, pack.categories);
    const probes = probesOf([tables], reach);
    return { tables, probes, judgements: probes.vectors.map((vector) => judge(tables, vector)) };
  });
  return { document, pack, reach, tiers };
}

/** `prompt cbrn 0.2, jailbreak 0.5 → escalate by rule asl-triggered` */
export function shownExample(vector: Int32Array, judgement: Judgement): string {
  const { categories } = judgement.tables;
  const parts = [...vector.entries()]
    .filter(([, score]) => score > 0)
    .map(([slot, score]) => {
      const side = slot < categories.length ? "prompt" : "completion";
      return `${side} ${categories[slot % categories.length]!} ${shownScore(score)}`;
    });
  const by = judgement.outcome === undefined ? "" : ` by rule ${judgement.outcome.rule.name}`;
  return `${parts.join(", ") || "no score"} → ${ACTIONS[judgement.rank]!}${by}`;
}

/** How a claim that something never happens is backed. */
export function shownSearch(runs: readonly TierRun[]): string {
  const count = runs.reduce((sum, { probes }) => sum + probes.vectors.length, 0);
  const isExhaustive = runs.every(({ probes }) => probes.isExhaustive);
  return isExhaustive
    ? `all ${count} distinct score combinations tried`
    : `none among ${count} score combinations; others were not tried`;
}
