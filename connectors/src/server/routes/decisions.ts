/**
 * `GET /decisions/{event_id}`, with `?explain=true` every comparison behind it, and its retained text.
 * Invariant: text leaves only after an `access` record of who, when and what is written to the ledger.
 */
import {
  type Clock,
  type Decision,
  decisionOfRecord,
  EngineError,
  type Ledger,
  type LedgerRecord,
  type PolicyPart,
  serializeDecision,
  signalsOf,
} from "@sluice/engine";
import { answerJson, answerProblem } from "../answer.ts";
import { isLoopback } from "../guard.ts";
import type { PortRequest, PortResponse } from "../port.ts";
import { queryOf, type Route } from "../router.ts";

export interface Texts {
  readonly prompt: string;
  readonly completion: string;
}

/** What the routes need of a ledger; the one that `openLedger` opens has it all. */
export interface DecisionLedger extends Pick<Ledger, "append"> {
  /** Records of this event, from an index in memory, oldest first: its first decision and revisions of it. */
  findAll(orgId: string, eventId: string): readonly Pick<LedgerRecord, "seq" | "json">[];
  /** Records of any organisation with this event id, newest first, at most `max`. */
  findByEventId(eventId: string, max: number): Promise<readonly LedgerRecord[]>;
  /** Text retained beside a record; undefined when none was, or it was erased. */
  readText(seq: number): Promise<Texts | undefined>;
}

export interface DecisionParts {
  readonly ledger: DecisionLedger;
  /** The policy in force. */
  readonly policy: () => PolicyPart;
  readonly clock: Pick<Clock, "nowMs">;
  /** Who asks, as far as authorisation knows; else where from. */
  readonly whoOf: (request: PortRequest) => string;
}

interface StoredDecision {
  readonly seq: number;
  readonly decision: Decision;
}
/** The newest decision of an event. */
interface FoundDecision extends StoredDecision {
  /** What it revises, newest first. */
  readonly earlier: readonly StoredDecision[];
}

/** Records of one event id that are looked at when no organisation is named. */
const RECORDS_MAX = 64;

export function decisionRoutes(parts: DecisionParts): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/decisions/{event_id}",
      role: "read",
      handle(request, response, eventId) {
        void answerFound(parts, request, response, eventId, async ({ seq, decision, earlier }) => {
          const isExplained = queryOf(request).get("explain") === "true";
          const revises = earlier.length === 0 ? "" : `,"earlier":${JSON.stringify(earlier.map(named))}`;
          const more = isExplained ? `,"explain":${JSON.stringify(explain(decision, parts.policy()))}` : "";
          answerJson(response, 200, `{"seq":${seq},${serializeDecision(decision).slice(1, -1)}${revises}${more}}`);
        });
      },
    },
    {
      method: "GET",
      path: "/decisions/{event_id}/text",
      role: "review",
      handle(request, response, eventId) {
        if (!isDirectLoopback(request)) {
          return answerProblem(response, 403, "retained text is shown only to clients on the machine itself");
        }
        void answerFound(parts, request, response, eventId, (found) => answerText(parts, request, response, found));
      },
    },
  ];
}

/** Only the policy that decided can say what it compared; the ledger keeps its hash, not its text. */
function explain(decision: Decision, policy: PolicyPart) {
  if (decision.policy === policy.hash && policy.comparisons !== undefined) {
    return { in_force: true, comparisons: policy.comparisons(decision), ...signalsOf(decision) };
  }
  const note = "the policy that decided this is no longer in force: only the decision's own reasons are known";
  return { in_force: false, note, comparisons: [], ...signalsOf(decision) };
}

/** Finds the decision and hands it on, or answers why it cannot. */
async function answerFound(
  { ledger }: DecisionParts,
  request: PortRequest,
  response: PortResponse,
  eventId: string,
  answer: (found: FoundDecision) => Promise<void>,
): Promise<void> {
  try {
    const found = await find(ledger, eventId, queryOf(request).get("org"));
    if (found === "several") {
      answerProblem(response, 400, "more than one organisation has an event of this id: add ?org= to say which");
    } else if (found === undefined) {
      answerProblem(
        response,
        404,
        "no decision of this event is in the ledger: check the id, and the org when you gave one",
      );
    } else {
      await answer(found);
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    answerProblem(response, 503, "the ledger cannot be read or written: see /ready");
  }
}

const named = ({ seq, decision: { decision_id, revision, action } }: StoredDecision) => {
  return { seq, decision_id, revision, action };
};

async function find(
  ledger: DecisionLedger,
  eventId: string,
  org: string | undefined,
): Promise<FoundDecision | "several" | undefined> {
  const indexed = org === undefined ? [] : [...ledger.findAll(org, eventId)].reverse();
  if (indexed.length > 0) return newest(indexed.map(stored));
  const records = await ledger.findByEventId(eventId, RECORDS_MAX);
  const found = records
    .filter((record) => record.type === "decision")
    .map(stored)
    .filter(({ decision }) => org === undefined || decision.org_id === org);
  return new Set(found.map(({ decision }) => decision.org_id)).size > 1 ? "several" : newest(found);
}

const stored = ({ seq, json }: Pick<LedgerRecord, "seq" | "json">) => ({ seq, decision: decisionOfRecord(json) });

/** @param found newest first; behind a first decision lie those of an earlier event of the same id. */
function newest(found: readonly StoredDecision[]): FoundDecision | undefined {
  const [latest] = found;
  const firstAt = found.findIndex(({ decision }) => decision.revision === 0);
  return latest && { ...latest, earlier: found.slice(1, firstAt < 0 ? undefined : firstAt + 1) };
}

async function answerText(
  parts: DecisionParts,
  request: PortRequest,
  response: PortResponse,
  found: FoundDecision,
): Promise<void> {
  const kept = await keptText(parts.ledger, found);
  if (kept === undefined) {
    const advice = "the policy's retention.text says what is kept";
    return answerProblem(response, 404, `no text of this event is retained, or it was erased: ${advice}`);
  }
  const { text } = kept;
  await recordAccess(parts, request, kept);
  const { event_id, org_id } = found.decision;
  answerJson(response, 200, JSON.stringify({ event_id, org_id, prompt: text.prompt, completion: text.completion }));
}

/** Beside the decision that was the first to be flagged. */
async function keptText(ledger: DecisionLedger, { seq, decision, earlier }: FoundDecision) {
  for (const each of [{ seq, decision }, ...earlier]) {
    const text = await ledger.readText(each.seq);
    if (text !== undefined) return { ...each, text };
  }
  return undefined;
}

async function recordAccess(parts: DecisionParts, request: PortRequest, { seq, decision }: StoredDecision) {
  const record = {
    at: new Date(parts.clock.nowMs()).toISOString(),
    who: parts.whoOf(request),
    address: request.remoteAddress,
    user_agent: request.header("user-agent").slice(0, 256),
    what: "text",
    org_id: decision.org_id,
    event_id: decision.event_id,
    decision_seq: seq,
  };
  await parts.ledger.append([{ type: "access", json: JSON.stringify(record) }]).written;
}

/** A proxy on this machine makes all the world look local: what carries a forwarding header is not. */
function isDirectLoopback(request: PortRequest): boolean {
  if (!isLoopback(request.remoteAddress)) return false;
  return ["forwarded", "x-forwarded-for", "x-real-ip", "via"].every((name) => request.header(name) === "");
}
