/** Some checks of all: those that are named, and those that they build on, in their usual order. */
import { UsageError } from "../exit.ts";
import type { Check } from "./check.ts";

/** @throws {UsageError} for a name that no check has. */
export function selectChecks(checks: readonly Check[], only: readonly string[] | undefined): readonly Check[] {
  if (only === undefined) return checks;
  const byName = new Map(checks.map((check) => [check.name, check]));
  const wanted = new Set<string>();
  function want(name: string): void {
    if (wanted.has(name)) return;
    wanted.add(name);
    const { needs = [], looksAt = [] } = byName.get(name) ?? {};
    for (const other of [...needs, ...looksAt]) want(other);
  }
  for (const name of only) {
    if (!byName.has(name)) {
      throw new UsageError(`there is no check "${name}" here; there are ${[...byName.keys()].join(", ")}`);
    }
    want(name);
  }
  return checks.filter(({ name }) => wanted.has(name));
}
