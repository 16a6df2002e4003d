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

/** Runs the cases and answers events a second and microseconds an event for each. */
export async function timeCases(suite: string, cases: readonly Case[]): Promise<Figure[]> {
  const summary = await benny.suite(
    suite,
    ...cases.map(({ name, run }) => benny.add(name, () => run)),
    benny.configure({ cases: { minSamples: 12, maxTime: 2 } }),
    benny.cycle(),
  );
  return summary.results.flatMap(({ name, ops }, index) => {
    const perSecond = ops * (cases[index]?.events ?? 1);
    return [
      { name: `${name}: events a second`, value: Math.round(perSecond), unit: "1/s" },
      { name: `${name}: time an event`, value: Number((1e6 / perSecond).toFixed(3)), unit: "us" },
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
