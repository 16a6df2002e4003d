/**
 * What only a fresh process can tell: how much memory a detector takes beyond Node itself, and how the first events
 * fare. Writes one JSON object.
 *
 *     node --expose-gc detector-process.js memory|cold|warm <pack> <events, one a line>
 */
import { readFileSync } from "node:fs";

export interface MemoryReport {
  readonly bareBytes: number;
  readonly growthBytes: number;
}
export interface WarmthReport {
  /** Microseconds: of the first event, of the first 64 in the mean, and in the median of the last ones. */
  readonly firstUs: number;
  readonly early: number;
  readonly steady: number;
}

const EARLY_EVENTS = 64;
const EVENTS = 20_000;
const STEADY_EVENTS = 5000;

function residentBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

/** One event after the other, again from the front when they are used up. */
function eventsOf(lines: Buffer): () => Buffer {
  let from = 0;
  return () => {
    if (from >= lines.length) from = 0;
    const end = lines.indexOf(0x0a, from);
    const event = lines.subarray(from, end);
    from = end + 1;
    return event;
  };
}

async function memory(pack: string, next: () => Buffer): Promise<MemoryReport> {
  const bareBytes = residentBytes();
  const { createDetector } = await import("@sluice/core-wasm");
  const detector = createDetector(readFileSync(pack));
  for (let i = 0; i < EVENTS; i += 1) {
    const payload = detector.open(next());
    if (!("scan" in payload) || payload.scan(0).fault !== undefined) throw new Error("an event is refused");
  }
  return { bareBytes, growthBytes: residentBytes() - bareBytes };
}

/** @param isWarmed as `sluice serve` does before it listens */
async function warmth(pack: string, next: () => Buffer, isWarmed: boolean): Promise<WarmthReport> {
  const { createSluice } = await import("@sluice/app");
  const sluice = await createSluice({ pack });
  if (isWarmed) await sluice.listen({ port: 0 });
  const times = new Float64Array(EVENTS);
  for (let i = 0; i < EVENTS; i += 1) {
    const event = next();
    const start = performance.now();
    sluice.evaluate(event);
    times[i] = (performance.now() - start) * 1000;
  }
  await sluice.close();
  const sorted = times.slice(EVENTS - STEADY_EVENTS).sort();
  const early = times.slice(0, EARLY_EVENTS).reduce((sum, time) => sum + time, 0) / EARLY_EVENTS;
  return { firstUs: times[0] as number, early, steady: sorted[STEADY_EVENTS / 2] as number };
}

async function main([mode, pack = "", events = ""]: readonly string[]): Promise<void> {
  const next = eventsOf(readFileSync(events));
  const report = mode === "memory" ? await memory(pack, next) : await warmth(pack, next, mode === "warm");
  process.stdout.write(JSON.stringify(report));
}

await main(process.argv.slice(2));
