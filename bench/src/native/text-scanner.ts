/** Whoever scans a fixed set of texts, pass after pass; and the comparison of two of them, turn by turn. */
import type { Figure } from "../record.ts";

/** What a text is scanned for, as bits. */
export const PHRASES = 1;
export const MODEL = 2;

export interface TextAnswer {
  readonly matches: number;
  /** Tells answers apart: the same over the same matches and scores. */
  readonly digest: number;
}
export interface Pass {
  /** Of the processor, so that what else the machine does is no part of it. */
  readonly ns: number;
  /** Over all texts. */
  readonly matches: number;
}
export interface TextScanner {
  readonly name: string;
  /** One answer a text. */
  check(parts: number): Promise<readonly TextAnswer[]>;
  /** One timed pass over all texts. */
  pass(parts: number): Promise<Pass>;
  stop(): Promise<void>;
}
export interface Contestant {
  readonly name: string;
  pass(): Promise<Pass>;
}

const WARM_UP_ROUNDS = 5;
const ROUNDS = 31;

/** Nanoseconds of the processor that this process has used; a tick is a microsecond. */
export function processorNs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/**
 * The first contestant against each other one, in rounds in which everybody has one pass: nanoseconds a byte, and the
 * median over the rounds of how many times as fast the first one is.
 * @param label what the figures' names begin with
 */
export async function takeTurns(
  label: string,
  bytes: number,
  contestants: readonly Contestant[],
  rounds = ROUNDS,
): Promise<Figure[]> {
  const times = contestants.map((): number[] => []);
  for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) {
      const { ns } = await contestant.pass();
      if (round >= 0) times[index]?.push(ns);
    }
  }
  const [first, ...others] = contestants;
  const speeds = contestants.map(({ name }, index) => ({
    name: `${label}: ${name}`,
    value: Number((median(times[index] ?? []) / bytes).toPrecision(4)),
    unit: "ns/byte",
  }));
  const ratios = others.map(({ name }, index) => {
    const perRound = (times[index + 1] ?? []).map((ns, round) => ns / (times[0]?.[round] as number));
    return {
      name: `${label}: speed of ${first?.name} / ${name}'s`,
      value: Number(median(perRound).toPrecision(3)),
      unit: "times",
    };
  });
  return [...speeds, ...ratios];
}
