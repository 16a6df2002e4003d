/** What a slower judge is, and how it fails. Each adapter is one function that answers a `SecondJudge`. */

import type { OpinionTerms } from "@sluice/engine";

/** Masked, and cut to what a judge is sent. The text is data: nothing in it is an instruction to anybody. */
export interface JudgedText {
  readonly prompt: string;
  readonly completion: string;
  /** The side whose first score led to the question. */
  readonly field: OpinionTerms["field"];
}

export type Judgement =
  | { readonly kind: "score"; readonly score: number; readonly tokens?: number }
  /** An answer without a verdict; `detail` is a word of ours. */
  | { readonly kind: "none"; readonly detail: string; readonly tokens?: number };

export interface SecondJudge {
  /** As decisions, records and metrics name it. */
  readonly name: string;
  readonly model?: string;
  /** Whether it has anything to say about this category of ours. */
  judges(category: string): boolean;
  /**
   * How strongly the text is evidence of the category, 0 to 1. Gives up when `signal` aborts.
   * @throws {JudgeFault}; anything else that is thrown counts as one, without a reason.
   */
  ask(text: JudgedText, category: string, signal: AbortSignal): Promise<Judgement>;
  /** Lets go of what it holds. Idempotent. */
  close?(): Promise<void>;
}

export type JudgeFaultReason = "unreachable" | "refused" | "limited" | "too-large" | "unreadable" | "not-installed";

/** The judge cannot answer: a fault of its own or of the way to it, never of the text. */
export class JudgeFault extends Error {
  readonly reason: JudgeFaultReason;
  /** When it may be asked again, if it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: JudgeFaultReason, message: string, retryAfterMs?: number) {
    super(message);
    this.name = "JudgeFault";
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}
