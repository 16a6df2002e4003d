/**
 * The engine: parts in, `Engine` out. It folds the ledger, records its start, wires the pipeline and the windows, and
 * takes them down in order. What each step does is in the file of that step.
 */
import { filter } from "rxjs";
import { createAlerts, type RaiseAlert } from "./alerts.ts";
import type { Chunk } from "./chunk.ts";
import { systemClock } from "./clock.ts";
import type { Clock, Engine, Ledger, PartState, PolicyPart, Source } from "./contracts.ts";
import { createProcessCounts, joinCounters, type ProcessCounts } from "./counters.ts";
import { DecideStage } from "./decide-stage.ts";
import { engineMetrics } from "./engine-metrics.ts";
import { EngineError } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { addDecisions, type Folded, foldLedger } from "./fold.ts";
import { createGate, type Gate } from "./gate.ts";
import { createJudge, type Judge } from "./judge.ts";
import { createLatencies, type Latencies } from "./latency.ts";
import { OpinionDesk } from "./opinion-desk.ts";
import { DEFAULT_OPTIONS, type EngineOptions, type EngineParts } from "./parts.ts";
import { createPipeline, type Pipeline } from "./pipeline.ts";
import { type QueueSource, queueSource } from "./queue-source.ts";
import { createQuietWay, type QuietWay } from "./quiet.ts";
import { createReader, type Reader } from "./reader.ts";
import { policyRecord, startRecord } from "./records.ts";
import { rehearse } from "./rehearse.ts";
import { type Progress, Settler } from "./settler.ts";
import { createSnapshotKeeper } from "./snapshot-keeper.ts";
import { volatileLedger } from "./volatile-ledger.ts";
import { createWindowStage, type WindowStage } from "./windows/window-stage.ts";

const TICK_MS = 1000;
const SNAPSHOT_ALERT = "the snapshot of the counters cannot be written; the next start will take longer";

/** Everything an engine runs on, put together and not yet moving. */
interface Assembly {
  readonly parts: EngineParts;
  readonly options: EngineOptions;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly alert: RaiseAlert;
  readonly judge: Judge;
  readonly reader: Reader;
  readonly quiet: QuietWay | undefined;
  readonly latencies: Latencies;
  readonly progress: Progress;
  readonly counts: ProcessCounts;
  readonly folded: Folded;
  readonly pipeline: Pipeline;
  readonly desk: OpinionDesk | undefined;
  readonly windows: WindowStage;
  readonly queue: QueueSource;
}

/** An engine's ability to take sources, and to stop. */
interface Intake {
  attach(source: Source<Uint8Array>): Promise<void>;
  stop(): Promise<void>;
  readonly isStopping: boolean;
  /** Those attached now, `ingest` first. */
  readonly sources: Iterable<{ readonly name: string; readonly gate: Gate }>;
}

/**
 * Starts an engine: reads the ledger since the last snapshot, so it may take a while on a large one.
 * @throws {EngineError} `ledger-failed`, `ledger-corrupt`, `config-invalid`.
 */
export async function createEngine(parts: EngineParts): Promise<Engine> {
  const assembly = await assemble(parts);
  const { options, clock, ledger, judge, reader, latencies, counts, folded, pipeline, windows, queue } = assembly;
  const intake = openIntake(assembly);
  const nowMs = () => clock.nowMs();

  async function setPolicy(policy: PolicyPart): Promise<void> {
    await ledger.append([policyRecord(judge.policy.hash, policy.hash, policy.name, nowMs())]).written;
    judge.policy = policy;
  }

  const evaluateNow: Engine["evaluate"] = (event, given = {}) => evaluate(event, given, reader, judge, clock);

  return {
    evaluate: evaluateNow,
    async ingest(payload) {
      if (intake.isStopping) throw stoppingError();
      if (!queue.gate.hasRoom(payload.length)) counts.shed += 1;
      return queue.offer(payload);
    },
    rehearse: (events) =>
      rehearse(events, {
        ...{ ...assembly, evaluate: evaluateNow },
        ...{ composer: parts.detector.composer, replay: options.replay },
      }),
    attach: (source) => (intake.isStopping ? Promise.reject(stoppingError()) : intake.attach(source)),
    recorded$: pipeline.recorded$,
    windows$: windows.results$,
    counters: () => joinCounters(folded.counters.state(), counts),
    hourlyStats: (hours) => folded.hourly.stats(hours, nowMs()),
    latency: () => latencies.summary(),
    setPolicy,
    get policy() {
      return judge.policy;
    },
    pack: parts.detector.pack,
    parts: () => ({
      detector: { state: "ready", detail: parts.detector.pack.hash },
      policy: { state: "ready", detail: `${judge.policy.name} ${judge.policy.hash}` },
      ledger: ledgerState(assembly.progress),
      queue: {
        state: intake.isStopping ? "stopped" : "ready",
        detail: `${queue.gate.payloads} of ${options.inFlightPayloadsMax} payloads`,
      },
      windows: windows.state(),
    }),
    metrics: () =>
      engineMetrics({
        ...options,
        sources: intake.sources,
        windows: folded.windows,
        latency: latencies.histogram(),
        revised: assembly.desk?.revised,
      }),
    stop: intake.stop,
  };
}

async function assemble(parts: EngineParts): Promise<Assembly> {
  const { detector, policy, clock = systemClock, ledger = volatileLedger() } = parts;
  const options: EngineOptions = { ...DEFAULT_OPTIONS, ...parts.options };
  const { replay } = options;
  const nowMs = () => clock.nowMs();
  const alert = createAlerts(clock, parts.onAlert);
  const latencies = createLatencies();
  const synthetic = parts.synthetic === true;
  const judge = createJudge({ pack: detector.pack, policy, clock, synthetic, onLatencyUs: latencies.accept });
  const reader = createReader(detector);
  const folded = await foldLedger({ ledger, snapshotPath: parts.snapshotPath, windows: options, nowMs });
  await ledger.append([startRecord(parts, options, nowMs())]).written;

  const progress: Progress = { failures: 0, writtenSeq: ledger.lastSeq, lastFailure: undefined };
  const counts = createProcessCounts();
  const settler = new Settler({ progress, counts, alert, deadLetter: parts.deadLetter });
  // A replay writes event times for the clock's: it takes the long way alone.
  const { composer } = detector;
  const onLatencyUs = latencies.accept;
  const quiet = composer && !replay ? createQuietWay({ composer, judge, clock, onLatencyUs }) : undefined;
  const opinion = replay ? undefined : parts.secondOpinion; // a replay says what this machine alone decides
  const emit = (chunk: Chunk) => pipeline.pass(chunk);
  const desk = opinion && new OpinionDesk({ opinion, ledger, clock, alert, progress, emit });
  const stage = new DecideStage({ reader, judge, ledger, clock, replay, alert, quiet, desk, progress });
  const pipeline = createPipeline({ decide: (parcels, emit) => stage.decide(parcels, emit), settler, desk, alert });
  const decided$ = pipeline.recorded$.pipe(filter((entries) => entries[0]?.isRevision !== true));
  // An event counts once. Folding comes first of all subscribers, so that whoever hears of a decision finds it counted.
  decided$.subscribe((entries) => addDecisions(folded, entries, nowMs()));
  const windows = createWindowStage(folded.windows, (missed) => {
    counts.lateEvents += missed;
  });
  decided$.subscribe((events) => windows.push({ kind: "batch", events, nowMs: nowMs() }));
  const queue = queueSource(options.inFlightPayloadsMax, options.inFlightBytesMax);
  const made = { judge, reader, quiet, latencies, progress, counts, folded, pipeline, desk, windows, queue };
  return { parts, options, clock, ledger, alert, ...made };
}

function openIntake(assembly: Assembly): Intake {
  const { parts, options, clock, ledger, alert, folded, pipeline, desk, windows, queue } = assembly;
  const sources = new Set<{ readonly name: string; readonly gate: Gate }>([queue]);
  const stopping = new AbortController();
  const { signal } = stopping;
  const queueRead = pipeline.attach(queue, { gate: queue.gate, isOwnGate: true, signal });
  const keep = createSnapshotKeeper(parts.snapshotPath, folded, () => alert("part-fault", 1, SNAPSHOT_ALERT));
  const timers: NodeJS.Timeout[] = [];
  if (!options.replay) {
    timers.push(setInterval(() => windows.push({ kind: "tick", nowMs: clock.nowMs() }), TICK_MS));
    timers.push(setInterval(keep, options.snapshotEveryMs));
  }
  for (const timer of timers) timer.unref();
  let sourcesOpen = 0;
  let stopped: Promise<void> | undefined;

  async function attach(source: Source<Uint8Array>): Promise<void> {
    const gate = createGate(options.inFlightPayloadsMax, options.inFlightBytesMax);
    const attached = { name: source.name, gate };
    sources.add(attached);
    sourcesOpen += 1;
    try {
      await pipeline.attach(source, { gate, isOwnGate: false, signal });
    } finally {
      sources.delete(attached);
      sourcesOpen -= 1;
      if (options.replay && sourcesOpen === 0 && stopped === undefined) windows.finish();
    }
  }

  async function stop(): Promise<void> {
    stopping.abort();
    for (const timer of timers) clearInterval(timer);
    await queueRead;
    await Promise.all([...sources].map(({ gate }) => gate.idle()));
    await desk?.stop();
    try {
      await ledger.flush();
    } finally {
      await keep();
      pipeline.close();
      windows.drop();
    }
  }

  return {
    attach,
    sources,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
    get isStopping() {
      return stopped !== undefined;
    },
  };
}

function stoppingError(): EngineError {
  return new EngineError("stopping", "the engine is stopping; send to another process");
}

function ledgerState(progress: Progress): PartState {
  const { lastFailure, writtenSeq } = progress;
  if (lastFailure !== undefined) return { state: "failed", detail: lastFailure.message };
  return { state: "ready", detail: `seq ${writtenSeq}` };
}
