/**
 * The engine's own records in the ledger: that it started and with what, that its policy changed, and what second
 * judges were asked.
 */
import type { Action, RecordDraft } from "./contracts.ts";
import type { OpinionCall, OpinionQuestion, SkippedQuestions } from "./opinion.ts";
import type { EngineOptions, EngineParts } from "./parts.ts";

/** Says from when on what was in force, so that an auditor sees gaps. */
export function startRecord(parts: EngineParts, options: EngineOptions, atMs: number): RecordDraft {
  const { detector, policy, version = "unknown", synthetic = false } = parts;
  const at = new Date(atMs).toISOString();
  const settings = { ...options, retain_text: policy.retainText };
  const versions = { version, node: process.version };
  const inForce = { pack: detector.pack.hash, policy: policy.hash, policy_name: policy.name };
  return { type: "start", json: JSON.stringify({ at, ...versions, ...inForce, synthetic, settings }) };
}

/** `old` and `next` are policy hashes. */
export function policyRecord(old: string, next: string, name: string, atMs: number): RecordDraft {
  return { type: "policy", json: JSON.stringify({ at: new Date(atMs).toISOString(), old, new: next, name }) };
}

/** @param action of the decision after the call; that before it stands beside it. */
export function opinionRecord(at: string, question: OpinionQuestion, call: OpinionCall, action: Action): RecordDraft {
  const { decision, terms } = question;
  const { org_id, event_id, decision_id } = decision;
  const about = { org_id, event_id, decision_id, category: terms.category, field: terms.field };
  const { judge, model, outcome, score, detail, tokens } = call;
  const result = { judge, model, outcome, score, detail, before: decision.action, action };
  const sent = { cached: call.isCached, sent_bytes: call.sentBytes, sent_digest: call.sentDigest, tokens };
  const latency = { latency_ms: Math.round(call.latencyMs * 10) / 10 };
  return { type: "opinion", json: JSON.stringify({ at, ...about, ...result, ...sent, ...latency }) };
}

/** Questions that were not put, since the last such record. */
export function skippedRecord(at: string, judge: string, skipped: SkippedQuestions): RecordDraft {
  return { type: "opinion", json: JSON.stringify({ at, judge, outcome: "skipped", skipped }) };
}
