/**
 * What was recorded while the outbox keeps up, waiting for room. Bounded by count and characters; past that it lets go
 * of everything, and its owner reads it from the ledger again, or counts it as lost where no ledger keeps it.
 */
import type { DecisionFacts } from "@sluice/engine";

/** A recorded decision whose text was made: it is made anew each time a recorded one is asked for it. */
export interface LiveDecision {
  readonly seq: number;
  readonly facts: Pick<DecisionFacts, "action" | "org_id">;
  readonly json: string;
}

const COUNT_MAX = 16_384;
const CHARS_MAX = 16 * 1024 * 1024;

export class LiveDecisions {
  #waiting: LiveDecision[] = [];
  #start = 0;
  #chars = 0;

  get size(): number {
    return this.#waiting.length - this.#start;
  }
  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** False when it did not fit; nothing is held then. */
  push({ seq, facts, json }: LiveDecision): boolean {
    this.#waiting.push({ seq, facts, json });
    this.#chars += json.length;
    if (this.size <= COUNT_MAX && this.#chars <= CHARS_MAX) return true;
    this.clear();
    return false;
  }

  shift(): LiveDecision | undefined {
    const first = this.#waiting[this.#start];
    if (first === undefined) return undefined;
    this.#start += 1;
    this.#chars -= first.json.length;
    if (this.isEmpty) this.clear();
    else if (this.#start >= COUNT_MAX) {
      this.#waiting = this.#waiting.slice(this.#start);
      this.#start = 0;
    }
    return first;
  }

  clear(): void {
    this.#waiting = [];
    this.#start = 0;
    this.#chars = 0;
  }
}
