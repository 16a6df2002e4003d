/** A whole evaluation as one object, for the report file and the page: no text of any record is in it. */
import { countScores } from "../statistics/ranking.ts";
import { type CurvePoint, curve } from "./curves.ts";
import type { GroupReport, Judgement } from "./evaluation.ts";
import type { ObfuscationReport } from "./obfuscation-loss.ts";
import { type ThresholdReport, thresholdReports } from "./threshold-rates.ts";

/** What was judged, and by what. */
export interface EvaluationContext {
  /** Content hashes. */
  readonly policy: string;
  readonly pack: string;
  readonly tier: string;
  readonly records: number;
  readonly unlabelled: number;
  readonly faults: readonly string[];
}
export interface NamedCurve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
}
export interface EvaluationReport extends EvaluationContext {
  readonly groups: readonly GroupReport[];
  /** All records, then each category against all safe records. */
  readonly curves: readonly NamedCurve[];
  readonly thresholds: readonly ThresholdReport[];
  readonly obfuscation: readonly ObfuscationReport[];
}

export function evaluationReport(
  context: EvaluationContext,
  judgements: readonly Judgement[],
  groups: readonly GroupReport[],
  obfuscation: readonly ObfuscationReport[],
): EvaluationReport {
  const risks = (label: Judgement["label"], category?: string) =>
    judgements
      .filter((one) => one.label === label && (category === undefined || one.category === category))
      .map(({ risk }) => risk);
  const safe = risks("safe");
  const categories = groups.filter(({ group }) => group === "category").map(({ name }) => name);
  const curves = [
    { name: "all", points: curve(countScores(risks("unsafe"), safe)) },
    ...categories.map((name) => ({ name, points: curve(countScores(risks("unsafe", name), safe)) })),
  ].filter(({ points }) => points.length > 0);
  return { ...context, groups, curves, thresholds: thresholdReports(judgements), obfuscation };
}
