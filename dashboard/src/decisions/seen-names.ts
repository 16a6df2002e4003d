/**
 * Organisations and categories that decisions named: what the filters offer. At most `namesMax` of each, the first
 * ones.
 */
import type { Decision } from "@sluice/engine";

export interface SeenNames {
  add(decision: Decision): void;
  /** Sorted; the same array until a new name comes. */
  readonly organisations: readonly string[];
  readonly categories: readonly string[];
}

export function seenNames(namesMax: number): SeenNames {
  const organisations = new Set<string>();
  const categories = new Set<string>();
  let sorted = { organisations: [] as readonly string[], categories: [] as readonly string[] };
  const note = (names: Set<string>, name: string) => {
    if (names.size < namesMax) names.add(name);
  };
  return {
    add(decision) {
      note(organisations, decision.org_id);
      for (const category in decision.scores.prompt) note(categories, category);
      for (const category in decision.scores.completion) note(categories, category);
    },
    get organisations() {
      if (sorted.organisations.length !== organisations.size) {
        sorted = { ...sorted, organisations: [...organisations].sort() };
      }
      return sorted.organisations;
    },
    get categories() {
      if (sorted.categories.length !== categories.size) sorted = { ...sorted, categories: [...categories].sort() };
      return sorted.categories;
    },
  };
}
