import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Of a process whose code is cold: the rounds that engine after engine rehearses. */
async function warmedEngines(count: number): Promise<Buffer[][][]> {
  const { warmUp } = await import("./warm-up.ts");
  const { openPack } = await import("./pack.ts");
  const { loadPolicy } = await import("./policy.ts");
  const detector = openPack("rules");
  const policy = loadPolicy("default", detector.pack);
  const rounds: Buffer[][][] = [];
  for (let i = 0; i < count; i += 1) {
    const rehearsed: Buffer[][] = [];
    const engine = { policy, rehearse: async (events: Buffer[]) => void rehearsed.push(events) };
    await warmUp({ engine: engine as never, detector, toDisk: false });
    rounds.push(rehearsed);
  }
  return rounds;
}

test("each made-up event is rehearsed, and the usual ones again", async () => {
  vi.spyOn(performance, "now").mockReturnValue(0);
  const { warmEvents } = await import("./warm-events.ts");
  const { mixed, usual } = warmEvents();
  const texts = (events: readonly Buffer[]) => new Set(events.map(String));
  const [rounds = []] = await warmedEngines(1);
  const mixedRounds = mixed.length / 64;
  expect(texts(rounds.slice(0, mixedRounds).flat())).toEqual(texts(mixed));
  expect(texts(rounds.slice(mixedRounds).flat())).toEqual(texts(usual));
});

test("however slow the machine, each made-up event is rehearsed", async () => {
  let nowMs = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (nowMs += 5000));
  const [rounds = []] = await warmedEngines(1);
  const { mixed } = (await import("./warm-events.ts")).warmEvents();
  expect(
    rounds
      .slice(0, mixed.length / 64)
      .flat()
      .map(String),
  ).toEqual(mixed.map(String));
});

test("a further engine in the process rehearses each once, for the memory of its detector", async () => {
  vi.spyOn(performance, "now").mockReturnValue(0);
  const [first = [], further = []] = await warmedEngines(2);
  expect(further).not.toEqual([]);
  expect(further.length).toBeLessThan(first.length);
  expect(further).toEqual(first.slice(0, further.length));
});
