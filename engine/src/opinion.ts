/**
 * Second opinions: what the engine asks of whoever asks slower judges. Interfaces only. Nothing waits for an answer:
 * the first decision was made, recorded and answered before, and stands unless a revision of it is recorded.
 */
import type { Decision, OpinionTerms } from "./contracts.ts";

/** About one recorded decision. */
export interface OpinionQuestion {
  readonly decision: Decision;
  readonly terms: OpinionTerms;
  /** Whole, as they came. They leave the process masked or not at all. */
  readonly prompt: Uint8Array;
  readonly completion: Uint8Array;
}

/**
 * How a question ended: with a score; with an answer that holds none; without one in time; by a fault of the judge; by
 * our own stop.
 */
export type OpinionOutcome = "scored" | "no-opinion" | "timeout" | "fault" | "aborted";

/** One question to a judge and what came of it: all that is recorded of it, and no text. */
export interface OpinionCall {
  readonly judge: string;
  readonly model?: string;
  readonly outcome: OpinionOutcome;
  /** Decimal 0 to 1 with at most four places; on `scored` alone. */
  readonly score?: number;
  /** The same masked text was judged before, and nothing was sent. */
  readonly isCached: boolean;
  readonly latencyMs: number;
  /** Of the masked text. */
  readonly sentBytes: number;
  /** `sha256:` and 64 hex digits, of the masked text. */
  readonly sentDigest: string;
  /** As the judge counts them, where it says so. */
  readonly tokens?: number;
  /** Why, on `fault` and `no-opinion`: a word of ours, never of the judge. */
  readonly detail?: string;
}

/** Questions that were not put to a judge: over the budget, while it is left alone after faults, too many waiting. */
export type SkippedQuestions = Readonly<Record<"over_budget" | "paused" | "shed", number>>;

/** Asks slower judges. Bounded; never throws and never waits. */
export interface SecondOpinion {
  /** As decisions and records name the judge. */
  readonly judge: string;
  /** Whether it can judge this category at all. */
  judges(category: string): boolean;
  /** False: there is no room for a question of so many bytes, and it is counted as shed. */
  reserve(bytes: number): boolean;
  /** The question that room was reserved for is not asked. */
  release(bytes: number): void;
  /** @param answered called once, later; not at all for a question that is skipped. Room is released by then. */
  ask(question: OpinionQuestion, answered: (call: OpinionCall) => void): void;
  /** Since it was last called. */
  takeSkipped(): SkippedQuestions;
  /** Answers what is under way as `aborted`, at once; what waits is let go. Idempotent. */
  stop(): void;
}
