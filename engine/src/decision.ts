/**
 * From fields, scan and verdict to the decision object. Its keys are set in the order of the contract, because that
 * order is the order of its JSON.
 */
import { disguisesOf, type Match, type PackInfo } from "@sluice/core-wasm";
import type { ContextMatch, Decision, DecisionMatch, ModelEvidence, Release, Verdict } from "./contracts.ts";
import type { EventFields } from "./decode.ts";
import { decisionId } from "./digest.ts";
import type { HeardScan } from "./heard-scan.ts";
import { modelEvidence } from "./model-evidence.ts";
import { ONE, SCORE_SHOWN_MIN } from "./risk.ts";

const NO_SCORES: Readonly<Record<string, number>> = Object.freeze({});
const NO_EVIDENCE: Evidence = {
  scores: { prompt: NO_SCORES, completion: NO_SCORES },
  matches: [],
  contexts: [],
  isTruncated: false,
  model: undefined,
};

/** What the scan found, named. */
export interface Evidence {
  readonly scores: Decision["scores"];
  readonly matches: readonly DecisionMatch[];
  readonly contexts: readonly ContextMatch[];
  readonly isTruncated: boolean;
  readonly model: ModelEvidence | undefined;
}

/** What a decision says besides the event, the verdict and the evidence. */
export interface DecisionFrame {
  /** 1/10,000. */
  readonly risk: number;
  readonly decidedAt: string;
  readonly policyHash: string;
  readonly packHash: string;
  readonly latencyUs: number;
  readonly synthetic: boolean;
}

/** Matches that are looked at for disguises, and bytes of the longest span: a sender may put anything between words. */
const DISGUISED_MAX = 64;
const SPAN_BYTES_MAX = 1024;

/**
 * @param isFlagged whether somebody will look: then the words that carried the model's scores are looked up too, and
 *   disguises named
 */
export function evidenceOf(scan: HeardScan, pack: PackInfo, isFlagged: boolean): Evidence {
  if (!scan.scored) return NO_EVIDENCE;
  const { categories } = pack;
  const scores = {
    prompt: namedScores(scan.scores, 0, categories),
    completion: namedScores(scan.scores, 1, categories),
  };
  const matches: DecisionMatch[] = [];
  const contexts: ContextMatch[] = [];
  for (const match of scan.matches()) nameMatch(match, pack, matches, contexts);
  if (isFlagged) nameDisguises(scan, matches);
  return { scores, matches, contexts, isTruncated: scan.truncated, model: modelEvidence(scan, pack, isFlagged) };
}

function namedScores(scores: Int32Array, side: number, categories: readonly string[]): Record<string, number> {
  const named: Record<string, number> = {};
  for (const [at, category] of categories.entries()) {
    const score = scores[side * categories.length + at] as number;
    if (score >= SCORE_SHOWN_MIN) named[category] = score / ONE; // the nearest double prints as the exact decimal
  }
  return named;
}

function nameMatch(match: Match, pack: PackInfo, matches: DecisionMatch[], contexts: ContextMatch[]): void {
  const rule = pack.rules[match.rule];
  if (rule === undefined) return; // a detector that names no rule of its pack has nothing to show
  const category = pack.categories[rule.category];
  const context = pack.contexts[rule.context]?.name;
  const { side: field, start, end, decoded } = match;
  const place = { rule: rule.id, field, start, end, ...(decoded === undefined ? {} : { decoded }) };
  if (category !== undefined) matches.push({ category, ...place });
  else if (context !== undefined) contexts.push({ context, ...place });
}

function nameDisguises(scan: HeardScan, matches: DecisionMatch[]): void {
  for (const [at, match] of matches.slice(0, DISGUISED_MAX).entries()) {
    if (match.decoded !== undefined || match.end - match.start > SPAN_BYTES_MAX) continue;
    const disguise = disguisesOf(scan.bytes(match.field).subarray(match.start, match.end));
    if (disguise.length > 0) matches[at] = { ...match, disguise };
  }
}

/**
 * One literal with every key, absent ones as undefined, which JSON leaves out: all decisions share one hidden class,
 * and none grows key by key.
 */
export function buildDecision(
  fields: EventFields,
  verdict: Verdict,
  evidence: Evidence,
  frame: DecisionFrame,
): Decision {
  const decision: { [K in keyof Required<Decision>]: Decision[K] | undefined } = {
    decision_id: decisionId(fields.key, "enforce", 0),
    event_id: fields.eventId,
    revision: 0,
    timestamp: fields.timestamp,
    decided_at: frame.decidedAt,
    user_id: fields.userId,
    org_id: fields.orgId,
    surface: fields.surface,
    tier: fields.tier,
    model_version: fields.modelVersion,
    conversation_id: fields.conversationId,
    action: verdict.action,
    severity: verdict.severity,
    intervention: "none",
    risk: frame.risk / ONE,
    scores: evidence.scores,
    matches: evidence.matches,
    contexts: evidence.contexts.length > 0 ? evidence.contexts : undefined,
    matches_truncated: evidence.isTruncated ? true : undefined,
    model: evidence.model,
    asl: verdict.asl,
    reasons: verdict.reasons,
    released: releasedWhole(verdict.released, evidence.isTruncated),
    policy: frame.policyHash,
    pack: frame.packHash,
    state_revision: 0,
    latency_us: frame.latencyUs,
    mode: "enforce",
    synthetic: frame.synthetic ? true : undefined,
  };
  return decision as Decision;
}

/** Redaction needs every span: when the list was cut, the whole field is withheld instead. */
function releasedWhole(released: Verdict["released"], isTruncated: boolean): Verdict["released"] {
  if (!isTruncated) return released;
  const whole = (release: Release): Release => (release === "redacted" ? "withheld" : release);
  return { prompt: whole(released.prompt), completion: whole(released.completion) };
}
