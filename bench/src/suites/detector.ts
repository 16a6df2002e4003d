/**
 * The kernel as it ships, on events of 1 KB with folding: with the default pack's rules alone and with the trained
 * model. Time an event, how far the slow ones are from the middle, events a second through the engine with its ledger,
 * memory beyond Node itself, and whether the first events wait for anything.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compilePack, createDetector, createOracle, type Detector, loadKernel } from "@sluice/core-wasm";
import { compilePolicy, loadPreset } from "@sluice/policy";
import { makeCorpus } from "../corpus.ts";
import type { MemoryReport, WarmthMode, WarmthReport } from "../detector/detector-process.ts";
import { inventedEvents, realEvents } from "../detector/start-events.ts";
import { median } from "../load/rounds.ts";
import { defaultRules, joinedRules, modelPack } from "../model-pack.ts";
import type { Figure, SuiteResult } from "../record.ts";
import { type Case, timeCases } from "../timing.ts";
import { CALL_EVENTS, freshPayloads, ingestSome, withLedger } from "./engine.ts";

const CHECKED_EVENTS = 200;
const TIMED_EVENTS = 60_000;
const PAYLOAD_AREA = 1;
/** Fresh processes for each figure of a start; the middle one counts. */
const STARTS = 5;
const script = fileURLToPath(new URL("../detector/detector-process.js", import.meta.url));
const rounded = (value: number) => Number(value.toPrecision(4));

function scanOf(detector: Detector, event: Uint8Array) {
  const payload = detector.open(event);
  if (!("scan" in payload)) throw new Error(`refused: ${payload.reason}`);
  return payload.scan(0);
}

/** @throws {Error} when a score differs from the oracle's */
function checkAnswers(detector: Detector, events: readonly Uint8Array[]): string {
  const oracle = createOracle(joinedRules());
  let scored = 0;
  for (const event of events.slice(0, CHECKED_EVENTS)) {
    const wanted = oracle.scan(event, 0, event.length);
    const scan = scanOf(detector, event);
    if (wanted.fault !== undefined || `${wanted.scores}` !== `${scan.scores}`) throw new Error("a score is wrong");
    if (scan.scored) scored += 1;
  }
  return `${CHECKED_EVENTS} events, ${scored} with a score, as the oracle scores them`;
}

function overEvents(events: readonly Uint8Array[], handle: (event: Uint8Array) => unknown): Case["run"] {
  let from = 0;
  return () => {
    for (let i = 0; i < 256; i += 1) handle(events[(from + i) % events.length] as Uint8Array);
    from = (from + 256) % events.length;
  };
}

/** Quantiles of single events, in microseconds: the kernel's two calls alone, so that no garbage is collected. */
function tailFigures(pack: Uint8Array, events: readonly Uint8Array[]): Figure[] {
  const kernel = loadKernel();
  createDetector(pack, kernel);
  const memory = new Uint8Array(kernel.memory.buffer);
  const payloadAt = kernel.addressOf(PAYLOAD_AREA);
  const [times, clock] = [new Float64Array(TIMED_EVENTS), new Float64Array(TIMED_EVENTS)];
  for (let i = -events.length; i < TIMED_EVENTS; i += 1) {
    const event = events[(i + events.length) % events.length] as Uint8Array;
    memory.set(event, payloadAt);
    const start = performance.now();
    kernel.splitPayload(event.length);
    kernel.scanEvent(0);
    const end = performance.now();
    if (i < 0) continue;
    times[i] = (end - start) * 1000;
    clock[i] = (performance.now() - end) * 1000;
  }
  const at = (sorted: Float64Array, share: number) => sorted[Math.floor(share * sorted.length)] as number;
  const ownTimes = fastestOf(times, events.length).sort();
  const [sorted, clockSorted] = [times.sort(), clock.sort()];
  const values = { median: at(sorted, 0.5), p99: at(sorted, 0.99), "p99.9": at(sorted, 0.999) };
  return [
    ...Object.entries(values).map(([name, value]) => ({
      name: `kernel with the model, single events: ${name}`,
      value: rounded(value),
      unit: "us",
    })),
    { name: "of which the clock itself", value: rounded(at(clockSorted, 0.5)), unit: "us" },
    {
      name: "kernel with the model, single events: p99 / median",
      value: rounded(values.p99 / values.median),
      unit: "times",
    },
    {
      name: "kernel with the model, each event at its fastest: p99 / median",
      value: rounded(at(ownTimes, 0.99) / at(ownTimes, 0.5)),
      unit: "times",
    },
  ];
}

/** The least time of each event over the rounds: what the event itself asks for, without what else ran meanwhile. */
function fastestOf(times: Float64Array, eventCount: number): Float64Array {
  const fastest = new Float64Array(eventCount).fill(Number.POSITIVE_INFINITY);
  for (const [index, time] of times.entries()) {
    const event = index % eventCount;
    fastest[event] = Math.min(fastest[event] as number, time);
  }
  return fastest;
}

function ask<R>(args: readonly string[], input: Buffer = Buffer.alloc(0)): R {
  const output = execFileSync(process.execPath, ["--expose-gc", script, ...args], { encoding: "utf8", input });
  return JSON.parse(output) as R;
}

const WARMTH_LABELS: Readonly<Record<WarmthMode, string>> = {
  evaluate: "evaluate, embedded",
  served: "evaluate, once the server listens",
  ingest: "ingest, one event a call, ledger on",
};

const linesOf = (events: readonly Uint8Array[]) =>
  Buffer.from(events.map((event) => `${Buffer.from(event)}\n`).join(""));

/** How the first events of fresh processes fare, and how long those took to start. */
function warmthFigures(label: string, mode: WarmthMode, packFile: string, events: Buffer) {
  const starts = Array.from({ length: STARTS }, () => ask<WarmthReport>([mode, packFile], events));
  const of = (value: (report: WarmthReport) => number) => rounded(median(starts.map(value)));
  const figures: Figure[] = [
    { name: `${label}: first event`, value: of(({ firstUs }) => firstUs), unit: "us" },
    { name: `${label}: mean of the first 64`, value: of(({ early }) => early), unit: "us" },
    { name: `${label}: mean of 64 as new, once warm`, value: of(({ asNew }) => asNew), unit: "us" },
    { name: `${label}: steady median`, value: of(({ steady }) => steady), unit: "us" },
    { name: `${label}: first 64 / as new`, value: of(({ early, asNew }) => early / asNew), unit: "times" },
    { name: `${label}: first 64 / steady`, value: of(({ early, steady }) => early / steady), unit: "times" },
  ];
  return { figures, startMs: starts.map((report) => report.startMs) };
}

/** Figures of fresh processes. */
function processFigures(pack: Uint8Array, events: readonly Uint8Array[]): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-detector-"));
  const [packFile, eventsFile] = [join(folder, "model.pack"), join(folder, "events.ndjson")];
  try {
    writeFileSync(packFile, pack);
    writeFileSync(eventsFile, linesOf(events));
    const invented = linesOf(inventedEvents());
    const { bareBytes, growthBytes } = ask<MemoryReport>(["memory", packFile, eventsFile]);
    const warmth = Object.entries(WARMTH_LABELS).map(([mode, label]) =>
      warmthFigures(label, mode as WarmthMode, packFile, invented),
    );
    const real = realEvents();
    const realWarmth = real && warmthFigures("evaluate, embedded, real prompts", "evaluate", packFile, linesOf(real));
    return [
      { name: "bare Node: resident memory", value: rounded(bareBytes / 2 ** 20), unit: "MiB" },
      { name: "detector with the model: memory beyond it", value: rounded(growthBytes / 2 ** 20), unit: "MiB" },
      {
        name: "createSluice: time of a start",
        value: rounded(median(warmth.flatMap(({ startMs }) => startMs))),
        unit: "ms",
      },
      ...[...warmth, ...(realWarmth === undefined ? [] : [realWarmth])].flatMap(({ figures }) => figures),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function detectorSuite(): Promise<SuiteResult> {
  const { events } = makeCorpus({ seed: 1, phraseCount: 2000, eventCount: 4000, eventBytes: 1000 });
  const pack = modelPack();
  const detector = createDetector(pack);
  const rulesAlone = createDetector(compilePack(defaultRules()));
  const checked = checkAnswers(detector, events);
  const nextPayload = freshPayloads(events);
  const policy = compilePolicy(loadPreset("default"), detector.pack);
  const figures = await withLedger({ detector: createDetector(pack), policy }, (engine) =>
    timeCases("detector", [
      { name: "kernel, rules alone", events: 256, run: overEvents(events, (event) => scanOf(rulesAlone, event)) },
      { name: "kernel with the model", events: 256, run: overEvents(events, (event) => scanOf(detector, event)) },
      { name: "ingest with the model, ledger on", events: CALL_EVENTS, run: () => ingestSome(engine, nextPayload) },
    ]),
  );
  return {
    suite: "detector",
    checked,
    figures: [...figures, ...tailFigures(pack, events), ...processFigures(pack, events)],
  };
}
