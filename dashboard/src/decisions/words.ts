/** A decision in words for people. Nothing here is shown that the decision does not say. */
import type { Decision, Reason } from "@sluice/engine";
import { nameWord } from "../format.ts";

/** Exact to 1/10,000, as the engine has it; two decimals when that is all there is. */
export function scoreWord(score: number): string {
  const short = score.toFixed(2);
  return Math.abs(Number(short) - score) < 0.000_05 ? short : score.toFixed(4);
}

/** Two decimals for a row, cut and not rounded: a score never looks higher than it is. */
export function shortScore(score: number): string {
  return (Math.floor(score * 100 + 1e-6) / 100).toFixed(2);
}

/** What a row says of a decision without a reason. */
export function noReasonInShort({ matches, scores }: Decision): string {
  const hasScore = [scores.prompt, scores.completion].some((side) => Object.values(side).some((score) => score > 0));
  return matches.length > 0 || hasScore ? "below every threshold" : "no rule matched";
}

/** `jailbreak 0.86 ≥ block 0.80 in prompt`; as short as a table cell wants it. */
export function reasonInShort(reason: Reason): string {
  const comparison = compare(reason);
  switch (reason.code) {
    case "threshold":
      return comparison;
    case "asl-trigger":
      return `ASL trigger: ${comparison}`;
    case "action-rule":
      return `rule ${reason.rule ?? "of the policy"}${comparison === "" ? "" : `: ${comparison}`}`;
    case "first-person":
      return `person speaks of themselves${comparison === "" ? "" : `: ${comparison}`}`;
    case "unknown-tier":
      return "tier is unknown";
    case "age-band":
      return "age band asks for a stricter tier";
    case "attachment-unscored":
      return "attachment was not scored";
    case "engine-fault":
      return "engine fault: decided by fail mode";
    case "second-opinion":
      return `second opinion by ${reason.judge ?? "another judge"}`;
    default:
      return reason.code;
  }
}

/** A whole sentence for the detail panel. */
export function reasonInFull(reason: Reason): string {
  const { code, score, threshold, action, tier, rule, judge = "another judge", before = "the action" } = reason;
  const category = nameWord(reason.category ?? "a category");
  const where = reason.field ? ` of the ${reason.field}` : "";
  const reached =
    score !== undefined && threshold !== undefined
      ? `the ${category} score ${scoreWord(score)}${where} is at or above the threshold ${scoreWord(threshold)}`
      : `${category}${where}${score === undefined ? "" : ` scored ${scoreWord(score)}`}`;
  const consequence = action ? `, which asks for ${action}` : "";
  switch (code) {
    case "threshold":
      return `${capital(reached)}${consequence}.`;
    case "asl-trigger":
      return `An AI Safety Level trigger fired: ${reached}${consequence}.`;
    case "action-rule":
      return `The policy's rule ${rule ? `“${rule}”` : "for this case"} applies: ${reached}${consequence}.`;
    case "first-person":
      return `The person speaks of themselves, so they are met with support and not refused: ${reached}${consequence}.`;
    case "unknown-tier":
      return `The policy does not know this event's tier; it was decided under ${tier ?? "the strictest one"}.`;
    case "age-band":
      return `The stated age band is decided under the stricter tier ${tier ?? "that the policy names"}.`;
    case "attachment-unscored":
      return `An attachment came along that nothing scored${consequence}.`;
    case "second-opinion":
      return `${capital(judge)} was asked after the first decision: ${before} became ${action}, by its score ${score} for ${category}.`;
    case "engine-fault":
      return "Policy, pack or ledger was at fault, so the policy's fail mode decided.";
    default:
      return `${capital(String(code))}${consequence}.`;
  }
}

/** Highest score of both sides, or `undefined` when nothing scored. */
export function topScore(decision: Decision): { readonly category: string; readonly score: number } | undefined {
  let top: { category: string; score: number } | undefined;
  for (const side of [decision.scores.prompt, decision.scores.completion]) {
    for (const [category, score] of Object.entries(side)) {
      if (top === undefined || score > top.score) top = { category, score };
    }
  }
  return top;
}

function compare({ category, score, threshold, action, field }: Reason): string {
  const isShort = threshold === undefined || scoreWord(threshold) === shortScore(threshold);
  const scored = score === undefined ? undefined : isShort ? shortScore(score) : scoreWord(score);
  const left = [nameWord(category ?? ""), scored].filter(Boolean).join(" ");
  const right = threshold === undefined ? "" : `≥ ${action ? `${action} ` : ""}${scoreWord(threshold)}`;
  return [left, right, left !== "" && field ? `in ${field}` : ""].filter(Boolean).join(" ");
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
