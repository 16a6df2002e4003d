/**
 * `POST /check`: one event, or `{text, tier}`, decided now. Records nothing unless `?record=true`.
 * Invariant: a fault of ours is answered by the policy's fail mode, never by silence that a caller could take for a
 * yes; and never milder than what the detector said, when it said something.
 */
import { randomUUID } from "node:crypto";
import {
  ACTIONS,
  type AnsweredDecision,
  type Clock,
  type Engine,
  EngineError,
  type Rejection,
  type RejectReason,
} from "@sluice/engine";
import { answerJson, answerProblem, problem } from "../answer.ts";
import { answerOutcome, checkBody, rejectionStatus, type StatusAndBody, unavailable } from "../outcome.ts";
import type { PortResponse } from "../port.ts";
import type { Route } from "../router.ts";
import { withBody } from "./body.ts";

const NOT_ACCEPTED = "the event was not accepted: rejected says why";

export function checkRoute(engine: Engine, clock: Pick<Clock, "nowMs">, eventBytesMax: number): Route {
  return {
    method: "POST",
    path: "/check",
    role: "ingest",
    handle(request, response) {
      const isRecorded = new URLSearchParams(request.query).get("record") === "true";
      withBody(request, response, eventBytesMax, (body) => {
        const { event, answer } = evaluate(engine, clock, body);
        if ("reason" in answer) answerRejection(engine, response, answer);
        else if (isRecorded) record(engine, response, event, answer);
        else answerJson(response, 200, checkBody(answer));
      });
    },
  };
}

/** The whole answer as text, for callers that are not HTTP. Records nothing. */
export function answerCheck(engine: Engine, clock: Pick<Clock, "nowMs">, body: Uint8Array): StatusAndBody {
  const { answer } = evaluate(engine, clock, body);
  if (!("reason" in answer)) return { status: 200, body: checkBody(answer) };
  if (answer.reason === "engine-fault") return { status: 200, body: unreadFault(engine, answer.event_id) };
  return { status: rejectionStatus(answer), body: problem(NOT_ACCEPTED, [answer]) };
}

interface Evaluated {
  /** The event as bytes, for `ingest`. */
  readonly event: Uint8Array;
  readonly answer: AnsweredDecision | Rejection;
}

function evaluate(engine: Engine, clock: Pick<Clock, "nowMs">, body: Uint8Array): Evaluated {
  const answer = engine.evaluate(body);
  // Only a body without event_id can be the short form: the plain one is never parsed here.
  if (!("reason" in answer) || answer.reason !== "missing" || answer.field !== "event_id")
    return { event: body, answer };
  const short = shortForm(body);
  if (short === undefined) return { event: body, answer };
  if ("reason" in short) return { event: body, answer: short };
  const timestamp = new Date(clock.nowMs()).toISOString();
  const caller = { user_id: "check", org_id: "check", surface: "check" };
  const whole = { event_id: `check-${randomUUID()}`, timestamp, ...caller, tier: short.tier, prompt: short.text };
  const event = Buffer.from(JSON.stringify(whole));
  return { event, answer: engine.evaluate(event) };
}

/** Reads `{text, tier}`; undefined when the body is not of that form. */
function shortForm(body: Uint8Array): { readonly text: string; readonly tier: string } | Rejection | undefined {
  const value = parse(body);
  if (typeof value !== "object" || value === null || !("text" in value)) return undefined;
  const { text, tier } = value as { readonly text: unknown; readonly tier?: unknown };
  if (typeof text !== "string") return refuse("text", "wrong-type", "text must be a string");
  if (tier === undefined) return refuse("tier", "missing", "tier is required beside text, such as general");
  if (typeof tier !== "string") return refuse("tier", "wrong-type", "tier must be a string");
  return { text, tier };
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined; // the engine reads more than one JSON text; what it said of the body stands
  }
}

function refuse(field: string, reason: RejectReason, message: string): Rejection {
  return { index: 0, field, reason, message };
}

function answerRejection(engine: Engine, response: PortResponse, rejection: Rejection): void {
  const { reason } = rejection;
  if (reason === "engine-fault") answerJson(response, 200, unreadFault(engine, rejection.event_id));
  else answerProblem(response, rejectionStatus(rejection), NOT_ACCEPTED, [rejection]);
}

function record(engine: Engine, response: PortResponse, event: Uint8Array, evaluated: AnsweredDecision): void {
  engine.ingest(event).then(
    (outcome) => {
      const [decision] = outcome.decisions;
      if (decision === undefined) answerOutcome(response, outcome);
      else answerJson(response, 200, checkBody(decision));
    },
    (error: unknown) => {
      const isLedgerFault = error instanceof EngineError && error.code === "ledger-failed";
      if (isLedgerFault) answerJson(response, 200, checkBody(faulted(engine, evaluated)));
      else answerProblem(response, 503, unavailable(error));
    },
  );
}

/** The fail mode's decision on an event that could not even be read, so that there is nothing else to say of it. */
function unreadFault({ policy, pack }: Engine, eventId: string | undefined): string {
  const { action, severity, asl, reasons, released } = policy.fault();
  const hashes = { policy: policy.hash, pack: pack.hash };
  return JSON.stringify({
    event_id: eventId,
    action,
    severity,
    asl,
    reasons,
    released,
    ...hashes,
    mode: "enforce",
    output: {},
    tags: [],
    evasion: [],
  });
}

/** The decision under the fail mode, because it could not be recorded. The stricter of both stands. */
function faulted(engine: Engine, evaluated: AnsweredDecision): AnsweredDecision {
  const { decision, output } = evaluated;
  const { action, severity, reasons, released, messageKey } = engine.policy.fault();
  if (ACTIONS.indexOf(decision.action) > ACTIONS.indexOf(action)) return evaluated;
  const message = messageKey === undefined ? undefined : engine.policy.message(messageKey, undefined);
  const fault = { ...decision, action, severity, reasons: [...reasons, ...decision.reasons], released };
  const isFreer = action === "allow" || action === "warn";
  return {
    ...evaluated,
    decision: fault,
    json: JSON.stringify(fault),
    output: { ...(isFreer ? output : {}), ...(message === undefined ? {} : { message }) },
  };
}
