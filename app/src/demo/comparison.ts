/** The comparison that decided: which score was held against which threshold, on which side of it it lay. */
import type { Decision, PolicyPart } from "@sluice/engine";

export interface Comparison {
  readonly field: "prompt" | "completion";
  readonly category: string;
  readonly score: number;
  /** Undefined when the policy has none for this category and tier. */
  readonly threshold: number | undefined;
  readonly isReached: boolean;
}

/**
 * Of an event that something was done about: the threshold that asked for the action, with the highest score. Of an
 * allowed one: its highest score and the lowest threshold that it stayed below. Undefined when nothing scored, or when
 * something else than a threshold decided.
 */
export function decidingComparison(decision: Decision, thresholds: PolicyPart["thresholds"]): Comparison | undefined {
  const { action, reasons } = decision;
  if (action === "allow") return nearestMiss(decision, thresholds);
  const [decisive] = reasons
    .filter((reason) => reason.code === "threshold" && reason.action === action)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
  if (decisive?.field === undefined || decisive.category === undefined) return undefined;
  const { field, category, score = 0, threshold } = decisive;
  return { field, category, score, threshold, isReached: true };
}

function nearestMiss({ scores, tier }: Decision, thresholds: PolicyPart["thresholds"]): Comparison | undefined {
  const [highest] = (["prompt", "completion"] as const)
    .flatMap((field) => Object.entries(scores[field]).map(([category, score]) => ({ field, category, score })))
    .sort((a, b) => b.score - a.score);
  if (highest === undefined) return undefined;
  const threshold = lowest(thresholds[highest.category]?.[tier], highest.field);
  return { ...highest, threshold, isReached: false };
}

/** A ladder is a number, `{warn, block, …}`, or one of these for each side. */
function lowest(ladder: unknown, field: string): number | undefined {
  if (typeof ladder === "number") return ladder;
  if (typeof ladder !== "object" || ladder === null) return undefined;
  if (field in ladder) return lowest((ladder as Readonly<Record<string, unknown>>)[field], field);
  const numbers = Object.values(ladder).filter((value) => typeof value === "number");
  return numbers.length === 0 ? undefined : Math.min(...numbers);
}

/** `cbrn 0.95 ≥ 0.70`; the side is named where it is the completion. */
export function comparisonInWords(comparison: Comparison | undefined, decision: Decision): string {
  if (comparison === undefined) {
    const [reason] = decision.reasons;
    return reason === undefined ? "nothing matched" : reason.code;
  }
  const { field, category, score, threshold, isReached } = comparison;
  const side = field === "completion" ? "completion " : "";
  // A policy may want more than the threshold, or hold an action back: then it was met and nothing followed.
  const sign = isReached ? "≥" : score < (threshold ?? 0) ? "<" : "against";
  const limit = threshold === undefined ? "" : ` ${sign} ${threshold.toFixed(2)}`;
  return `${side}${category} ${cut(score)}${limit}`;
}

/** Cut rather than rounded: a score just below a threshold must not look as if it reached it. */
const cut = (score: number) => (Math.floor(score * 100 + 1e-6) / 100).toFixed(2);
