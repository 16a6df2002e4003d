/**
 * What neighbours on a shared machine take from a run: the time of a read that waits for the one before it, at random
 * within a stretch of memory. A machine of its own takes some 4 ns within its second-level cache and 10 to 20 ns within
 * its third-level one; where the neighbours fill that, 100 ns and more. A core that is shared takes longer everywhere.
 */
export interface ReadTimes {
  readonly within: string;
  /** Nanoseconds a read: the fastest, the middle and the slowest of the spells. */
  readonly fastest: number;
  readonly median: number;
  readonly slowest: number;
}

const STRETCHES = { "256 KiB": 2 ** 18, "2 MiB": 2 ** 21, "8 MiB": 2 ** 23 } as const;
const LINE_WORDS = 16;
const SPELLS = 25;
const READS_A_SPELL = 20_000;

/** One cycle through all cache lines in an order that no prefetcher foresees (Sattolo's algorithm, seeded). */
function cycleOf(lines: number): Uint32Array {
  const order = Uint32Array.from({ length: lines }, (_, index) => index);
  let seed = 1;
  for (let index = lines - 1; index > 0; index -= 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((seed / 2 ** 32) * index);
    [order[index], order[other]] = [order[other] as number, order[index] as number];
  }
  const next = new Uint32Array(lines * LINE_WORDS);
  for (const [line, to] of order.entries()) next[line * LINE_WORDS] = to * LINE_WORDS;
  return next;
}

function readTimes(within: string, bytes: number): ReadTimes {
  const next = cycleOf(bytes / (4 * LINE_WORDS));
  const spells: number[] = [];
  let at = 0;
  for (let spell = -SPELLS; spell < SPELLS; spell += 1) {
    const startMs = performance.now();
    for (let read = 0; read < READS_A_SPELL; read += 1) at = next[at] as number;
    if (spell >= 0) spells.push(((performance.now() - startMs) * 1e6) / READS_A_SPELL);
  }
  if (at % LINE_WORDS !== 0) throw new Error("a read left the cycle");
  const sorted = spells.toSorted((a, b) => a - b);
  const value = (index: number) => Number((sorted[index] as number).toPrecision(3));
  return { within, fastest: value(0), median: value(SPELLS >> 1), slowest: value(SPELLS - 1) };
}

export const machineNoise = (): ReadTimes[] =>
  Object.entries(STRETCHES).map(([within, bytes]) => readTimes(within, bytes));
