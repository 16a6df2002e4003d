/**
 * Organisations, tiers, surfaces and categories that decisions named: what the filters offer. At most `namesMax` of
 * each, the first ones.
 */
import type { Decision } from "@sluice/engine";

export interface Names {
  readonly organisations: readonly string[];
  readonly tiers: readonly string[];
  readonly surfaces: readonly string[];
  readonly categories: readonly string[];
}

export interface SeenNames {
  add(decision: Decision): void;
  /** Each sorted; the same object until a new name comes. */
  readonly names: Names;
}

export const NO_NAMES: Names = { organisations: [], tiers: [], surfaces: [], categories: [] };

export function seenNames(namesMax: number): SeenNames {
  const sets = {
    organisations: new Set<string>(),
    tiers: new Set<string>(),
    surfaces: new Set<string>(),
    categories: new Set<string>(),
  };
  let names = NO_NAMES;
  let isStale = false;
  function note(set: Set<string>, name: string): void {
    if (set.size >= namesMax || set.has(name)) return;
    set.add(name);
    isStale = true;
  }
  return {
    add(decision) {
      note(sets.organisations, decision.org_id);
      note(sets.tiers, decision.tier);
      note(sets.surfaces, decision.surface);
      for (const category in decision.scores.prompt) note(sets.categories, category);
      for (const category in decision.scores.completion) note(sets.categories, category);
    },
    get names() {
      if (!isStale) return names;
      isStale = false;
      const sorted = (set: ReadonlySet<string>) => [...set].sort();
      names = {
        organisations: sorted(sets.organisations),
        tiers: sorted(sets.tiers),
        surfaces: sorted(sets.surfaces),
        categories: sorted(sets.categories),
      };
      return names;
    },
  };
}
