/**
 * One judge in a process of its own: how much memory it takes, how long a text of 1 KB takes, and its answers to the
 * texts that come on standard input as a JSON list. Writes one JSON object, in which no text is.
 *
 *     node --expose-gc judge-process.js <name> <pack>
 */
import { readFileSync } from "node:fs";
import { makeCorpus, textsOf } from "../corpus.ts";
import { median, processorNs } from "../native/text-scanner.ts";
import { type Answer, CONTENDERS, type Judge } from "./judges.ts";

export interface JudgeReport {
  /** Growth of the resident set by loading the judge and judging 500 texts. */
  readonly memoryBytes: number;
  /** Of the processor, the median of some rounds. */
  readonly usAText: number;
  readonly answers: readonly Answer[];
}

const ROUNDS = 15;
const ROUND_NS_MIN = 20e6;

function residentBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

/** Time of a text: rounds of whole passes over as many of the texts as take long enough to be measured. */
async function timeTexts(judge: Judge, texts: readonly string[]): Promise<number> {
  let next = 0;
  async function round(count: number): Promise<number> {
    const start = processorNs();
    for (let i = 0; i < count; i += 1) {
      const answer = judge(texts[next] as string);
      if (answer instanceof Promise) await answer;
      next = (next + 1) % texts.length;
    }
    return processorNs() - start;
  }
  let count = 1;
  while ((await round(count)) < ROUND_NS_MIN) count *= 2;
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) times.push((await round(count)) / count);
  return median(times) / 1000;
}

async function main([name, pack = ""]: readonly string[]): Promise<void> {
  const contender = CONTENDERS.find((each) => each.name === name);
  if (contender === undefined) throw new Error(`no judge is called ${name}`);
  const corpus = makeCorpus({ seed: 1, phraseCount: 2000, eventCount: 500, eventBytes: 1230 });
  const texts = textsOf(corpus).map((text) => Buffer.from(text).toString());
  const before = residentBytes();
  const judge = await contender.load(pack);
  for (const text of texts) await judge(text);
  const memoryBytes = residentBytes() - before;
  const usAText = await timeTexts(judge, texts);
  const answers: Answer[] = [];
  for (const text of JSON.parse(readFileSync(0, "utf8")) as string[]) answers.push(await judge(text));
  process.stdout.write(JSON.stringify({ memoryBytes, usAText, answers } satisfies JudgeReport));
}

await main(process.argv.slice(2));
