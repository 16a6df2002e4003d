/**
 * An ingest outcome as status and body. Decisions are already serialised: the body is joined, never built again.
 * Invariant: at least one event accepted is 200; none is 422; no payload at all is 400 or 413.
 */
import {
  type AnsweredDecision,
  EngineError,
  type IngestOutcome,
  type Rejection,
  type RejectReason,
  signalsOf,
} from "@sluice/engine";
import { answerJson, answerProblem, JSON_HEADERS, problem } from "./answer.ts";
import type { PortResponse } from "./port.ts";

/** Above this many decisions the body leaves in pieces, so that it never exists as one string. */
const PIECE_DECISIONS = 256;
const REFUSED = {
  malformed: { status: 400, error: "the body is no payload of events: rejected says where and why" },
  empty: { status: 400, error: 'the body holds no event: send one JSON object, {"events":[…]} or NDJSON' },
  "too-large": { status: 413, error: "the payload is too large: send fewer events at a time" },
} as const;

/** A decision with what the caller may release, as `/check` and `/ingest` answer it. */
export function decisionBody({ json, output }: AnsweredDecision): string {
  return `${json.slice(0, -1)},"output":${output === undefined ? "{}" : JSON.stringify(output)}}`;
}

/** The same for `/check`, whose caller asks what it is: with tags and evasion signals. */
export function checkBody(answer: AnsweredDecision): string {
  return `${decisionBody(answer).slice(0, -1)},${JSON.stringify(signalsOf(answer.decision)).slice(1)}`;
}

export interface StatusAndBody {
  readonly status: number;
  readonly body: string;
}

/** The whole answer as one string, for a socket. */
export function outcomeAnswer(outcome: IngestOutcome): StatusAndBody {
  const failed = failureOf(outcome);
  if (failed !== undefined) return { status: failed.status, body: problem(failed.error, outcome.rejected) };
  return { status: 200, body: wholeBody(outcome) };
}

export function answerOutcome(response: PortResponse, outcome: IngestOutcome): void {
  const failed = failureOf(outcome);
  if (failed !== undefined) answerProblem(response, failed.status, failed.error, outcome.rejected);
  else if (outcome.decisions.length > PIECE_DECISIONS) response.stream(200, JSON_HEADERS, bodyPieces(outcome));
  else answerJson(response, 200, wholeBody(outcome));
}

function failureOf(outcome: IngestOutcome): { readonly status: number; readonly error: string } | undefined {
  if (outcome.refused !== undefined) return REFUSED[outcome.refused];
  if (outcome.processed > 0) return undefined;
  return { status: 422, error: "no event was accepted: rejected says why, one entry an event" };
}

const wholeBody = (outcome: IngestOutcome) =>
  headOf(outcome) + outcome.decisions.map(decisionBody).join(",") + tailOf(outcome);

function* bodyPieces(outcome: IngestOutcome): Generator<string> {
  const { decisions } = outcome;
  yield headOf(outcome);
  for (let start = 0; start < decisions.length; start += PIECE_DECISIONS) {
    const piece = decisions.slice(start, start + PIECE_DECISIONS).map(decisionBody);
    yield (start === 0 ? "" : ",") + piece.join(",");
  }
  yield tailOf(outcome);
}

function headOf({ processed, actions, asl_triggers, duplicates }: IngestOutcome): string {
  const counts = `"actions":${JSON.stringify(actions)},"asl_triggers":${asl_triggers},"duplicates":${duplicates}`;
  return `{"processed":${processed},${counts},"decisions":[`;
}

const tailOf = ({ rejected }: IngestOutcome) =>
  rejected.length === 0 ? '],"rejected":[]}' : `],"rejected":${JSON.stringify(rejected)}}`;

/** What a rejection of the only event means for the whole request. */
export function rejectionStatus({ reason }: Rejection): number {
  return STATUS_BY_REASON[reason] ?? 422;
}
const STATUS_BY_REASON: Partial<Record<RejectReason, number>> = {
  "malformed-json": 400,
  "invalid-utf8": 400,
  "too-deep": 400,
  "not-an-object": 400,
  "empty-payload": 400,
  "too-many-events": 400,
  "event-too-large": 413,
  "payload-too-large": 413,
};

/**
 * Why the engine took nothing, for a person; every one of these is a 503. Another error is our own bug: thrown again.
 */
export function unavailable(error: unknown): string {
  if (!(error instanceof EngineError)) throw error;
  if (error.code === "queue-full") return "more is waiting than the engine may hold: send it again a little later";
  if (error.code === "stopping") return "the engine is stopping: send it again to the next process";
  if (error.code === "ledger-failed") return "the ledger cannot be written, so nothing is accepted: see /ready";
  throw error;
}
