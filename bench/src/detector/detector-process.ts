/**
 * What only a fresh process can tell: how much memory a detector takes beyond Node itself, how long a start takes, and
 * how the first events fare. Writes one JSON object.
 *
 *     node --expose-gc detector-process.js memory|evaluate|served|ingest <pack> <events, one a line>
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface MemoryReport {
  readonly bareBytes: number;
  readonly growthBytes: number;
}
/** `evaluate` on a Sluice that is embedded, or that serves; `ingest` with a ledger, one event a call. */
export type WarmthMode = "evaluate" | "served" | "ingest";
export interface WarmthReport {
  readonly startMs: number;
  /** Microseconds: of the first event, of the first 64 in the mean, and in the median of the last ones. */
  readonly firstUs: number;
  readonly early: number;
  readonly steady: number;
}

const EARLY_EVENTS = 64;
const EVENTS = 20_000;
/** Of which each is waited for. */
const INGESTED_EVENTS = 4000;

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

async function warmth(mode: WarmthMode, pack: string, next: () => Buffer): Promise<WarmthReport> {
  const { createSluice } = await import("@sluice/app");
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-start-"));
  const start = performance.now();
  const sluice = await createSluice({ pack, ...(mode === "ingest" ? { dataDir: join(folder, "data") } : {}) });
  const startMs = performance.now() - start;
  if (mode === "served") await sluice.listen({ port: 0 });
  const times = new Float64Array(mode === "ingest" ? INGESTED_EVENTS : EVENTS);
  for (let i = 0; i < times.length; i += 1) {
    const event = next();
    const from = performance.now();
    if (mode === "ingest") await sluice.ingest(event);
    else sluice.evaluate(event);
    times[i] = (performance.now() - from) * 1000;
  }
  await sluice.close();
  rmSync(folder, { recursive: true, force: true });
  const steady = times.slice(-times.length / 4).sort();
  const early = times.slice(0, EARLY_EVENTS).reduce((sum, time) => sum + time, 0) / EARLY_EVENTS;
  return { startMs, firstUs: times[0] as number, early, steady: steady[steady.length / 2] as number };
}

async function main([mode, pack = "", events = ""]: readonly string[]): Promise<void> {
  const next = eventsOf(readFileSync(events));
  const report = mode === "memory" ? await memory(pack, next) : await warmth(mode as WarmthMode, pack, next);
  process.stdout.write(JSON.stringify(report));
}

await main(process.argv.slice(2));
