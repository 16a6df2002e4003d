/**
 * What only a fresh process can tell: how much memory a detector takes beyond Node itself, how long a start takes, and
 * how the first events fare. Writes one JSON object.
 *
 *     node --expose-gc detector-process.js memory <pack> <events, one a line>
 *     node --expose-gc detector-process.js evaluate|served|ingest <pack> < events, one a line
 *
 * The last 576 events are kept for the end: a warm process meets them as new as a fresh one met the first.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "../load/rounds.ts";

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
  /** Of 64 events in the mean that come to the warm process for the first time: the median of nine such means. */
  readonly asNew: number;
}

const EARLY_EVENTS = 64;
const NEW_BATCHES = 9;
const EVENTS = 20_000;
/** Of which each is waited for. */
const INGESTED_EVENTS = 4000;

function residentBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

/** One event after the other, again from the front when they are used up. */
function inTurn(events: readonly Buffer[]): () => Buffer {
  let index = 0;
  return () => events[index++ % events.length] as Buffer;
}

/** As `inTurn`, out of the text itself: lines that were cut beforehand would count as memory. */
function linesInTurn(text: Buffer): () => Buffer {
  let from = 0;
  return () => {
    if (from >= text.length) from = 0;
    const end = text.indexOf(0x0a, from);
    const event = text.subarray(from, end);
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

async function warmth(mode: WarmthMode, pack: string, events: readonly Buffer[]): Promise<WarmthReport> {
  const { createSluice } = await import("@sluice/app");
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-start-"));
  const start = performance.now();
  const sluice = await createSluice({ pack, ...(mode === "ingest" ? { dataDir: join(folder, "data") } : {}) });
  const startMs = performance.now() - start;
  if (mode === "served") await sluice.listen({ port: 0 });
  const timed = async (count: number, next: () => Buffer) => {
    const times = new Float64Array(count);
    for (let i = 0; i < count; i += 1) {
      const event = next();
      const from = performance.now();
      if (mode === "ingest") await sluice.ingest(event);
      else sluice.evaluate(event);
      times[i] = (performance.now() - from) * 1000;
    }
    return times;
  };
  const isKept = (index: number) => index >= events.length - NEW_BATCHES * EARLY_EVENTS;
  const count = mode === "ingest" ? INGESTED_EVENTS : EVENTS;
  const times = await timed(count, inTurn(events.filter((_, index) => !isKept(index))));
  const nextNew = inTurn(events.filter((_, index) => isKept(index)));
  const newMeans: number[] = [];
  for (let batch = 0; batch < NEW_BATCHES; batch += 1) newMeans.push(meanOf(await timed(EARLY_EVENTS, nextNew)));
  await sluice.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    startMs,
    firstUs: times[0] as number,
    early: meanOf(times.slice(0, EARLY_EVENTS)),
    steady: median([...times.slice(-times.length / 4)]),
    asNew: median(newMeans),
  };
}

const meanOf = (times: Float64Array) => times.reduce((sum, time) => sum + time, 0) / times.length;

function linesOf(text: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf(0x0a, from);
    lines.push(text.subarray(from, end));
    from = end + 1;
  }
  return lines;
}

async function main([mode, pack = "", events = ""]: readonly string[]): Promise<void> {
  const report =
    mode === "memory"
      ? await memory(pack, linesInTurn(readFileSync(events)))
      : await warmth(mode as WarmthMode, pack, linesOf(readFileSync(0)));
  process.stdout.write(JSON.stringify(report));
}

await main(process.argv.slice(2));
