/**
 * What a threshold costs each source: false alarms of every source with enough safe records, at the risk that gives a
 * wanted share of false alarms over all of them, each source counting alike. One number over a pooled file hides the
 * source that is flagged ten times as often as the rest.
 */
import { type Rate, wilson } from "../statistics/wilson.ts";
import type { Judgement } from "./evaluation.ts";

export const SAFE_RECORDS_MIN = 100;
export const WANTED = [0.01, 0.02, 0.03, 0.05] as const;

export interface ThresholdReport {
  /** Wanted false alarms, mean over the sources; null for the policy's own actions. */
  readonly wanted: number | null;
  /** Lowest risk that is flagged; null where the policy decides, or where no threshold is low enough. */
  readonly risk: number | null;
  /** Mean over the sources. */
  readonly obtained: number;
  readonly recall: Rate;
  readonly sources: readonly { readonly source: string; readonly falseAlarms: Rate }[];
}

/** The policy's own line first, then one for each of `WANTED`; empty when no source has enough safe records. */
export function thresholdReports(judgements: readonly Judgement[]): ThresholdReport[] {
  const unsafe = judgements.filter(({ label }) => label === "unsafe");
  const sources = new Map<string, Judgement[]>();
  for (const judgement of judgements) {
    if (judgement.label !== "safe") continue;
    sources.set(judgement.source, [...(sources.get(judgement.source) ?? []), judgement]);
  }
  const large = [...sources]
    .filter(([, members]) => members.length >= SAFE_RECORDS_MIN)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (large.length === 0) return [];
  const report = (wanted: number | null, risk: number | null, isTaken: (judgement: Judgement) => boolean) => {
    const taken = (records: readonly Judgement[]) => wilson(records.filter(isTaken).length, records.length);
    const rates = large.map(([source, members]) => ({ source, falseAlarms: taken(members) }));
    const obtained = rates.reduce((sum, { falseAlarms }) => sum + (falseAlarms.value ?? 0), 0) / rates.length;
    return { wanted, risk, obtained, recall: taken(unsafe), sources: rates };
  };
  return [
    report(null, null, ({ isFlagged }) => isFlagged),
    ...WANTED.map((wanted) => {
      const risk = riskAt(
        large.map(([, members]) => members.map((member) => member.risk)),
        wanted,
      );
      return report(wanted, risk, (judgement) => risk !== null && judgement.risk >= risk);
    }),
  ];
}

/** Lowest risk that at most `wanted` of the records have or exceed, sources counting alike; null when none is. */
export function riskAt(sources: readonly (readonly number[])[], wanted: number): number | null {
  const weighted = sources.flatMap((risks) =>
    risks.map((risk) => ({ risk, weight: 1 / risks.length / sources.length })),
  );
  weighted.sort((a, b) => b.risk - a.risk);
  let above = 0;
  let lowest: number | null = null;
  for (const [index, { risk, weight }] of weighted.entries()) {
    above += weight;
    if (weighted[index + 1]?.risk === risk) continue; // a tie is taken whole
    if (above > wanted + 1e-12) break;
    lowest = risk;
  }
  return lowest;
}
