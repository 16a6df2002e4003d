/**
 * A recorded decision as a message: its subject, the id by which the stream knows repeats, and where in which ledger it
 * stands, by which the next start knows how far the stream got.
 */
import { createHash } from "node:crypto";
import { type Action, assert, type Decision, type Ledger } from "@sluice/engine";
import type { NatsHeaders } from "./contracts.ts";
import { DECISIONS_PREFIX, encodeToken } from "./subjects.ts";

export const SEQ_HEADER = "Sluice-Seq";
export const LEDGER_HEADER = "Sluice-Ledger";
const ID_HEADER = "Nats-Msg-Id";
const JSON_START = '{"decision_id":"';
const ORGANISATIONS_MAX = 4_096;

export interface DecisionMessages {
  subject(facts: Pick<Decision, "action" | "org_id">): string;
  /** @param json of the decision, as `serializeDecision` writes it */
  headers(json: string, seq: number): NatsHeaders;
}

export function decisionMessages(ledgerId: string): DecisionMessages {
  let tokens = new Map<string, string>();
  return {
    subject({ action, org_id }) {
      let token = tokens.get(org_id);
      if (token === undefined) {
        if (tokens.size >= ORGANISATIONS_MAX) tokens = new Map();
        token = encodeToken(org_id);
        tokens.set(org_id, token);
      }
      return `${DECISIONS_PREFIX}${action}.${token}`;
    },
    headers: (json, seq) => ({
      [ID_HEADER]: idIn(json),
      [SEQ_HEADER]: String(seq),
      [LEDGER_HEADER]: ledgerId,
    }),
  };
}

/** The id is the first member and needs no escape: reading it off spares the parsing of all the rest. */
function idIn(json: string): string {
  assert(json.startsWith(JSON_START), "a decision begins with its id");
  return json.slice(JSON_START.length, json.indexOf('"', JSON_START.length));
}

/** What to subscribe to; all of what is not given. */
export function decisionsFilter(action?: Action, orgId?: string): string {
  return `${DECISIONS_PREFIX}${action ?? "*"}.${orgId === undefined ? "*" : encodeToken(orgId)}`;
}

/** Names a ledger for as long as it exists: a digest of its first record, which says when it began. */
export async function ledgerIdOf(ledger: Pick<Ledger, "read">): Promise<string | undefined> {
  for await (const [first] of ledger.read(1)) {
    if (first !== undefined) return createHash("sha256").update(first.json).digest("hex").slice(0, 16);
  }
  return undefined; // it keeps nothing
}
