/**
 * Compiles a policy for one pack: all look-ups by name happen here, once. `decide` is then pure and total; it allocates
 * only when some score reached a bound, and answers a frozen verdict otherwise.
 */
import type { PackInfo } from "@sluice/core-wasm";
import type { DecideInput, PolicyPart, Verdict } from "@sluice/engine";
import { policyHash } from "./canonical.ts";
import { comparisons } from "./comparisons.ts";
import type { Policy, PolicyDocument } from "./document.ts";
import { judge } from "./judge.ts";
import { messageLookup } from "./locale.ts";
import { opinionPolicy } from "./opinion.ts";
import { specOf, type TierTables, tierTables, toUnits } from "./tables.ts";
import { deepFreeze, toVerdict } from "./verdict.ts";

const AGE_BANDS = ["under_13", "13_17", "adult", "unknown"] as const satisfies readonly DecideInput["ageBand"][];

/** Everything known of an event before its scores: its tier and its age band. */
interface Situation {
  /** The tiers that judge; the event's own first, or all of them when it is unknown. */
  readonly tables: readonly TierTables[];
  readonly unknownTier: boolean;
  readonly ageTier: string | undefined;
  /** By slot: below it in every slot, the answer is `quiet`. */
  readonly quietBelow: Int32Array;
  readonly quiet: Verdict;
  readonly quietWithAttachment: Verdict;
}
type ByBand = Readonly<Record<DecideInput["ageBand"], Situation>>;

/** Categories that the pack does not score are allowed: `lintPolicy` tells of them. */
export function compilePolicy(document: PolicyDocument, pack: Pick<PackInfo, "categories">): PolicyPart {
  const { policy } = document;
  const tables = new Map(Object.keys(policy.tiers).map((tier) => [tier, tierTables(policy, tier, pack.categories)]));
  // Sorted, so that two files with the same hash also agree on which of two equally strict tiers is named.
  const all = [...tables.values()].sort((a, b) => (a.tier < b.tier ? -1 : 1));
  const byTier = new Map([...tables].map(([tier, own]) => [tier, byBand(policy, [own], tables, false)]));
  const unknown = byBand(policy, all, tables, true);

  return {
    hash: policyHash(policy),
    name: policy.name,
    baseRate: toUnits(policy.base_rate),
    hears: policy.hears,
    retainText: policy.retention.text,
    redaction: policy.redaction,
    thresholds: deepFreeze(shownThresholds(policy)),
    decide(input) {
      const situations = byTier.get(input.tier) ?? unknown;
      const situation = situations[input.ageBand] ?? situations.unknown;
      if (!input.scored || isQuiet(situation.quietBelow, input.scores)) {
        return input.attachmentUnscored ? situation.quietWithAttachment : situation.quiet;
      }
      return answer(policy, situation, input.scores, input.attachmentUnscored);
    },
    comparisons: (decision) => comparisons(tables, decision),
    opinion: opinionPolicy(policy, (decision) => comparisons(tables, decision)),
    fault: () => (policy.fail_mode === "open" ? FAULT_OPEN : FAULT_CLOSED),
    message: messageLookup(policy.messages),
  };
}

const FAULT_CLOSED: Verdict = deepFreeze({
  action: "block",
  severity: "high",
  reasons: [{ code: "engine-fault", action: "block" }],
  asl: null,
  released: { prompt: "withheld", completion: "withheld" },
  messageKey: "fault",
});
const FAULT_OPEN: Verdict = deepFreeze({
  action: "allow",
  severity: "high",
  reasons: [{ code: "engine-fault", action: "allow" }],
  asl: null,
  released: { prompt: "as_is", completion: "as_is" },
});

function isQuiet(quietBelow: Int32Array, scores: Int32Array): boolean {
  for (let slot = 0; slot < quietBelow.length; slot++) if (scores[slot]! >= quietBelow[slot]!) return false;
  return true;
}

function answer(policy: Policy, situation: Situation, scores: Int32Array, attachmentUnscored: boolean): Verdict {
  const judgements = situation.tables.map((tables) => judge(tables, scores));
  return toVerdict(policy, judgements, { ...situation, attachmentUnscored });
}

function byBand(
  policy: Policy,
  own: readonly TierTables[],
  tables: ReadonlyMap<string, TierTables>,
  unknownTier: boolean,
): ByBand {
  const entries = AGE_BANDS.map((band) => {
    const ageTier = policy.age_bands[band];
    const added = ageTier === undefined ? undefined : tables.get(ageTier);
    const judging = added === undefined || own.includes(added) ? own : [...own, added];
    return [band, situationOf(policy, judging, unknownTier, ageTier)] as const;
  });
  return Object.fromEntries(entries) as unknown as ByBand;
}

function situationOf(
  policy: Policy,
  tables: readonly TierTables[],
  unknownTier: boolean,
  ageTier: string | undefined,
): Situation {
  const slots = tables[0]!.quietBelow.length;
  const lowest = (slot: number) => Math.min(...tables.map(({ quietBelow }) => quietBelow[slot]!));
  const silence = new Int32Array(slots);
  const judgements = tables.map((own) => judge(own, silence));
  const framing = { unknownTier, ageTier };
  return {
    tables,
    ...framing,
    quietBelow: Int32Array.from({ length: slots }, (_, slot) => lowest(slot)),
    quiet: deepFreeze(toVerdict(policy, judgements, { ...framing, attachmentUnscored: false })),
    quietWithAttachment: deepFreeze(toVerdict(policy, judgements, { ...framing, attachmentUnscored: true })),
  };
}

/** As `/thresholds` shows them: what each tier goes by, inherited ones filled in. */
function shownThresholds(policy: Policy): Record<string, Record<string, unknown>> {
  const tiers = Object.keys(policy.tiers);
  return Object.fromEntries(
    Object.keys(policy.thresholds).map((category) => [
      category,
      Object.fromEntries(
        tiers.flatMap((tier) => {
          const spec = specOf(policy, category, tier)?.spec;
          return spec === undefined ? [] : [[tier, structuredClone(spec)]];
        }),
      ),
    ]),
  );
}
