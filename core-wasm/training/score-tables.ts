/**
 * From what leave-source-out says of each head to the integer tables that make scores of its sums: `warn` of preset
 * `default` at tier general is where 3 % of safe records lie above, `escalate` where 1 % does, each source alike. What
 * says next to nothing, as nine in ten safe records, scores exactly 0.
 *
 * How grave an event is, the overall head alone decides: it is the ceiling of every category. What it is about, the
 * category's own head decides: none of it below where a fifth of other records lie, all of it from a tenth on.
 */
import { NORMED_ONE } from "../src/model/score-words.ts";
import type { ScoreTables, WeightsHeader } from "../src/model/weights-file.ts";
import type { Knots } from "../src/types.ts";
import type { LsoReport } from "./lso-report.ts";

type Head = WeightsHeader["heads"][number];
type Report = Pick<LsoReport, "calibration" | "curves">;

interface Ladder {
  readonly warn: number;
  readonly escalate: number;
  /** The model's word alone goes no further: below `block` of preset `default` in every tier. */
  readonly most: number;
}
const ORDINARY: Ladder = { warn: 3000, escalate: 5500, most: 5900 };
const GRAVE: Ladder = { warn: 2000, escalate: 4000, most: 5400 };
/** Thresholds of preset `default` in 1/10,000. */
const LADDERS: Readonly<Record<string, Ladder>> = {
  cbrn: GRAVE,
  child_safety: GRAVE,
  // Prompts are never blocked there, see `never`.
  self_harm: { warn: 3000, escalate: 7000, most: 7900 },
  jailbreak: ORDINARY,
  exploitation: ORDINARY,
  violence: ORDINARY,
  hate: ORDINARY,
};
/** A threshold below `warn` has this much less. */
const STEP = 1000;
const SCORE_MAX = 10_000;
/** Likelihood ratio in 1/1,000: more than the records tell apart. */
const RATIO_MAX = 500_000;
/** Log odds above the threshold of 1 % at which a score reaches its most. */
const REACH = 1.5;

/**
 * Heads that go into packs, which hold eight with the overall one. The others have authored records alone, but for
 * `sexual`, which finds the least of them: a third, where a tenth of other records lies above.
 */
export const CALIBRATED: readonly string[] = Object.keys(LADDERS);

/** @param reports by name of head: `overall` and every one of `CALIBRATED` */
export function scoreTables(
  heads: readonly Head[],
  overall: string,
  reports: ReadonlyMap<string, Report>,
): ScoreTables {
  const first = knownHead(heads, overall);
  const of = thresholdsOf(reports, overall);
  const tables = CALIBRATED.map((name) => {
    const { warn, escalate, most } = LADDERS[name] as Ladder;
    const own = thresholdsOf(reports, name);
    const rise = [
      [of(0.1), 0],
      [of(0.05), warn - STEP],
      [of(0.03), warn],
      [of(0.01), escalate],
      [of(0.01) + REACH, most],
    ] as const;
    const head = knownHead(heads, name);
    return {
      name,
      own: knots(head, [
        [own(0.2), 0],
        [own(0.1), SCORE_MAX],
      ]),
      ceiling: knots(first, rise),
    };
  });
  const risk = [
    [of(0.1), 0],
    [of(0.05), 2000],
    [of(0.03), 3000],
    [of(0.01), 5500],
    [of(0.01) + REACH, 9000],
  ] as const;
  const calibration = ratios(risk, reports.get(overall) as Report);
  return {
    sides: ["prompt"],
    heads: [{ name: overall, own: knots(first, risk), ceiling: [] }, ...tables],
    calibration,
  };
}

type Points = readonly (readonly [logOdds: number, score: number])[];

/** Log odds as normed sums, as the kernel works them out. */
function knots({ bias, scale }: Head, points: Points): Knots {
  const rising: { at: number; score: number }[] = [];
  for (const [logOdds, score] of points) {
    const at = Math.round(((logOdds - bias) / scale) * NORMED_ONE);
    if (at > (rising.at(-1)?.at ?? Number.NEGATIVE_INFINITY)) rising.push({ at, score });
  }
  return rising;
}

/** At score 0 the ratio of all that score 0; above, of the score itself. */
function ratios(points: Points, { calibration: { slope, intercept }, curves }: Report): ScoreTables["calibration"] {
  const start = curves.even.find(({ falseAlarms }) => falseAlarms >= 0.1);
  const below = start === undefined ? 1 : (1 - start.recall) / (1 - start.falseAlarms);
  const found = points.slice(1).map(([logOdds, score]) => {
    return { score, ratio: Math.min(RATIO_MAX, Math.round(1000 * Math.exp(slope * logOdds + intercept))) };
  });
  return [
    { score: 0, ratio: Math.round(1000 * below) },
    ...found,
    { score: SCORE_MAX, ratio: found.at(-1)?.ratio ?? 1000 },
  ];
}

function thresholdsOf(reports: ReadonlyMap<string, Report>, name: string): (rate: number) => number {
  return (rate) => {
    const found = reports.get(name)?.calibration.thresholds.find(({ falseAlarms }) => falseAlarms === rate);
    if (found === undefined) throw new Error(`broken invariant: no threshold of ${rate} for head ${name}`);
    return found.logOdds;
  };
}

function knownHead(heads: readonly Head[], name: string): Head {
  const head = heads.find((one) => one.name === name);
  if (head === undefined) throw new Error(`broken invariant: no head ${name}`);
  return head;
}
