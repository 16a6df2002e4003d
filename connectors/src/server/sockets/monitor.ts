/**
 * `WS /monitor`: whisperer's protocol. `{conversation_id, user_message, model_response, id?}` in; what was found and
 * what to do about it out, with the same `id`, in order. Evaluates only: nothing is recorded.
 */
import { randomUUID } from "node:crypto";
import {
  type AnsweredDecision,
  type Clock,
  type Decision,
  type DecisionMatch,
  type Engine,
  type Rejection,
  type RejectReason,
  signalsOf,
} from "@sluice/engine";
import { problem } from "../answer.ts";
import type { SocketRoute } from "../port.ts";
import { framedSocket } from "./framed.ts";

const BUFFERED_BYTES_MAX = 4 * 1024 * 1024;
const TIER_DEFAULT = "general";

interface Message {
  readonly id?: unknown;
  readonly conversation_id?: unknown;
  readonly user_message?: unknown;
  readonly model_response?: unknown;
  readonly tier?: unknown;
}

export function monitorSocket(engine: Engine, clock: Pick<Clock, "nowMs">, frameBytesMax: number): SocketRoute {
  const busy = problem("too many frames wait for their answer: send this one again");
  return {
    path: "/monitor",
    frameBytesMax,
    bufferedBytesMax: BUFFERED_BYTES_MAX,
    open: (socket) => framedSocket(socket, (frame) => answerFrame(engine, clock, frame), busy),
  };
}

function answerFrame(engine: Engine, clock: Pick<Clock, "nowMs">, frame: Uint8Array): string {
  const message = readMessage(frame);
  if (message === undefined) {
    return problem("the frame is no JSON object: send {conversation_id, user_message, model_response, id?}");
  }
  const id = typeof message.id === "string" || typeof message.id === "number" ? message.id : undefined;
  const fault = wrongType(message);
  if (fault !== undefined) return errorAnswer(id, fault);
  const answer = engine.evaluate(eventOf(message, clock));
  return "reason" in answer ? errorAnswer(id, renamed(answer)) : found(id, answer);
}

function readMessage(frame: Uint8Array): Message | undefined {
  try {
    const value = JSON.parse(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString()) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined; // told to the sender by the caller
  }
}

function wrongType(message: Message): Rejection | undefined {
  const { user_message, model_response, conversation_id, tier } = message;
  if (user_message === undefined && model_response === undefined) {
    return refuse("user_message", "missing", "send user_message, model_response or both");
  }
  for (const [field, value] of Object.entries({ user_message, model_response, conversation_id, tier })) {
    if (value !== undefined && typeof value !== "string")
      return refuse(field, "wrong-type", `${field} must be a string`);
  }
  return undefined;
}

function refuse(field: string, reason: RejectReason, message: string): Rejection {
  return { index: 0, field, reason, message };
}

function eventOf(message: Message, clock: Pick<Clock, "nowMs">): object {
  const { user_message, model_response, conversation_id, tier } = message;
  return {
    event_id: `monitor-${randomUUID()}`,
    timestamp: new Date(clock.nowMs()).toISOString(),
    user_id: "monitor",
    org_id: "monitor",
    surface: "monitor",
    tier: tier ?? TIER_DEFAULT,
    prompt: user_message ?? "",
    ...(model_response === undefined ? {} : { completion: model_response }),
    ...(conversation_id === undefined ? {} : { conversation_id }),
  };
}

const SENT_NAMES: Readonly<Record<string, string>> = { prompt: "user_message", completion: "model_response" };

/** The refusal in the sender's words: its fields have other names than the event's. */
function renamed(rejection: Rejection): Rejection {
  return { ...rejection, field: SENT_NAMES[rejection.field] ?? rejection.field };
}

function errorAnswer(id: string | number | undefined, rejection: Rejection): string {
  const body = problem(rejection.message, [rejection]);
  return id === undefined ? body : `{"id":${JSON.stringify(id)},${body.slice(1)}`;
}

function found(id: string | number | undefined, { decision, output }: AnsweredDecision): string {
  return JSON.stringify({
    ...(id === undefined ? {} : { id }),
    conversation_id: decision.conversation_id,
    action: decision.action,
    severity: decision.severity,
    risk: decision.risk,
    detections: decision.matches.map((match) => detection(decision, match)),
    ...signals(decision),
    scores: decision.scores,
    asl: decision.asl,
    reasons: decision.reasons,
    released: decision.released,
    decision_id: decision.decision_id,
    policy: decision.policy,
    pack: decision.pack,
    latency_us: decision.latency_us,
    output: output ?? {},
  });
}

/** Spans are of the sender's fields. */
function signals(decision: Decision) {
  const { tags, evasion } = signalsOf(decision);
  return { tags, evasion: evasion.map(({ field, ...signal }) => ({ ...signal, field: SENT_NAMES[field] })) };
}

/**
 * `score` is the category's on that side; a match whose category gave no reason for the action is of `low` severity.
 */
function detection(decision: Decision, { category, rule, field, start, end, disguise, decoded }: DecisionMatch) {
  const isReason = decision.reasons.some((reason) => reason.category === category && (reason.field ?? field) === field);
  const severity = isReason ? decision.severity : "low";
  return {
    category,
    rule,
    severity,
    field: SENT_NAMES[field],
    start,
    end,
    score: decision.scores[field][category] ?? 0,
    ...(disguise === undefined ? {} : { disguise }),
    ...(decoded === undefined ? {} : { decoded }),
  };
}
