/**
 * Counters: a fold over recorded decisions, so that a restart that folds the ledger again has the same ones. What a
 * process saw besides (repeats, refusals, sheds) begins at zero with it.
 */

import { boundedCount } from "./bounded-count.ts";
import { ACTIONS, type Action, type Counters, type DecisionFacts } from "./contracts.ts";

/** Most names per map; more are counted as `other`. */
export const NAMES_MAX = { surface: 256, tier: 64, organisation: 1000, category: 64, reason: 32 } as const;
/** cgcp counts a detection above this score. */
const DETECTION_ABOVE = 0.5;

/** The part of the counters that the ledger's records determine. */
export type FoldedCounters = Omit<Counters, "duplicates" | "rejected" | "lateEvents" | "shed">;

export interface CounterFold {
  /** Takes one recorded decision. */
  add(facts: DecisionFacts): void;
  state(): FoldedCounters;
}

export function emptyActions(): Record<Action, number> {
  return { allow: 0, warn: 0, redact: 0, escalate: 0, block: 0 };
}

export function createCounterFold(initial?: FoldedCounters): CounterFold {
  const actions = { ...emptyActions(), ...initial?.actions };
  const bySurface = boundedCount(NAMES_MAX.surface, initial?.bySurface);
  const byTier = boundedCount(NAMES_MAX.tier, initial?.byTier);
  const byOrganisation = boundedCount(NAMES_MAX.organisation, initial?.byOrganisation);
  const riskDetections = boundedCount(NAMES_MAX.category, initial?.riskDetections);
  let total = initial?.total ?? 0;
  let aslTriggers = initial?.aslTriggers ?? 0;
  return {
    add(facts) {
      total += 1;
      actions[facts.action] += 1;
      if (facts.asl !== null) aslTriggers += 1;
      bySurface.add(facts.surface, 1);
      byTier.add(facts.tier, 1);
      byOrganisation.add(facts.org_id, 1);
      forEachCategory(facts, DETECTION_ABOVE, (category) => riskDetections.add(category, 1));
    },
    state: () => ({
      total,
      actions: { ...actions },
      bySurface: bySurface.toRecord(),
      byTier: byTier.toRecord(),
      byOrganisation: byOrganisation.toRecord(),
      riskDetections: riskDetections.toRecord(),
      aslTriggers,
    }),
  };
}

/** Calls `visit` once for each category that scores above `above` on either side. */
export function forEachCategory(facts: DecisionFacts, above: number, visit: (category: string) => void): void {
  const { prompt, completion } = facts.scores;
  for (const category in prompt) {
    if ((prompt[category] as number) > above) visit(category);
  }
  for (const category in completion) {
    if ((completion[category] as number) > above && !((prompt[category] ?? 0) > above)) visit(category);
  }
}

/** What this process saw besides its records. */
export interface ProcessCounts {
  duplicates: number;
  lateEvents: number;
  shed: number;
  readonly rejected: ReturnType<typeof boundedCount>;
}

export function createProcessCounts(): ProcessCounts {
  return { duplicates: 0, lateEvents: 0, shed: 0, rejected: boundedCount(NAMES_MAX.reason) };
}

export function joinCounters(folded: FoldedCounters, seen: ProcessCounts): Counters {
  const { duplicates, lateEvents, shed, rejected } = seen;
  return { ...folded, duplicates, rejected: rejected.toRecord(), lateEvents, shed };
}

/** True for what `createCounterFold` can go on from: a snapshot comes from a file. */
export function isFoldedCounters(value: unknown): value is FoldedCounters {
  if (typeof value !== "object" || value === null) return false;
  const counters = value as Partial<Record<keyof FoldedCounters, unknown>>;
  const isCounts = (part: unknown) =>
    typeof part === "object" && part !== null && Object.values(part).every((count) => Number.isSafeInteger(count));
  const maps = [
    counters.actions,
    counters.bySurface,
    counters.byTier,
    counters.byOrganisation,
    counters.riskDetections,
  ];
  if (!maps.every(isCounts)) return false;
  if (!ACTIONS.every((action) => action in (counters.actions as object))) return false;
  return Number.isSafeInteger(counters.total) && Number.isSafeInteger(counters.aslTriggers);
}
