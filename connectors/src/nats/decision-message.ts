/**
 * A recorded decision as a message: its subject, the id by which the stream knows repeats, and where in which ledger it
 * stands, by which the next start knows how far the stream got.
 */
import { createHash } from "node:crypto";
import type { Action, Decision, Ledger } from "@sluice/engine";
import type { NatsHeaders } from "./contracts.ts";
import { DECISIONS_PREFIX, encodeToken } from "./subjects.ts";

export const SEQ_HEADER = "Sluice-Seq";
export const LEDGER_HEADER = "Sluice-Ledger";
const ID_HEADER = "Nats-Msg-Id";
const ORGANISATIONS_MAX = 4_096;

export interface DecisionMessages {
  subject(decision: Pick<Decision, "action" | "org_id">): string;
  headers(decision: Pick<Decision, "decision_id">, seq: number): NatsHeaders;
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
    headers: ({ decision_id }, seq) => ({
      [ID_HEADER]: decision_id,
      [SEQ_HEADER]: String(seq),
      [LEDGER_HEADER]: ledgerId,
    }),
  };
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
