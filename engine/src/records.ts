/** The engine's own records in the ledger: that it started and with what, and that its policy changed. */
import type { RecordDraft } from "./contracts.ts";
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
