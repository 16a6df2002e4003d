/**
 * Turns judgements into the answer: action, severity, reasons in a fixed order, and what may be released.
 * Reasons: threshold, asl-trigger, action-rule, first-person, unknown-tier, age-band, attachment-unscored.
 */
import { SIDES } from "@sluice/core-wasm";
import { ACTIONS, type Reason, type Release, SEVERITIES, type Severity, type Verdict } from "@sluice/engine";
import type { Policy } from "./document.ts";
import type { Judgement } from "./judge.ts";
import { rankOf } from "./tables.ts";

const REDACT = rankOf("redact");
const ESCALATE = rankOf("escalate");
const BLOCK = rankOf("block");
const RELEASES = ["as_is", "redacted", "withheld"] as const satisfies readonly Release[];

/** Why an event is decided under other tiers than its own alone. */
export interface Framing {
  readonly unknownTier: boolean;
  /** The tier that the age band adds; undefined when it adds none. */
  readonly ageTier: string | undefined;
  readonly attachmentUnscored: boolean;
}

export const ALLOW: Verdict = deepFreeze({
  action: "allow",
  severity: "none",
  reasons: [],
  asl: null,
  released: { prompt: "as_is", completion: "as_is" },
});

/**
 * The most severe of the judgements, one per tier that applies (the event's own first), with the attachment's ask.
 * What is released is the least that any of the tiers would release.
 */
export function toVerdict(policy: Policy, judgements: readonly Judgement[], framing: Framing): Verdict {
  const chosen = judgements.reduce((best, next) => (next.rank > best.rank ? next : best));
  const attachmentRank = framing.attachmentUnscored ? rankOf(policy.attachments.unscored) : 0;
  const rank = Math.max(chosen.rank, attachmentRank);
  const reasons = [...reasonsOf(chosen, rank), ...framingReasons(policy, judgements, chosen, framing)];
  const own = judgements.find(({ ownWords }) => ownWords >= 0) ?? chosen;
  if (rank === 0 && reasons.length === 0) return ALLOW;
  const messageKey = messageKeyOf(policy, own, rank);
  return {
    action: ACTIONS[rank]!,
    severity: severityOf(chosen, reasons),
    reasons,
    asl: aslOf(chosen),
    released: {
      prompt: RELEASES[Math.max(...judgements.map((judgement) => promptRelease(policy, judgement, rank)))]!,
      completion: RELEASES[Math.max(...judgements.map(({ sideRank }) => completionRelease(sideRank[1], rank)))]!,
    },
    ...(messageKey === undefined ? {} : { messageKey }),
  };
}

function reasonsOf(judgement: Judgement, finalRank: number): Reason[] {
  const { tables, asks, outcome, ownWords } = judgement;
  const reasons: Reason[] = [];
  const ruleCounts = outcome !== undefined && outcome.rank >= finalRank;
  const inOrder = [...asks].sort((a, b) => a.side - b.side || a.category - b.category);
  for (const { code, side, category, score, threshold, rank } of inOrder) {
    if (code === "asl-trigger" || (code === "mark" ? !ruleCounts : rank < finalRank)) continue;
    const named = { field: SIDES[side]!, category: tables.categories[category]!, score: score / 10_000 };
    const action = code === "threshold" ? { action: ACTIONS[rank]! } : {};
    reasons.push({ code: "threshold", ...named, threshold: threshold / 10_000, ...action });
  }
  for (const { code, side, category, score, threshold, rank } of asks) {
    if (code !== "asl-trigger") continue;
    const named = { field: SIDES[side]!, category: tables.categories[category]!, score: score / 10_000 };
    reasons.push({ code, ...named, threshold: threshold / 10_000, ...(rank > 0 ? { action: ACTIONS[rank]! } : {}) });
  }
  // A rule that let nothing through but what was quiet anyway is no news.
  if (outcome !== undefined && ruleCounts && (outcome.rank > 0 || outcome.category >= 0)) {
    const { rule, category, side, score } = outcome;
    const named =
      category < 0 ? {} : { field: SIDES[side]!, category: tables.categories[category]!, score: score / 10_000 };
    const bound = rule.bound === undefined ? {} : { threshold: rule.bound };
    reasons.push({ code: "action-rule", ...named, ...bound, action: ACTIONS[outcome.rank]!, rule: rule.name });
  }
  if (ownWords >= 0) reasons.push({ code: "first-person", field: "prompt", category: tables.categories[ownWords]! });
  return reasons;
}

function framingReasons(
  policy: Policy,
  judgements: readonly Judgement[],
  chosen: Judgement,
  framing: Framing,
): Reason[] {
  const reasons: Reason[] = [];
  const tier = chosen.tables.tier;
  // Where every tier allows, none of them is the one that decided.
  if (framing.unknownTier) reasons.push({ code: "unknown-tier", ...(chosen.rank > 0 ? { tier } : {}) });
  if (tier === framing.ageTier && !framing.unknownTier && chosen !== judgements[0]) {
    reasons.push({ code: "age-band", tier });
  }
  if (framing.attachmentUnscored && policy.attachments.unscored !== "allow") {
    reasons.push({ code: "attachment-unscored", action: policy.attachments.unscored });
  }
  return reasons;
}

/** Highest level that fired, with the categories that fired at any level, lowest index first. */
function aslOf({ asks, aslLevel, tables }: Judgement): Verdict["asl"] {
  if (aslLevel === 0) return null;
  const fired = new Set(asks.filter(({ code }) => code === "asl-trigger").map(({ category }) => category));
  return {
    level: aslLevel,
    triggers: [...fired].sort((a, b) => a - b).map((category) => tables.categories[category]!),
  };
}

/** cgcp's scale over the highest score among the reasons; words about self-harm count as medium at least. */
function severityOf({ asks, ownWords }: Judgement, reasons: readonly Reason[]): Severity {
  if (reasons.length === 0) return "none";
  const named = new Set(reasons.map(({ category }) => category));
  const score = Math.max(0, ...reasons.map((reason) => reason.score ?? 0), ...(ownWords < 0 ? [] : ownScores(asks)));
  const level = score > 0.8 ? 4 : score > 0.6 ? 3 : score > 0.4 ? 2 : 1;
  return SEVERITIES[named.has("self_harm") ? Math.max(2, level) : level]!;
}

function ownScores(asks: Judgement["asks"]): number[] {
  return asks.filter(({ side }) => side === 0).map(({ score }) => score / 10_000);
}

function promptRelease(policy: Policy, { sideRank, ownWords }: Judgement, rank: number): number {
  const asked = sideRank[0];
  if (rank < REDACT) return 0;
  const redacted = asked >= REDACT ? 1 : 0;
  if (rank === REDACT) return redacted;
  if (rank === BLOCK) return ownWords >= 0 && asked < ESCALATE ? redacted : 2;
  if (asked < ESCALATE) return redacted;
  return policy.escalated_prompt === "withheld" ? 2 : 0;
}

function completionRelease(asked: number, rank: number): number {
  if (rank < REDACT) return 0;
  return rank === REDACT ? (asked >= REDACT ? 1 : 0) : 2;
}

/** A person at risk is answered first; then the message named after the action, when the policy has one. */
function messageKeyOf(policy: Policy, { ownWords, tables }: Judgement, rank: number): string | undefined {
  if (ownWords >= 0) {
    const never = policy.never.find(({ category }) => category === tables.categories[ownWords]);
    if (never?.message !== undefined) return never.message;
  }
  const key = ACTIONS[rank]!;
  return rank > 0 && Object.hasOwn(policy.messages, key) ? key : undefined;
}

export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
