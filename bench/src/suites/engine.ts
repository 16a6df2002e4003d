/**
 * The whole way of an event in one process: decode, detect, decide, record, settle. 1 KB events, a rules-only pack of
 * 2,000 phrases, preset `default`, payloads of 256 events; with the hash-chained ledger on disk, and without one.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLedger, verifyLedger } from "@sluice/connectors";
import { compilePack, createDetector, type Detector } from "@sluice/core-wasm";
import { createEngine, type Engine, type PolicyPart, type SecondOpinion } from "@sluice/engine";
import { compilePolicy, loadPreset } from "@sluice/policy";
import { makeCorpus, packOf } from "../corpus.ts";
import { measureRounds, ratioFigures } from "../load/rounds.ts";
import { includesPeer, parseOnly, wholeWordCount } from "../peers.ts";
import type { Figure, SuiteResult } from "../record.ts";
import { type Case, perSecondOf, ratio, timeCases } from "../timing.ts";

const PAYLOAD_EVENTS = 256;
/**
 * Payloads of one measured call, and how many of them wait at a time, as a busy source would have it. So many that the
 * end of a call, when nothing is left to do but wait for the disk, is a small part of it.
 */
const CALL_PAYLOADS = 64;
const IN_FLIGHT = 16;
export const CALL_EVENTS = PAYLOAD_EVENTS * CALL_PAYLOADS;
/** Payloads made ahead; one is used again only after all of a later call were settled. */
const RING_PAYLOADS = 2 * CALL_PAYLOADS;
const LINE_FEED = Buffer.of(0x0a);
const ID_DIGITS = 12;

/**
 * NDJSON payloads whose event ids never come again. They are made before any time is taken; between uses only the last
 * digits of each id are counted up in place, so that the making of traffic is no part of the figure.
 */
export function freshPayloads(events: readonly Uint8Array[]): () => Uint8Array {
  const idEnd = Buffer.from(events[0] as Uint8Array).indexOf('","timestamp"');
  const ring = Array.from({ length: RING_PAYLOADS }, (_, slot) => {
    const lines = Array.from({ length: PAYLOAD_EVENTS }, (_, i) =>
      Buffer.concat([events[(slot * PAYLOAD_EVENTS + i) % events.length] as Uint8Array, LINE_FEED]),
    );
    let start = 0;
    const idEnds = lines.map((line) => {
      const end = start + idEnd;
      start += line.length;
      return end;
    });
    return { bytes: Buffer.concat(lines), idEnds };
  });
  let slot = 0;
  let next = 0;
  return () => {
    const { bytes, idEnds } = ring[slot] as (typeof ring)[number];
    slot = (slot + 1) % RING_PAYLOADS;
    for (const end of idEnds) {
      for (let rest = next, at = end - 1; at >= end - ID_DIGITS; at -= 1, rest = Math.floor(rest / 10)) {
        bytes[at] = 0x30 + (rest % 10);
      }
      next += 1;
    }
    return bytes;
  };
}

/** Payloads of one measured call, all settled. */
export async function ingestSome(engine: Engine, nextPayload: () => Uint8Array): Promise<void> {
  let left = CALL_PAYLOADS;
  async function ingestNext(): Promise<void> {
    while (left > 0) {
      left -= 1;
      const { processed, duplicates } = await engine.ingest(nextPayload());
      if (processed !== PAYLOAD_EVENTS || duplicates !== 0)
        throw new Error(`${processed} processed, ${duplicates} repeats`);
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, ingestNext));
}

/** Decisions name exactly the phrases that a plain search finds. */
async function checkAnswers(
  engine: Engine,
  events: readonly Uint8Array[],
  phrases: readonly string[],
): Promise<string> {
  const plain = wholeWordCount(phrases);
  let flagged = 0;
  for (const event of events) {
    const answer = engine.evaluate(event);
    if (!("decision" in answer)) throw new Error(`refused: ${answer.reason}`);
    const rules = new Set(answer.decision.matches.map(({ rule }) => rule)).size;
    if (rules !== plain(event)) throw new Error(`${rules} rules matched, ${plain(event)} phrases are there`);
    if (rules > 0) flagged += 1;
  }
  return `${events.length} events, ${flagged} with matches, as a plain whole-word search finds them`;
}

interface Bench {
  readonly detector: Detector;
  readonly policy: PolicyPart;
}

/** Work on an engine with a ledger in a folder of its own, which must verify in the end. */
export async function withLedger<R>({ detector, policy }: Bench, work: (engine: Engine) => Promise<R>): Promise<R> {
  const directory = mkdtempSync(join(tmpdir(), "sluice-bench-ledger-"));
  const ledger = await openLedger({ directory });
  const engine = await createEngine({ detector, policy, ledger, snapshotPath: join(directory, "counters.json") });
  try {
    const result = await work(engine);
    await engine.stop();
    await ledger.close();
    const report = await verifyLedger(directory);
    if (!report.ok) throw new Error(`the ledger does not verify: ${JSON.stringify(report)}`);
    return result;
  } finally {
    await engine.stop();
    await ledger.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A judge that is there and never asked. */
const idleJudge: SecondOpinion = {
  judge: "idle",
  judges: () => true,
  reserve: () => true,
  release() {},
  ask() {
    throw new Error("nobody was to be asked");
  },
  takeSkipped: () => ({ over_budget: 0, paused: 0, shed: 0 }),
  stop() {},
};
const OPINION_ROUNDS = 21;

/**
 * What second opinions cost where they are switched off, by the policy or for want of a judge: turn by turn. Beside
 * them what a second engine like the first one costs, for nothing but chance sets those two apart.
 */
async function switchedOff(bench: Bench, nextPayload: () => Uint8Array): Promise<Figure[]> {
  const preset = loadPreset("default");
  const band = { from: 0.3, below: 0.5, raise: { at_least: 0.7, to: "escalate" } } as const;
  const policy = { ...preset.policy, second_opinion: { jailbreak: { general: band } } };
  const asking = compilePolicy({ ...preset, policy }, bench.detector.pack);
  const engines = {
    without: await createEngine(bench),
    "no judge": await createEngine({ ...bench, policy: asking }),
    "a policy that asks nobody": await createEngine({ ...bench, secondOpinion: idleJudge }),
    "without, again": await createEngine(bench),
  };
  const subjects = Object.entries(engines).map(([name, engine]) => ({
    name,
    async measure() {
      const startMs = performance.now();
      await ingestSome(engine, nextPayload);
      return performance.now() - startMs;
    },
  }));
  for (const { measure } of subjects) await measure(); // warm
  const times = await measureRounds(OPINION_ROUNDS, subjects);
  for (const engine of Object.values(engines)) await engine.stop();
  const [without = [], noJudge = [], asksNobody = [], again = []] = times.values();
  return [
    ...ratioFigures("ingest, second opinions off for want of a judge / without them", noJudge, without),
    ...ratioFigures("ingest, second opinions off by the policy / without them", asksNobody, without),
    ...ratioFigures("ingest, a second engine without them / the first", again, without),
  ];
}

export async function engineSuite(): Promise<SuiteResult> {
  const { events, phrases } = makeCorpus({ seed: 1, phraseCount: 2000, eventCount: 4000, eventBytes: 1000 });
  const detector = createDetector(compilePack(packOf(phrases)));
  const bench = { detector, policy: compilePolicy(loadPreset("default"), detector.pack) };
  const nextPayload = freshPayloads(events);
  const overEvents = (size: number, handle: (event: Uint8Array) => unknown): Case["run"] => {
    let from = 0;
    return () => {
      for (let i = 0; i < size; i += 1) handle(events[(from + i) % events.length] as Uint8Array);
      from = (from + size) % events.length;
    };
  };
  const withoutLedger = await createEngine(bench);
  const checked = await checkAnswers(withoutLedger, events, phrases);
  const figures = await withLedger(bench, (engine) =>
    timeCases("engine", [
      { name: "evaluate", events: 256, run: overEvents(256, (event) => engine.evaluate(event)) },
      { name: "JSON.parse alone", events: 256, run: overEvents(256, parseOnly) },
      { name: "JSON.parse + includes", events: 16, run: overEvents(16, includesPeer(phrases)) },
      {
        name: "ingest, ledger on",
        events: CALL_EVENTS,
        run: () => ingestSome(engine, nextPayload),
      },
      {
        name: "ingest, no ledger",
        events: CALL_EVENTS,
        run: () => ingestSome(withoutLedger, nextPayload),
      },
    ]),
  );
  await withoutLedger.stop();
  const opinions = await switchedOff(bench, nextPayload);
  const cost = perSecondOf(figures, "JSON.parse alone") / perSecondOf(figures, "ingest, ledger on");
  return {
    suite: "engine",
    checked: `${checked}; the ledger written verifies`,
    figures: [
      ...figures,
      ratio(figures, "ingest, ledger on", "JSON.parse + includes"),
      { name: "ingest with ledger, time / JSON.parse alone's", value: Number(cost.toPrecision(3)), unit: "times" },
      ...opinions,
    ],
  };
}
