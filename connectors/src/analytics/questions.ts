/**
 * Questions on their way to the thread and back: one is with it at a time, the others wait in order. Each is answered
 * once, by the thread, by a time limit, or by the end of the thread.
 */
import type { Question, Refusal, SearchAnswer, SqlAnswer } from "./contracts.ts";

export type Reply = SqlAnswer | SearchAnswer | Refusal;

export interface Asked {
  readonly id: number;
  readonly question: Question;
}

export interface QuestionsOptions {
  readonly waitingMax: number;
  /** Hands a question to the thread. @returns false when there is no thread yet: it then waits. */
  readonly send: (asked: Asked) => boolean;
  /** Time until the thread begins to answer: to open, and to read what the question waits for. */
  readonly openMaxMs: number;
  /** Time to answer, after which the thread counts as hung. */
  readonly answerMaxMs: number;
  /** Told of a question that the thread did not answer in time. */
  readonly hung: (asked: Asked, phase: "opening" | "answering") => void;
}

interface Open extends Asked {
  readonly resolve: (reply: Reply) => void;
}

export class Questions {
  readonly #options: QuestionsOptions;
  readonly #waiting: Open[] = [];
  #current: Open | undefined;
  #timer: NodeJS.Timeout | undefined;
  #nextId = 1;

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  get isBusy(): boolean {
    return this.#current !== undefined || this.#waiting.length > 0;
  }

  ask(question: Question): Promise<Reply> {
    if (this.#waiting.length >= this.#options.waitingMax) return Promise.resolve(BUSY);
    return new Promise((resolve) => {
      this.#waiting.push({ id: this.#nextId++, question, resolve });
      this.next();
    });
  }

  /** Hands on the next one, if the thread is free. */
  next(): void {
    const first = this.#waiting[0];
    if (this.#current !== undefined || first === undefined || !this.#options.send(first)) return;
    this.#waiting.shift();
    this.#current = first;
    this.#watch(this.#options.openMaxMs + first.question.catchUpMs, "opening");
  }

  answering(id: number): void {
    if (this.#current?.id === id) this.#watch(this.#options.answerMaxMs, "answering");
  }

  answer(id: number, reply: Reply): void {
    if (this.#current?.id !== id) return;
    this.#settle(reply);
    this.next();
  }

  /** The thread is gone: the question that was with it is refused, the others wait for the next thread. */
  refuseCurrent(refusal: Refusal): void {
    if (this.#current !== undefined) this.#settle(refusal);
  }

  refuseAll(refusal: Refusal): void {
    this.refuseCurrent(refusal);
    for (const { resolve } of this.#waiting.splice(0)) resolve(refusal);
  }

  #settle(reply: Reply): void {
    clearTimeout(this.#timer);
    const { resolve } = this.#current!;
    this.#current = undefined;
    resolve(reply);
  }

  #watch(limitMs: number, phase: "opening" | "answering"): void {
    clearTimeout(this.#timer);
    const asked = this.#current!;
    this.#timer = setTimeout(() => this.#options.hung(asked, phase), Math.min(limitMs, TIMER_MS_MAX));
  }
}

/** What a timer of Node can wait. */
const TIMER_MS_MAX = 2 ** 31 - 1;
const BUSY: Refusal = {
  kind: "refused",
  reason: "busy",
  message: "too many questions wait for an answer: ask again a little later",
};
