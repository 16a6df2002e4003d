/**
 * Takes made-up events the whole way before the first real one, so that nobody's request pays for what a fresh process
 * has yet to do: compile the kernel and our own code, which use alone brings about, and get the kernel's memory from
 * the system, page by page (its memo of words alone is 1 MiB).
 *
 * No trace is left. What decides is rehearsed on the engine itself (`Engine.rehearse`); what stands around it, on an
 * engine that is thrown away with its ledger.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { openLedger } from "@sluice/connectors";
import { COMMON_WORDS, type Detector } from "@sluice/core-wasm";
import { createEngine, type Engine, type Ledger, volatileLedger } from "@sluice/engine";
import { type Random, seededRandom } from "./random.ts";
import { simulatedTraffic } from "./simulate/traffic.ts";

/** After it no further round begins. A round takes about 5 ms, twice that while little is compiled. */
const WARM_UP_MS_MAX = 250;
/** More bring nothing (measured). */
const ROUNDS = 10;
const INGEST_ROUNDS = 3;
/** Of a further engine in a process whose code is warm: all that is left is the memory of its detector. */
const FURTHER_ROUNDS = 1;
const ROUND_EVENTS = 64;
/** With the common ones so many that they lie all over the memo. */
const MADE_UP_WORDS = 2048;
/** About a kilobyte an event. */
const PROMPT_WORDS = 50;
const COMPLETION_WORDS = 80;
const SYLLABLES = [
  ...(["an", "be", "cor", "da", "é", "fi", "gen", "ho", "in", "ka", "lu", "men", "no", "op", "per", "qui"] as const),
  ...(["ri", "sta", "ter", "un", "ver", "wy", "xo", "zi"] as const),
] as const;

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
  const traffic = warmTraffic();
  const rounds = isCodeWarm ? FURTHER_ROUNDS : ROUNDS;
  if (!isCodeWarm) await ingestAndForget(options, traffic, endMs);
  isCodeWarm = true;
  for (let i = 0; i < rounds && performance.now() < endMs; i += 1) {
    await options.engine.rehearse(roundOf(traffic));
    await nextTurn(); // code that was compiled meanwhile comes into use
  }
}

/** For what stands around deciding: pipeline, settling, ledger, counters. */
async function ingestAndForget({ engine, detector, toDisk }: WarmUpOptions, traffic: () => Buffer, endMs: number) {
  const { ledger, drop } = toDisk ? await passingLedger() : { ledger: volatileLedger(), drop: async () => {} };
  const passing = await createEngine({ detector, policy: engine.policy, ledger });
  try {
    for (let i = 0; i < INGEST_ROUNDS && performance.now() < endMs; i += 1) {
      for (const event of roundOf(traffic)) await passing.ingest(event);
      await passing.ingest(Buffer.concat(roundOf(traffic)));
    }
  } finally {
    await passing.stop();
    await drop();
  }
}

const roundOf = (traffic: () => Buffer) => Array.from({ length: ROUND_EVENTS }, traffic);

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

/**
 * Lines of NDJSON, one event each: simulated traffic, every second one bare of what few senders give, with words behind
 * it that no text had before.
 */
function warmTraffic(): () => Buffer {
  const random = seededRandom(1);
  const words = [...COMMON_WORDS.keys(), ...Array.from({ length: MADE_UP_WORDS }, () => madeUpWord(random))];
  const text = (length: number) => Array.from({ length }, () => words[random.below(words.length)]).join(" ");
  const traffic = simulatedTraffic({ seed: 1, startMs: 0 });
  let count = 0;
  return () => {
    const event = traffic.next(1);
    const { tags, metadata, conversation_id, ...bare } = event;
    const { prompt, completion } = event;
    const texts = {
      prompt: `${prompt}. ${text(PROMPT_WORDS)}`,
      completion: `${completion} ${text(COMPLETION_WORDS)}`,
    };
    count += 1;
    return Buffer.from(`${JSON.stringify({ ...(count % 2 === 0 ? bare : event), ...texts })}\n`);
  };
}

const madeUpWord = (random: Random) =>
  Array.from({ length: 1 + random.below(4) }, () => random.pick(SYLLABLES)).join("");
