/**
 * Puts questions to one judge, off the hot path: bounded in what waits, in calls at once, in calls a minute and in time
 * for each; remembers verdicts; leaves a judge alone that fails again and again. A question that cannot be put is
 * counted and let go, and the first decision stands. Invariants: text leaves masked; nothing here waits on the engine
 * or makes it wait; every call that was made is answered once.
 */
import { hash } from "node:crypto";
import type { Log, OpinionCall, OpinionQuestion, PartReport, SecondOpinion, SkippedQuestions } from "@sluice/engine";
import { createBreaker } from "./breaker.ts";
import { createBudget } from "./budget.ts";
import { type JudgedText, JudgeFault, type Judgement, type SecondJudge } from "./contracts.ts";
import { cutSide, mask } from "./mask.ts";
import { type OpinionNumbers, opinionMetrics, opinionNumbers } from "./opinion-metrics.ts";
import { cacheKey, createVerdictCache } from "./verdict-cache.ts";

export interface AskerOptions {
  readonly judge: SecondJudge;
  /** For one call. Default 10,000. */
  readonly timeoutMs?: number;
  /** Calls a minute, and as many at once. Default 60. */
  readonly callsPerMinuteMax?: number;
  /** Calls under way. Default 4. */
  readonly concurrencyMax?: number;
  /** Questions that wait or are asked, the text of those included that are about to be. Default 256. */
  readonly questionsMax?: number;
  /** Bytes of their text. Default 16 MiB. */
  readonly questionBytesMax?: number;
  /** Verdicts that are remembered, each for `cacheMs`. Defaults 4,096 and an hour. */
  readonly verdictsMax?: number;
  readonly cacheMs?: number;
  /** Faults in a row after which the judge is left alone, for `pauseMs` first. Defaults 5 and 30 s. */
  readonly faultsMax?: number;
  readonly pauseMs?: number;
  readonly log?: Log;
}

export interface OpinionAsker extends SecondOpinion {
  readonly report: PartReport;
  /** Stops, and lets go of the judge. */
  close(): Promise<void>;
}

interface Waiting {
  readonly question: OpinionQuestion;
  readonly answered: (call: OpinionCall) => void;
}
type End = Pick<OpinionCall, "outcome" | "score" | "tokens" | "detail">;

const DEFAULTS = {
  ...{ timeoutMs: 10_000, callsPerMinuteMax: 60, concurrencyMax: 4, questionsMax: 256 },
  ...{ questionBytesMax: 16 * 1024 * 1024, verdictsMax: 4_096, cacheMs: 3_600_000, faultsMax: 5, pauseMs: 30_000 },
};
const PAUSE_MS_MAX = 600_000;
const NONE_SKIPPED: SkippedQuestions = { over_budget: 0, paused: 0, shed: 0 };

export function createOpinionAsker(options: AskerOptions): OpinionAsker {
  return new Asker(options);
}

class Asker implements OpinionAsker {
  readonly #options: AskerOptions & typeof DEFAULTS;
  readonly #breaker;
  readonly #budget;
  readonly #cache;
  readonly #numbers: OpinionNumbers = opinionNumbers();
  readonly #waiting: Waiting[] = [];
  /** Ends of the calls under way. */
  readonly #running = new Set<(end: End) => void>();
  #held = 0;
  #heldBytes = 0;
  #skipped: SkippedQuestions = NONE_SKIPPED;
  #isStopped = false;

  constructor(options: AskerOptions) {
    this.#options = { ...DEFAULTS, ...options };
    const { faultsMax, pauseMs, callsPerMinuteMax, verdictsMax, cacheMs } = this.#options;
    this.#breaker = createBreaker({ faultsMax, pauseMs, pauseMsMax: PAUSE_MS_MAX });
    this.#budget = createBudget(callsPerMinuteMax);
    this.#cache = createVerdictCache(verdictsMax, cacheMs);
  }

  get judge(): string {
    return this.#options.judge.name;
  }

  judges(category: string): boolean {
    return this.#options.judge.judges(category);
  }

  reserve(bytes: number): boolean {
    const { questionsMax, questionBytesMax } = this.#options;
    const hasRoom = this.#held < questionsMax && this.#heldBytes + bytes <= questionBytesMax;
    if (this.#isStopped || !hasRoom) {
      this.#skip("shed");
      return false;
    }
    this.#held += 1;
    this.#heldBytes += bytes;
    return true;
  }

  release(bytes: number): void {
    this.#held -= 1;
    this.#heldBytes -= bytes;
  }

  ask(question: OpinionQuestion, answered: (call: OpinionCall) => void): void {
    this.#waiting.push({ question, answered });
    queueMicrotask(() => this.#pump()); // later, as promised
  }

  takeSkipped(): SkippedQuestions {
    const skipped = this.#skipped;
    this.#skipped = NONE_SKIPPED;
    return skipped;
  }

  stop(): void {
    this.#isStopped = true;
    for (const { question } of this.#waiting.splice(0)) this.#letGo(question);
    for (const end of [...this.#running]) end({ outcome: "aborted" });
  }

  async close(): Promise<void> {
    this.stop();
    await this.#options.judge.close?.();
  }

  get report(): PartReport {
    return {
      name: "second-opinion",
      isVital: false,
      state: () => {
        const { name, model } = this.#options.judge;
        const who = model === undefined ? name : `${name} ${model}`;
        if (this.#isStopped) return { state: "stopped", detail: who };
        const pausedMs = this.#breaker.pausedMs(performance.now());
        if (this.#breaker.isOpen) {
          return { state: "failed", detail: `${who} fails: asked again in ${Math.ceil(pausedMs / 1000)} s` };
        }
        return { state: "ready", detail: `${who}, ${this.#held - this.#running.size} waiting` };
      },
      metrics: () => {
        const running = this.#running.size;
        return opinionMetrics(this.#numbers, {
          waiting: this.#held - running,
          running,
          isPaused: this.#breaker.isOpen,
        });
      },
    };
  }

  #pump(): void {
    while (this.#running.size < this.#options.concurrencyMax) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#take(next);
    }
  }

  #take({ question, answered }: Waiting): void {
    const nowMs = performance.now();
    const key = cacheKey(question);
    const kept = this.#cache.get(key, nowMs);
    if (kept !== undefined) {
      this.#numbers.cached += 1;
      this.#letGo(question);
      answered({ ...this.#named(), ...kept, outcome: "scored", isCached: true, latencyMs: 0 });
    } else if (!this.#breaker.allows(nowMs)) {
      this.#letGo(question);
      this.#skip("paused");
    } else if (!this.#budget.take(nowMs)) {
      this.#breaker.ended();
      this.#letGo(question);
      this.#skip("over_budget");
    } else this.#call({ question, answered }, key, nowMs);
  }

  #call({ question, answered }: Waiting, key: string, startedMs: number): void {
    const { judge, timeoutMs } = this.#options;
    const text = maskedText(question);
    const sent = JSON.stringify({ prompt: text.prompt, completion: text.completion });
    const sentBytes = Buffer.byteLength(sent);
    const sentDigest = `sha256:${hash("sha256", sent, "hex")}`;
    const aborting = new AbortController();
    const end = (ended: End) => {
      if (!this.#running.delete(end)) return; // it has ended before
      clearTimeout(timer);
      aborting.abort();
      const latencyMs = performance.now() - startedMs;
      this.#letGo(question);
      this.#numbers.note(ended.outcome, latencyMs, sentBytes);
      if (ended.score !== undefined) this.#cache.put(key, { score: ended.score, sentBytes, sentDigest }, startedMs);
      answered({ ...this.#named(), ...ended, isCached: false, latencyMs, sentBytes, sentDigest });
      if (!this.#isStopped) this.#pump();
    };
    const timer = setTimeout(() => {
      this.#noteFault(undefined);
      end({ outcome: "timeout" });
    }, timeoutMs);
    this.#running.add(end);
    judge.ask(text, question.terms.category, aborting.signal).then(
      (judgement) => {
        if (!this.#running.has(end)) return;
        this.#noteSuccess();
        end(endOf(judgement));
      },
      (error: unknown) => {
        if (!this.#running.has(end)) return;
        this.#noteFault(error);
        end({ outcome: "fault", detail: error instanceof JudgeFault ? error.reason : "unknown" });
      },
    );
  }

  #noteSuccess(): void {
    const wasOpen = this.#breaker.isOpen;
    this.#breaker.succeeded();
    if (!wasOpen) return;
    const fields = { judge: this.judge };
    this.#log({ level: "info", event: "second-opinion-resumed", message: "the second judge answers again", fields });
  }

  #noteFault(error: unknown): void {
    const nowMs = performance.now();
    const isFault = error instanceof JudgeFault;
    if (!this.#breaker.failed(nowMs, isFault ? error.retryAfterMs : undefined)) return;
    const reason = error === undefined ? "timeout" : isFault ? error.reason : "unknown";
    const fields = { judge: this.judge, reason, pausedMs: Math.round(this.#breaker.pausedMs(nowMs)) };
    const message = "the second judge fails and is left alone for a while; first decisions stand";
    this.#log({ level: "warn", event: "second-opinion-paused", message, fields });
  }

  #log(entry: Parameters<Log>[0]): void {
    this.#options.log?.(entry);
  }

  #named() {
    const { name, model } = this.#options.judge;
    return model === undefined ? { judge: name } : { judge: name, model };
  }

  #letGo({ prompt, completion }: OpinionQuestion): void {
    this.release(prompt.length + completion.length);
  }

  #skip(why: keyof SkippedQuestions): void {
    this.#skipped = { ...this.#skipped, [why]: this.#skipped[why] + 1 };
    this.#numbers.skipped[why] += 1;
  }
}

function maskedText({ prompt, completion, terms: { field } }: OpinionQuestion): JudgedText {
  const masked = (bytes: Uint8Array) => mask(cutSide(Buffer.from(bytes).toString("utf8")));
  return { prompt: masked(prompt), completion: masked(completion), field };
}

/** Scores have four decimals, here as everywhere. */
function endOf(judgement: Judgement): End {
  const tokens = judgement.tokens === undefined ? {} : { tokens: judgement.tokens };
  if (judgement.kind === "none") return { outcome: "no-opinion", detail: judgement.detail, ...tokens };
  const { score } = judgement;
  if (!(score >= 0 && score <= 1)) return { outcome: "no-opinion", detail: "score-out-of-range", ...tokens };
  return { outcome: "scored", score: Math.round(score * 10_000) / 10_000, ...tokens };
}
