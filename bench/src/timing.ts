/**
 * benny as the front end of every suite: named cases over the same events in one process, so that their ratios hold
 * even where the machine's speed drifts. A case handles one slice of events a call; figures are per event.
 */
import benny from "benny";
import type { Figure } from "./record.ts";

export interface Case {
  readonly name: string;
  /** Events that one call handles. */
  readonly events: number;
  run(): unknown;
}

/** Runs the cases and answers events a second and microseconds an event for each, by the median of its samples. */
export async function timeCases(suite: string, cases: readonly Case[]): Promise<Figure[]> {
  const summary = await benny.suite(
    suite,
    ...cases.map(({ name, run }) => benny.add(name, () => run)),
    benny.configure({ cases: { minSamples: 12, maxTime: 2 } }),
    benny.cycle(),
  );
  return summary.results.flatMap(({ name, details }, index) => {
    const secondsAnEvent = details.median / (cases[index]?.events ?? 1); // benny's `ops` is rounded to whole calls
    return [
      { name: `${name}: events a second`, value: Math.round(1 / secondsAnEvent), unit: "1/s" },
      { name: `${name}: time an event`, value: Number((secondsAnEvent * 1e6).toFixed(3)), unit: "us" },
    ];
  });
}

/** Value of a figure that `timeCases` made. */
export function perSecondOf(figures: readonly Figure[], name: string): number {
  const figure = figures.find((each) => each.name === `${name}: events a second`);
  if (figure === undefined) throw new Error(`no figure of "${name}"`);
  return figure.value;
}

export function ratio(figures: readonly Figure[], fast: string, slow: string): Figure {
  const value = perSecondOf(figures, fast) / perSecondOf(figures, slow);
  return { name: `${fast} / ${slow}`, value: Number(value.toPrecision(3)), unit: "times" };
}
