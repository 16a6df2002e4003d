/** A second judge for tests, over the engine's own interface: keeps its questions until the test answers them. */
import type { OpinionCall, OpinionQuestion, SecondOpinion, SkippedQuestions } from "../opinion.ts";

export interface ScriptedOpinion extends SecondOpinion {
  readonly waiting: { readonly question: OpinionQuestion; readonly answered: (call: OpinionCall) => void }[];
  reservedBytes: number;
  skipped: SkippedQuestions;
}

export const NONE_SKIPPED: SkippedQuestions = { over_budget: 0, paused: 0, shed: 0 };

export function callOf(changes: Partial<OpinionCall> = {}): OpinionCall {
  const sent = { sentBytes: 5, sentDigest: `sha256:${"3".repeat(64)}` };
  return { judge: "scripted", outcome: "scored", score: 0.9, isCached: false, latencyMs: 12.5, ...sent, ...changes };
}

export function scriptedOpinion(): ScriptedOpinion {
  const opinion: ScriptedOpinion = {
    judge: "scripted",
    waiting: [],
    reservedBytes: 0,
    skipped: NONE_SKIPPED,
    judges: (category) => category !== "unknown",
    reserve(bytes) {
      opinion.reservedBytes += bytes;
      return true;
    },
    release(bytes) {
      opinion.reservedBytes -= bytes;
    },
    ask(question, answered) {
      opinion.release(question.prompt.length + question.completion.length);
      const waiting = {
        question,
        answered(call: OpinionCall) {
          opinion.waiting.splice(opinion.waiting.indexOf(waiting), 1);
          answered(call);
        },
      };
      opinion.waiting.push(waiting);
    },
    takeSkipped() {
      const { skipped } = opinion;
      opinion.skipped = NONE_SKIPPED;
      return skipped;
    },
    stop() {
      const aborted = { judge: "scripted", outcome: "aborted", isCached: false, latencyMs: 1, sentBytes: 5 } as const;
      for (const { answered } of [...opinion.waiting]) answered({ ...aborted, sentDigest: "sha256:00" });
    },
  };
  return opinion;
}
