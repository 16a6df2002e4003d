/**
 * Compares by rounds: each round measures every subject once, one after the other, every second round in the opposite
 * order. A ratio is taken within a round, where the machine is most alike, and the median over the rounds is told with
 * its range.
 */
import type { Figure } from "../record.ts";

export interface Subject<T> {
  readonly name: string;
  measure(round: number): Promise<T>;
}

/** What each subject measured, by its name, in the order of the rounds. */
export async function measureRounds<T>(
  rounds: number,
  subjects: readonly Subject<T>[],
): Promise<ReadonlyMap<string, readonly T[]>> {
  const measured = new Map<string, T[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? subjects : subjects.toReversed();
    for (const { name, measure } of order) measured.get(name)?.push(await measure(round));
  }
  return measured;
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error("nothing has no median");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** Median, lowest and highest of `ours[round] / theirs[round]`. */
export function ratioFigures(name: string, ours: readonly number[], theirs: readonly number[]): Figure[] {
  if (ours.length !== theirs.length) throw new Error(`${name}: ${ours.length} rounds against ${theirs.length}`);
  const ratios = ours.map((value, round) => value / (theirs[round] as number));
  const figure = (suffix: string, value: number) => ({ name: name + suffix, value: rounded(value), unit: "times" });
  return [
    figure("", median(ratios)),
    figure(", lowest round", Math.min(...ratios)),
    figure(", highest round", Math.max(...ratios)),
  ];
}

/** Three significant digits: more would be noise. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
