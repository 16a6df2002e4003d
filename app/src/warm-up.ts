/**
 * Takes made-up events the whole way before the first real one, so that nobody's request pays for what a fresh process
 * has yet to do: compile the kernel and our own code, which use alone brings about; get the kernel's memory from the
 * system, page by page (its memo of words alone is 1 MiB, and a page may take 15 us); meet the words that most prompts
 * have.
 *
 * What a machine must have done is counted, not timed: a busy one takes longer for it, and must not serve colder for
 * that. Only what optimises it further ends by the clock, and late: code that is half way there is optimised during the
 * first real events, on their processor.
 *
 * No trace is left. What decides is rehearsed on the engine itself (`Engine.rehearse`); what stands around it, on an
 * engine that is thrown away with its ledger.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { openLedger } from "@sluice/connectors";
import type { Detector } from "@sluice/core-wasm";
import { createEngine, type Engine, type Ledger, volatileLedger } from "@sluice/engine";
import { WARM_EVENTS, warmEvents } from "./warm-events.ts";

const ROUND_EVENTS = 64;
/** All of the mixed events once: after them every page is there and every branch was taken. */
const MIXED_ROUNDS = WARM_EVENTS / ROUND_EVENTS;
/** Until V8 has set about optimising what each event runs through: after some 1,800 events (measured). */
const USUAL_ROUNDS = 26;
/** After it no further usual round begins: a machine that is so busy pays for a part of them while it serves. */
const WARM_UP_MS_MAX = 1000;
/** That way is in the processor's caches when the first event comes. */
const LAST_ROUNDS = 2;

let isCodeWarm = false;

export interface WarmUpOptions {
  readonly engine: Engine;
  readonly detector: Detector;
  /** The engine writes to a disk, so that is warmed too: in a folder of the system's for passing files. */
  readonly toDisk: boolean;
}

/** To be called before the engine takes an event. */
export async function warmUp(options: WarmUpOptions): Promise<void> {
  const endMs = performance.now() + WARM_UP_MS_MAX;
  const isInTime = () => performance.now() < endMs;
  const { engine } = options;
  const { mixed, usual } = warmEvents();
  await rehearse(engine, mixed, MIXED_ROUNDS);
  if (isCodeWarm) return; // of a further engine in the process nothing but the memory of its detector is cold
  isCodeWarm = true;
  await rehearse(engine, usual, USUAL_ROUNDS, isInTime);
  await ingestAndForget(options, mixed); // meanwhile V8's threads get done with what the rounds gave them
  await rehearse(engine, usual, LAST_ROUNDS);
}

/** So many rounds of the events in turn. */
async function rehearse(engine: Engine, events: readonly Buffer[], rounds: number, isInTime = () => true) {
  for (let round = 0; round < rounds && isInTime(); round += 1) {
    await engine.rehearse(roundOf(events, round));
    await nextTurn(); // code that was compiled meanwhile comes into use
  }
}

const roundOf = (events: readonly Buffer[], round: number) =>
  Array.from({ length: ROUND_EVENTS }, (_, i) => events[(round * ROUND_EVENTS + i) % events.length] as Buffer);

/** For what stands around deciding: pipeline, settling, ledger, counters. */
async function ingestAndForget({ engine, detector, toDisk }: WarmUpOptions, events: readonly Buffer[]) {
  const { ledger, drop } = toDisk ? await passingLedger() : { ledger: volatileLedger(), drop: async () => {} };
  const passing = await createEngine({ detector, policy: engine.policy, ledger });
  try {
    for (const event of roundOf(events, 0)) await passing.ingest(event);
    await passing.ingest(linesOf(roundOf(events, 1)));
  } finally {
    await passing.stop();
    await drop();
  }
}

const linesOf = (events: readonly Buffer[]) => Buffer.from(events.map((event) => `${event}\n`).join(""));

/** A ledger on disk for as long as the warm-up takes; in memory where no folder can be had. */
async function passingLedger(): Promise<{ readonly ledger: Ledger; readonly drop: () => Promise<void> }> {
  try {
    const directory = mkdtempSync(join(tmpdir(), "sluice-warm-up-"));
    const ledger = await openLedger({ directory, sync: "os" });
    const drop = async () => {
      await ledger.close();
      rmSync(directory, { recursive: true, force: true });
    };
    return { ledger, drop };
  } catch {
    return { ledger: volatileLedger(), drop: async () => {} };
  }
}
