/** Where tiers differ, with an example of each difference; tiers that never do. */
import type { PackInfo } from "@sluice/core-wasm";
import { ACTIONS, type Action } from "@sluice/engine";
import type { PolicyDocument } from "../document.ts";
import { judge } from "../judge.ts";
import { type TierTables, tierTables } from "../tables.ts";
import type { Report } from "./finding.ts";
import { probesOf } from "./probes.ts";
import { reachOf } from "./reach.ts";
import { type Subject, shownExample } from "./subject.ts";

/** One kind of difference between two tiers. */
export interface TierDifference {
  readonly tiers: readonly [string, string];
  readonly actions: readonly [Action, Action];
  /** Of all distinct score combinations, how many differ in this way. */
  readonly count: number;
  /** Decided once by each tier. */
  readonly examples: readonly [string, string];
}

/** Every kind of difference between any two tiers. Two tiers that are not in the answer never differ. */
export function tierDifferences(document: PolicyDocument, pack: PackInfo): TierDifference[] {
  const reach = reachOf(pack, document.policy.hears);
  const tiers = Object.keys(document.policy.tiers).map((tier) => tierTables(document.policy, tier, pack.categories));
  return pairsOf(tiers).flatMap(([first, second]) => {
    const kinds = new Map<string, { ranks: [number, number]; count: number; examples: [string, string] }>();
    for (const vector of probesOf([first, second], reach).vectors) {
      const [one, other] = [judge(first, vector), judge(second, vector)];
      if (one.rank === other.rank) continue;
      const key = `${one.rank} ${other.rank}`;
      const examples = (): [string, string] => [shownExample(vector, one), shownExample(vector, other)];
      const kind = kinds.get(key) ?? { ranks: [one.rank, other.rank], count: 0, examples: examples() };
      kind.count += 1;
      kinds.set(key, kind);
    }
    return [...kinds.values()].map(({ ranks, count, examples }) => ({
      tiers: [first.tier, second.tier] as const,
      actions: [ACTIONS[ranks[0]]!, ACTIONS[ranks[1]]!] as const,
      count,
      examples,
    }));
  });
}

export function checkTiers({ tiers, reach }: Subject, report: Report): void {
  for (const [first, second] of pairsOf(tiers.map(({ tables }) => tables))) {
    const probes = probesOf([first, second], reach);
    if (!probes.vectors.every((vector) => judge(first, vector).rank === judge(second, vector).rank)) continue;
    const message = `tiers ${first.tier} and ${second.tier} never differ: every score gets the same action in both`;
    const shown = `all ${probes.vectors.length} distinct score combinations ${probes.isExhaustive ? "" : "that were "}tried`;
    report("tiers-identical", "warning", ["tiers", second.tier], message, shown);
  }
}

function pairsOf(tiers: readonly TierTables[]): [TierTables, TierTables][] {
  return tiers.flatMap((first, index) =>
    tiers.slice(index + 1).map((second): [TierTables, TierTables] => [first, second]),
  );
}
