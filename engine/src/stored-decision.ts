/** A decision read back from a ledger record: the keys of the contract alone, in its order. */
import type { Decision } from "./contracts.ts";
import { EngineError } from "./errors.ts";

const KEYS = [
  "decision_id",
  "event_id",
  "revision",
  "timestamp",
  "decided_at",
  "user_id",
  "org_id",
  "surface",
  "tier",
  "model_version",
  "conversation_id",
  "action",
  "severity",
  "intervention",
  "risk",
  "scores",
  "matches",
  "contexts",
  "matches_truncated",
  "model",
  "asl",
  "reasons",
  "released",
  "policy",
  "pack",
  "state_revision",
  "latency_us",
  "mode",
  "synthetic",
] as const satisfies readonly (keyof Decision)[];

/** @throws {EngineError} `ledger-corrupt` when the record is no decision. */
export function decisionOfRecord(json: string): Decision {
  const record = parseObject(json);
  const decision: Record<string, unknown> = {};
  for (const key of KEYS) if (record[key] !== undefined) decision[key] = record[key];
  if (typeof decision.decision_id !== "string" || typeof decision.action !== "string") {
    throw new EngineError("ledger-corrupt", "a ledger record is no decision; run `sluice ledger verify`");
  }
  return decision as unknown as Decision;
}

function parseObject(json: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(json) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new EngineError("ledger-corrupt", "a ledger record is not JSON; run `sluice ledger verify`", { cause });
  }
}
