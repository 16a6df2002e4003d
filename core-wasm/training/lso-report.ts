/**
 * What leave-source-out scores say: areas, false alarms by source at thresholds set on all sources alike, and what a
 * threshold set without a source gives on that source. No text of any record is in it.
 */

import { heldLines, type Line } from "./lso-lines.ts";
import {
  type Areas,
  areas,
  type CurvePoint,
  calibrationError,
  curve,
  fitLogistic,
  type Scored,
  shareAbove,
  thresholdAt,
} from "./metrics.ts";

export interface SourceScore extends Scored {
  readonly source: string;
}
export interface SourceLine {
  readonly source: string;
  readonly safe: number;
  readonly unsafe: number;
  /** Share flagged at the threshold of 2 %; null when there is none to flag. */
  readonly falseAlarms: number | null;
  readonly recall: number | null;
}
export interface LsoReport {
  readonly records: number;
  readonly sources: number;
  /** Each record counts alike. */
  readonly pooled: Areas;
  /** Each source counts alike. */
  readonly even: Areas;
  /** Ends of the 95 % interval of `pooled` and `even`, from resampling sources. */
  readonly intervals: Readonly<Record<"pooled" | "even", Readonly<Record<keyof Areas, readonly [number, number]>>>>;
  readonly curves: Readonly<Record<"pooled" | "even", readonly CurvePoint[]>>;
  readonly threshold: number;
  /** Log odds to probability, and log odds by wanted false alarms, from the scores of all sources. */
  readonly calibration: {
    readonly slope: number;
    readonly intercept: number;
    readonly thresholds: readonly { readonly falseAlarms: number; readonly logOdds: number }[];
  };
  readonly recallEven: number;
  readonly bySource: readonly SourceLine[];
  readonly nested: readonly { readonly wanted: number; readonly obtained: number; readonly recall: number }[];
  /** Slope and intercept fitted without the source that is judged, base rate known. */
  readonly calibrationError: number;
  readonly everydayFalseAlarms: number | null;
  /** What a default detector must hold. */
  readonly lines: readonly Line[];
}

/** A source with fewer records has no say in an average over sources: its rates are noise. */
export const RECORDS_MIN = 20;
export const WANTED_RATES = [0.01, 0.02, 0.03, 0.05] as const;
/** And those below which a score says next to nothing. */
const CALIBRATED_RATES = [...WANTED_RATES, 0.1, 0.2] as const;
/** Plain instructions and school questions, which must hardly ever be flagged. */
const EVERYDAY: ReadonlySet<string> = new Set(["alpaca", "mmlu", "medquad", "gsm8k", "arc"]);
const RESAMPLES = 100;
/** The line that per-source rates are told at. */
const LINE = 0.02;

export function lsoReport(all: readonly SourceScore[], random: { below(bound: number): number }): LsoReport {
  const groups = [...grouped(all)].filter(([, members]) => members.length >= RECORDS_MIN);
  const scored = groups.flatMap(([, members]) => members.map((one) => ({ ...one, weight: 1 / members.length })));
  scored.sort((a, b) => b.score - a.score);
  const flat = scored.map((one) => ({ ...one, weight: 1 }));
  const threshold = safeThreshold(scored, LINE);
  const everyday = flat.filter(({ source }) => EVERYDAY.has(source));
  const report = {
    records: scored.length,
    sources: groups.length,
    pooled: areas(flat),
    even: areas(scored),
    intervals: { pooled: sourceIntervals(flat, random), even: sourceIntervals(scored, random) },
    curves: { pooled: curve(flat), even: curve(scored) },
    threshold,
    recallEven: shareAbove(
      scored.filter(({ isUnsafe }) => isUnsafe),
      threshold,
    ),
    bySource: [...grouped(all)].map(([source, members]) => sourceLine(source, members, threshold)),
    nested: WANTED_RATES.map((wanted) => nestedRates(scored, wanted)),
    calibration: {
      ...fitLogistic(balanced(scored)),
      thresholds: CALIBRATED_RATES.map((rate) => ({ falseAlarms: rate, logOdds: safeThreshold(scored, rate) })),
    },
    calibrationError: nestedCalibration(scored),
    everydayFalseAlarms: finite(shareAbove(everyday, threshold)),
  };
  return { ...report, lines: heldLines(report) };
}

const finite = (share: number) => (Number.isNaN(share) ? null : share);

function grouped<T extends { readonly source: string }>(records: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const record of [...records].sort((a, b) => (a.source < b.source ? -1 : a.source > b.source ? 1 : 0))) {
    const members = groups.get(record.source);
    if (members === undefined) groups.set(record.source, [record]);
    else members.push(record);
  }
  return groups;
}

/** Threshold of a false alarm rate, each source of safe records counting alike whatever else it holds. */
function safeThreshold(scored: readonly SourceScore[], rate: number): number {
  const safe = grouped(scored.filter(({ isUnsafe }) => !isUnsafe));
  return thresholdAt(
    [...safe.values()].flatMap((members) => members.map((one) => ({ ...one, weight: 1 / members.length }))),
    rate,
  );
}

function sourceLine(source: string, members: readonly SourceScore[], threshold: number): SourceLine {
  const of = (isUnsafe: boolean) => members.filter((one) => one.isUnsafe === isUnsafe);
  return {
    source,
    safe: of(false).length,
    unsafe: of(true).length,
    falseAlarms: finite(shareAbove(of(false), threshold)),
    recall: finite(shareAbove(of(true), threshold)),
  };
}

/** Both classes with the same weight, so that a slope and intercept hold for base rate one half. */
function balanced(scored: readonly SourceScore[]): SourceScore[] {
  const unsafe = scored.reduce((sum, one) => (one.isUnsafe ? sum + one.weight : sum), 0);
  const safe = scored.reduce((sum, one) => (one.isUnsafe ? sum : sum + one.weight), 0);
  return scored.map((one) => ({ ...one, weight: one.weight / (one.isUnsafe ? unsafe : safe) }));
}

/** Mean over sources of the rate on a source at the threshold that all others give. */
function nestedRates(scored: readonly SourceScore[], wanted: number) {
  const alarms: number[] = [];
  const recalls: number[] = [];
  for (const [source, members] of grouped(scored)) {
    const threshold = safeThreshold(
      scored.filter((one) => one.source !== source),
      wanted,
    );
    const share = (isUnsafe: boolean) =>
      shareAbove(
        members.filter((one) => one.isUnsafe === isUnsafe),
        threshold,
      );
    if (!Number.isNaN(share(false))) alarms.push(share(false));
    if (!Number.isNaN(share(true))) recalls.push(share(true));
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { wanted, obtained: mean(alarms), recall: mean(recalls) };
}

function nestedCalibration(scored: readonly SourceScore[]): number {
  const judged = [...grouped(scored)].flatMap(([source, members]) => {
    const { slope, intercept } = fitLogistic(scored.filter((one) => one.source !== source));
    return members.map((one) => ({ ...one, score: 1 / (1 + Math.exp(-(slope * one.score + intercept))) }));
  });
  return calibrationError(judged);
}

/** Percentile bootstrap over sources: they, not records, are what the next text is drawn from. */
function sourceIntervals(
  falling: readonly SourceScore[],
  random: { below(bound: number): number },
): Record<keyof Areas, readonly [number, number]> {
  const names = [...new Set(falling.map(({ source }) => source))].sort();
  const drawn = Array.from({ length: RESAMPLES }, () => {
    const times = new Map<string, number>();
    for (const _ of names) {
      const name = names[random.below(names.length)] ?? "";
      times.set(name, (times.get(name) ?? 0) + 1);
    }
    // Kept in order of score, so that sorting again costs next to nothing.
    return areas(
      falling.flatMap((one) => {
        const count = times.get(one.source);
        return count === undefined ? [] : { ...one, weight: one.weight * count };
      }),
    );
  });
  const ends = (key: keyof Areas): readonly [number, number] => {
    const rising = drawn.map((one) => one[key]).filter((value) => !Number.isNaN(value));
    rising.sort((a, b) => a - b);
    const at = (share: number) => rising[Math.min(rising.length - 1, Math.floor(share * rising.length))] ?? Number.NaN;
    return [at(0.025), at(0.975)];
  };
  return { auroc: ends("auroc"), auprc: ends("auprc") };
}

/** The report for a terminal. */
export function lsoLines(report: LsoReport): string[] {
  const { pooled, even, intervals } = report;
  const percent = (share: number | null) => (share === null ? "–" : (100 * share).toFixed(1));
  const line = (name: string, area: Areas, ends: LsoReport["intervals"]["even"]) => {
    const shown = (key: keyof Areas) =>
      `${area[key].toFixed(4)} [${ends[key].map((end) => end.toFixed(3)).join(", ")}]`;
    return `${name}  AUROC ${shown("auroc")}  AUPRC ${shown("auprc")}`;
  };
  return [
    `${report.records} records of ${report.sources} sources, each scored by a model that never saw its family`,
    line("records alike", pooled, intervals.pooled),
    line("sources alike", even, intervals.even),
    `calibration error ${report.calibrationError.toFixed(3)}; everyday false alarms at the 2 % line ${percent(report.everydayFalseAlarms)} %`,
    ...report.nested.map(({ wanted, obtained, recall }) => {
      return `false alarms wanted ${percent(wanted)} %, obtained on unseen sources ${percent(obtained)} %, recall ${percent(recall)} %`;
    }),
    `${"at the 2 % line".padEnd(32)}${"safe".padStart(6)}${"flagged %".padStart(11)}${"unsafe".padStart(8)}${"recall %".padStart(10)}`,
    ...report.bySource.map(({ source, safe, unsafe, falseAlarms, recall }) => {
      const counts = `${String(safe).padStart(6)}${percent(falseAlarms).padStart(11)}${String(unsafe).padStart(8)}`;
      return `${source.padEnd(32)}${counts}${percent(recall).padStart(10)}`;
    }),
    `${report.lines.filter(({ isHeld }) => isHeld).length} of ${report.lines.length} lines are held`,
    ...report.lines.map(({ name, wanted, found, isHeld }) => {
      return `${isHeld ? "holds" : "MISSED"}  ${name}: ${found}, wanted ${wanted}`;
    }),
  ];
}
