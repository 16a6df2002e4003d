/**
 * The engine: parts in, `Engine` out. It folds the ledger, records its start, wires the pipeline and the windows, and
 * takes them down in order. What each step does is in the file of that step.
 */
import { catchError, EMPTY, map, type Observable, Subject, share } from "rxjs";
import { createAlerts } from "./alerts.ts";
import { systemClock } from "./clock.ts";
import type {
  AnsweredDecision,
  Engine,
  EvaluateOptions,
  PartState,
  RecordDraft,
  Rejection,
  WindowResult,
} from "./contracts.ts";
import { createProcessCounts, joinCounters } from "./counters.ts";
import { createDecideStage } from "./decide-stage.ts";
import { isRejection } from "./decode.ts";
import { EngineError } from "./errors.ts";
import { addDecision, type Folded, foldLedger } from "./fold.ts";
import { createGate, type Gate } from "./gate.ts";
import { createJudge, type Judge } from "./judge.ts";
import { createLatencies } from "./latency.ts";
import { runMachine } from "./machine.ts";
import { DEFAULT_OPTIONS, type EngineOptions, type EngineParts } from "./parts.ts";
import { createPipeline, type Progress } from "./pipeline.ts";
import { queueSource } from "./queue-source.ts";
import { createReader, type Reader } from "./reader.ts";
import { notOneEvent, unserialisable } from "./rejection.ts";
import { writeSnapshot } from "./snapshot.ts";
import { volatileLedger } from "./volatile-ledger.ts";
import type { WindowInput } from "./windows/window-set.ts";

const TICK_MS = 1000;

/**
 * Starts an engine: reads the ledger since the last snapshot, so it may take a while on a large one.
 * @throws {EngineError} `ledger-failed`, `ledger-corrupt`, `config-invalid`.
 */
export async function createEngine(parts: EngineParts): Promise<Engine> {
  const { detector, clock = systemClock } = parts;
  const options: EngineOptions = { ...DEFAULT_OPTIONS, ...parts.options };
  const ledger = parts.ledger ?? volatileLedger();
  const alert = createAlerts(clock, parts.onAlert);
  const latencies = createLatencies();
  const judge = createJudge({
    pack: detector.pack,
    policy: parts.policy,
    clock,
    synthetic: parts.synthetic === true,
    onLatencyUs: latencies.accept,
  });
  const reader = createReader(detector);
  const nowMs = () => clock.nowMs();
  const folded = await foldLedger({ ledger, snapshotPath: parts.snapshotPath, windows: options, nowMs });
  await ledger.append([startRecord(parts, options, nowMs())]).written;

  const progress: Progress = { failures: 0, writtenSeq: ledger.lastSeq, lastFailure: undefined };
  const counts = createProcessCounts();
  const decide = createDecideStage({ reader, judge, ledger, clock, replay: options.replay, alert, progress });
  const pipeline = createPipeline({ decide, progress, clock, counts, alert, deadLetter: parts.deadLetter });

  // Folding comes first of all subscribers, so that whoever hears of a decision finds it counted.
  pipeline.recorded$.subscribe((entries) => {
    const now = nowMs();
    for (const entry of entries) addDecision(folded, entry.seq, entry, now);
  });
  const windows = wireWindows(folded, (missed) => {
    counts.lateEvents += missed;
  });
  pipeline.recorded$.subscribe((events) => windows.push({ kind: "batch", events, nowMs: nowMs() }));

  const queue = queueSource(options.inFlightPayloadsMax, options.inFlightBytesMax);
  const gates = new Set<Gate>([queue.gate]);
  const stopping = new AbortController();
  const queueRead = pipeline.attach(queue, { gate: queue.gate, isOwnGate: true, signal: stopping.signal });
  const keep = snapshotKeeper(parts.snapshotPath, folded, () =>
    alert("part-fault", 1, "the snapshot of the counters cannot be written; the next start will take longer"),
  );
  const timers = options.replay
    ? []
    : [
        setInterval(() => windows.push({ kind: "tick", nowMs: nowMs() }), TICK_MS),
        setInterval(keep, options.snapshotEveryMs),
      ];
  for (const timer of timers) timer.unref();
  let sourcesOpen = 0;
  let stopped: Promise<void> | undefined;

  async function stop(): Promise<void> {
    stopping.abort();
    for (const timer of timers) clearInterval(timer);
    await queueRead;
    await Promise.all([...gates].map((gate) => gate.idle()));
    try {
      await ledger.flush();
      await keep();
    } finally {
      pipeline.close();
      windows.drop(); // not finished: a window that a stop cut short is not final
    }
  }

  return {
    evaluate: (event, evaluateOptions) =>
      evaluate(event, evaluateOptions ?? {}, reader, judge, () => clock.monotonicUs()),
    async ingest(payload) {
      if (stopped !== undefined) throw new EngineError("stopping", "the engine is stopping; send to another process");
      if (!queue.gate.hasRoom(payload.length)) counts.shed += 1;
      return queue.offer(payload);
    },
    async attach(source) {
      if (stopped !== undefined) throw new EngineError("stopping", "the engine is stopping; attach to another process");
      const gate = createGate(options.inFlightPayloadsMax, options.inFlightBytesMax);
      gates.add(gate);
      sourcesOpen += 1;
      try {
        await pipeline.attach(source, { gate, isOwnGate: false, signal: stopping.signal });
      } finally {
        gates.delete(gate);
        sourcesOpen -= 1;
        if (options.replay && sourcesOpen === 0 && stopped === undefined) windows.finish();
      }
    },
    recorded$: pipeline.recorded$,
    windows$: windows.results$,
    counters: () => joinCounters(folded.counters.state(), counts),
    hourlyStats: (hours) => folded.hourly.stats(hours, nowMs()),
    latency: () => latencies.summary(),
    async setPolicy(policy) {
      const draft = policyRecord(judge.policy.hash, policy.hash, policy.name, nowMs());
      await ledger.append([draft]).written;
      judge.policy = policy;
    },
    get policy() {
      return judge.policy;
    },
    pack: detector.pack,
    parts: () => ({
      detector: { state: "ready", detail: detector.pack.hash },
      policy: { state: "ready", detail: `${judge.policy.name} ${judge.policy.hash}` },
      ledger: ledgerState(progress),
      queue: {
        state: stopped === undefined ? "ready" : "stopped",
        detail: `${queue.gate.payloads} of ${options.inFlightPayloadsMax} payloads`,
      },
      windows: windows.state(),
    }),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

function evaluate(
  event: Uint8Array | object,
  options: EvaluateOptions,
  reader: Reader,
  judge: Judge,
  monotonicUs: () => number,
): AnsweredDecision | Rejection {
  const arrivedUs = monotonicUs();
  const bytes = event instanceof Uint8Array ? event : bytesOf(event);
  if (bytes === undefined) return unserialisable();
  const payload = reader.open(bytes);
  if (isRejection(payload)) return payload;
  if (payload.count !== 1) return notOneEvent(payload.count);
  const read = payload.read(0);
  if (isRejection(read)) return read;
  const { decision, json, output } = judge.judge(read.fields, read.scan, {
    arrivedUs,
    replay: options.replay === true,
  });
  const answer = { decision, json, seq: 0, duplicate: false };
  return output === undefined ? answer : { ...answer, output };
}

function bytesOf(event: object): Uint8Array | undefined {
  try {
    return Buffer.from(JSON.stringify(event));
  } catch {
    return undefined; // a circle or a BigInt: answered as a rejection
  }
}

/** The windows behind their operator, fed by hand: the pipeline and the tick are two sources of one machine. */
function wireWindows(folded: Folded, onMissed: (missed: number) => void) {
  const input$ = new Subject<WindowInput>();
  let fault: string | undefined;
  const results$: Observable<readonly WindowResult[]> = input$.pipe(
    runMachine(() => folded.windows),
    map((output) => {
      onMissed(output.missed);
      return output.results;
    }),
    catchError((error: unknown) => {
      fault = String(error);
      return EMPTY;
    }),
    share(),
  );
  const running = results$.subscribe();
  return {
    results$,
    push: (input: WindowInput) => input$.next(input),
    finish: () => input$.complete(),
    drop: () => running.unsubscribe(),
    state: (): PartState => (fault === undefined ? { state: "ready", detail: "" } : { state: "failed", detail: fault }),
  };
}

function snapshotKeeper(path: string | undefined, folded: Folded, onFailure: () => void): () => Promise<void> {
  let keptSeq = folded.last?.seq ?? 0;
  let writing: Promise<void> = Promise.resolve();
  async function write(): Promise<void> {
    const { last } = folded;
    if (path === undefined || last === undefined || last.seq === keptSeq) return;
    const state = { counters: folded.counters.state(), hourly: folded.hourly.state(), windows: folded.windows.state() };
    try {
      await writeSnapshot(path, { ...last, ...state });
      keptSeq = last.seq;
    } catch {
      onFailure();
    }
  }
  return () => {
    writing = writing.then(write); // one at a time: both would write the same file beside
    return writing;
  };
}

/** Says from when on what was in force, so that an auditor sees gaps. */
function startRecord(parts: EngineParts, options: EngineOptions, atMs: number): RecordDraft {
  const { detector, policy, version = "unknown", synthetic = false } = parts;
  const at = new Date(atMs).toISOString();
  const settings = { ...options, retain_text: policy.retainText };
  const versions = { version, node: process.version };
  const inForce = { pack: detector.pack.hash, policy: policy.hash, policy_name: policy.name };
  return { type: "start", json: JSON.stringify({ at, ...versions, ...inForce, synthetic, settings }) };
}

function policyRecord(old: string, next: string, name: string, atMs: number): RecordDraft {
  return { type: "policy", json: JSON.stringify({ at: new Date(atMs).toISOString(), old, new: next, name }) };
}

function ledgerState(progress: Progress): PartState {
  const { lastFailure, writtenSeq } = progress;
  if (lastFailure !== undefined) return { state: "failed", detail: lastFailure.message };
  return { state: "ready", detail: `seq ${writtenSeq}` };
}
