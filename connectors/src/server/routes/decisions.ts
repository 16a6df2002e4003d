/**
 * `GET /decisions/{event_id}` and its retained text.
 * Invariant: text leaves only after an `access` record of who, when and what is written to the ledger.
 */
import { type Clock, decisionOfRecord, type Engine, EngineError, type Ledger, serializeDecision } from "@sluice/engine";
import { answerJson, answerProblem } from "../answer.ts";
import { isLoopback } from "../guard.ts";
import type { PortRequest, PortResponse } from "../port.ts";
import { queryOf, type Route } from "../router.ts";

export interface Texts {
  readonly prompt: string;
  readonly completion: string;
}
/** Reads the text that a ledger keeps beside a decision's record. */
export interface RetainedText {
  /** @returns undefined when none was retained or it has been erased */
  text(seq: number): Promise<Texts | undefined>;
}

export interface DecisionParts {
  readonly engine: Engine;
  readonly ledger: Pick<Ledger, "find" | "append">;
  readonly retainedText: RetainedText | undefined;
  readonly clock: Pick<Clock, "nowMs">;
  /** Who asks, as far as authorisation knows; else the address. */
  readonly whoOf: (request: PortRequest) => string;
}

interface FoundDecision {
  readonly seq: number;
  readonly orgId: string;
  readonly json: string;
}

export function decisionRoutes(parts: DecisionParts): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/decisions/{event_id}",
      role: "read",
      handle(request, response, eventId) {
        const found = findOne(parts, request, response, eventId);
        if (found === undefined) return;
        const json = serializeDecision(decisionOfRecord(found.json));
        answerJson(response, 200, `{"seq":${found.seq},${json.slice(1)}`);
      },
    },
    {
      method: "GET",
      path: "/decisions/{event_id}/text",
      role: "review",
      handle(request, response, eventId) {
        void answerText(parts, request, response, eventId);
      },
    },
  ];
}

/** Answers by itself when there is none, or more than one. */
function findOne(
  { engine, ledger }: DecisionParts,
  request: PortRequest,
  response: PortResponse,
  eventId: string,
): FoundDecision | undefined {
  const org = queryOf(request).get("org");
  const orgs = org === undefined ? Object.keys(engine.counters().byOrganisation) : [org];
  const found: FoundDecision[] = [];
  for (const orgId of orgs) {
    const record = ledger.find(orgId, eventId);
    if (record !== undefined) found.push({ seq: record.seq, orgId, json: record.json });
  }
  if (found.length > 1) {
    answerProblem(response, 400, "more than one organisation has an event of this id: add ?org= to say which");
  } else if (found.length === 0) {
    const advice =
      "check the id, add ?org= with its organisation, or look with `sluice ledger export` if it is an old one";
    answerProblem(response, 404, `no decision of this event is in the ledger's index: ${advice}`);
  }
  return found.length === 1 ? found[0] : undefined;
}

async function answerText(parts: DecisionParts, request: PortRequest, response: PortResponse, eventId: string) {
  if (!isDirectLoopback(request)) {
    return answerProblem(response, 403, "retained text is shown only to clients on the machine itself");
  }
  const found = findOne(parts, request, response, eventId);
  if (found === undefined) return;
  try {
    const text = await parts.retainedText?.text(found.seq);
    if (text === undefined) {
      const advice = "the policy's retention.text says what is kept";
      return answerProblem(response, 404, `no text of this event is retained, or it was erased: ${advice}`);
    }
    await recordAccess(parts, request, eventId, found);
    answerJson(response, 200, JSON.stringify({ event_id: eventId, org_id: found.orgId, ...text }));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    answerProblem(
      response,
      503,
      "the ledger cannot be read or the access cannot be recorded, so no text is shown: see /ready",
    );
  }
}

async function recordAccess(parts: DecisionParts, request: PortRequest, eventId: string, found: FoundDecision) {
  const record = {
    at: new Date(parts.clock.nowMs()).toISOString(),
    who: parts.whoOf(request),
    address: request.remoteAddress,
    user_agent: request.header("user-agent").slice(0, 256),
    what: "text",
    org_id: found.orgId,
    event_id: eventId,
    decision_seq: found.seq,
  };
  await parts.ledger.append([{ type: "access", json: JSON.stringify(record) }]).written;
}

/** A proxy on this machine makes all the world look local: what carries a forwarding header is not. */
function isDirectLoopback(request: PortRequest): boolean {
  if (!isLoopback(request.remoteAddress)) return false;
  return ["forwarded", "x-forwarded-for", "x-real-ip", "via"].every((name) => request.header(name) === "");
}
