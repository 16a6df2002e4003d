export { AssertionError, assert } from "./assert.ts";
export { systemClock } from "./clock.ts";
export * from "./contracts.ts";
export { createEngine } from "./engine.ts";
export { EngineError, type EngineErrorCode } from "./errors.ts";
export { eventTimeMs } from "./event-time.ts";
export { createHistogram, type Histogram } from "./histogram.ts";
export { type Machine, runMachine } from "./machine.ts";
export type {
  OpinionCall,
  OpinionOutcome,
  OpinionQuestion,
  SecondOpinion,
  SkippedQuestions,
} from "./opinion.ts";
export { DEFAULT_OPTIONS, type EngineOptions, type EngineParts } from "./parts.ts";
export { type QueueSource, queueSource } from "./queue-source.ts";
export { serializeDecision } from "./serialize.ts";
export { signalsOf } from "./signals.ts";
export { decisionOfRecord } from "./stored-decision.ts";
export { volatileLedger } from "./volatile-ledger.ts";
