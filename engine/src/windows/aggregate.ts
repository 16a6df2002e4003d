/** What a window counts of decisions: by action, tier, organisation and category. Every map is bounded. */
import { boundedCount } from "../bounded-count.ts";
import type { Action, DecisionFacts, WindowResult } from "../contracts.ts";
import { emptyActions, forEachCategory, NAMES_MAX } from "../counters.ts";

/** A decision counts in a category from this score on; what a decision shows is never below it. */
const COUNTED_ABOVE = 0.0099;

export interface Aggregate {
  add(facts: DecisionFacts): void;
  merge(from: Aggregate): void;
  state(): AggregateState;
  readonly counts: LiveCounts;
}

export type AggregateState = Omit<WindowResult, "sizeMs" | "startMs" | "revision">;

interface LiveCounts {
  events: number;
  aslTriggers: number;
  readonly actions: Record<Action, number>;
  readonly byTier: ReturnType<typeof boundedCount>;
  readonly byOrganisation: ReturnType<typeof boundedCount>;
  readonly byCategory: ReturnType<typeof boundedCount>;
}

export function createAggregate(initial?: AggregateState): Aggregate {
  const counts: LiveCounts = {
    events: initial?.events ?? 0,
    aslTriggers: initial?.aslTriggers ?? 0,
    actions: { ...emptyActions(), ...initial?.actions },
    byTier: boundedCount(NAMES_MAX.tier, initial?.byTier),
    byOrganisation: boundedCount(NAMES_MAX.organisation, initial?.byOrganisation),
    byCategory: boundedCount(NAMES_MAX.category, initial?.byCategory),
  };
  return {
    counts,
    add(facts) {
      counts.events += 1;
      if (facts.asl !== null) counts.aslTriggers += 1;
      counts.actions[facts.action] += 1;
      counts.byTier.add(facts.tier, 1);
      counts.byOrganisation.add(facts.org_id, 1);
      forEachCategory(facts, COUNTED_ABOVE, (category) => counts.byCategory.add(category, 1));
    },
    merge({ counts: from }) {
      counts.events += from.events;
      counts.aslTriggers += from.aslTriggers;
      for (const action of Object.keys(from.actions) as Action[]) counts.actions[action] += from.actions[action];
      counts.byTier.merge(from.byTier);
      counts.byOrganisation.merge(from.byOrganisation);
      counts.byCategory.merge(from.byCategory);
    },
    state: () => ({
      events: counts.events,
      aslTriggers: counts.aslTriggers,
      actions: { ...counts.actions },
      byTier: counts.byTier.toRecord(),
      byOrganisation: counts.byOrganisation.toRecord(),
      byCategory: counts.byCategory.toRecord(),
    }),
  };
}
