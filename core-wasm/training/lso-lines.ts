/** The lines that a default detector must hold on unseen sources, and whether a leave-source-out report holds them. */
import type { LsoReport, SourceLine } from "./lso-report.ts";

export interface Line {
  readonly name: string;
  readonly wanted: string;
  readonly found: string;
  readonly isHeld: boolean;
}

const AUROC_MIN = 0.82;
const AUPRC_MIN = 0.63;
/** Posts of people who quarrel: hate and the answer to it in the same words. */
const POSTS: ReadonlySet<string> = new Set(["hatecheck", "davidson-tweets"]);
const POSTS_FLAGGED_MAX = 0.2;
const FLAGGED_MAX = 0.08;
/** Safe records from which on a source's own rate is held to a line. */
const SAFE_MIN = 100;
const EVERYDAY_MAX = 0.005;
const CALIBRATION_ERROR_MAX = 0.05;
/** Wanted rates of false alarms that must be obtained, and by which factor they may be off. */
const NESTED_RATES: ReadonlySet<number> = new Set([0.02, 0.03, 0.05]);
const FACTOR_MAX = 1.4;

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;

export function heldLines(report: Omit<LsoReport, "lines">): Line[] {
  const { pooled, bySource, nested, calibrationError, everydayFalseAlarms } = report;
  return [
    atLeast("AUROC, records alike", pooled.auroc, AUROC_MIN),
    atLeast("AUPRC, records alike", pooled.auprc, AUPRC_MIN),
    ...bySource.flatMap(sourceLine),
    atMost("flagged of alpaca, mmlu, medquad, gsm8k and arc together", everydayFalseAlarms ?? 0, EVERYDAY_MAX),
    ...nested.flatMap(({ wanted, obtained }) => {
      if (!NESTED_RATES.has(wanted)) return [];
      return {
        name: `false alarms obtained where ${percent(wanted)} are wanted`,
        wanted: `${percent(wanted / FACTOR_MAX)} to ${percent(wanted * FACTOR_MAX)}`,
        found: percent(obtained),
        isHeld: obtained <= wanted * FACTOR_MAX && obtained >= wanted / FACTOR_MAX,
      };
    }),
    {
      name: "calibration error at the known base rate",
      wanted: `at most ${CALIBRATION_ERROR_MAX}`,
      found: calibrationError.toFixed(3),
      isHeld: calibrationError <= CALIBRATION_ERROR_MAX,
    },
  ];
}

function sourceLine({ source, safe, falseAlarms }: SourceLine): Line[] {
  const isPosts = POSTS.has(source);
  if (falseAlarms === null || (safe < SAFE_MIN && !isPosts)) return [];
  return [atMost(`flagged of ${source} at the 2 % line`, falseAlarms, isPosts ? POSTS_FLAGGED_MAX : FLAGGED_MAX)];
}

function atLeast(name: string, value: number, least: number): Line {
  return { name, wanted: `at least ${least}`, found: value.toFixed(4), isHeld: value >= least };
}

function atMost(name: string, share: number, most: number): Line {
  return { name, wanted: `at most ${percent(most)}`, found: percent(share), isHeld: share <= most };
}
