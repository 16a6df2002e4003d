/**
 * Second opinions as the policy states them: which decisions a slower judge is asked about, and what its score may
 * change. A judge never lowers an action below what anything but the category in question asks for, gives no spans and
 * so never redacts, and never sees text that was found to be about child safety or a person's own words of despair.
 */
import {
  ACTIONS,
  type Action,
  type Comparison,
  type Decision,
  type OpinionPolicy,
  type OpinionTerms,
} from "@sluice/engine";
import type { Policy, SecondOpinion } from "./document.ts";
import { NEVER_JUDGED_ELSEWHERE } from "./references.ts";
import { rankOf } from "./tables.ts";

type Band = SecondOpinion & { readonly category: string };
type Compare = (decision: Pick<Decision, "tier" | "scores" | "reasons">) => readonly Comparison[];

const NEVER_ASKED: ReadonlySet<string> = new Set(["engine-fault", "first-person", "unknown-tier", "second-opinion"]);
/** Something other than the category's own ladder asked: no judge of the category can take it back. */
const HOLDS: ReadonlySet<string> = new Set(["asl-trigger", "action-rule", "attachment-unscored"]);

/** @returns undefined when the policy asks nobody. */
export function opinionPolicy(policy: Policy, compare: Compare): OpinionPolicy | undefined {
  if (Object.keys(policy.second_opinion ?? {}).length === 0) return undefined;
  const byTier = new Map(Object.keys(policy.tiers).map((tier) => [tier, bandsOf(policy, tier)]));
  return {
    termsOf(decision) {
      const { reasons, tier } = decision;
      const bands = byTier.get(reasons.find(({ code }) => code === "age-band")?.tier ?? tier) ?? [];
      const found = bands.map((band) => ({ band, ...higherSide(decision, band.category) })).filter(isBetween);
      if (found.length === 0 || reasons.some(({ code }) => NEVER_ASKED.has(code))) return undefined;
      const comparisons = compare(decision).filter(({ met }) => met);
      if (isAbout(decision, comparisons, NEVER_JUDGED_ELSEWHERE)) return undefined;
      const { band, field } = found.reduce((best, next) => (next.score > best.score ? next : best));
      return termsOf(decision, band, field, comparisons);
    },
    revise(decision, terms, { judge, score }) {
      const step = stepOf(decision.action, terms, score);
      if (step === undefined) return undefined;
      const { category, field } = terms;
      const { to: action, threshold } = step;
      const named = { code: "second-opinion", field, category, score, threshold } as const;
      const reasons = [...decision.reasons, { ...named, action, judge, before: decision.action }];
      return { action, released: releasedBy(policy, decision, action, field), reasons };
    },
  };
}

/** What a tier says of each category, its own or inherited. */
function bandsOf(policy: Policy, tier: string): readonly Band[] {
  return Object.entries(policy.second_opinion ?? {}).flatMap(([category, tiers]) => {
    for (let name: string | undefined = tier; name !== undefined; name = policy.tiers[name]?.inherits) {
      const band = Object.hasOwn(tiers, name) ? tiers[name] : undefined;
      if (band !== undefined) return [{ ...band, category }];
    }
    return [];
  });
}

function higherSide({ scores }: Decision, category: string) {
  const [prompt, completion] = [scores.prompt[category] ?? 0, scores.completion[category] ?? 0];
  return completion > prompt
    ? ({ field: "completion", score: completion } as const)
    : ({ field: "prompt", score: prompt } as const);
}

const isBetween = ({ band, score }: { readonly band: Band; readonly score: number }) =>
  score >= band.from && score < band.below;

function isAbout({ matches }: Decision, met: readonly Comparison[], category: string): boolean {
  return matches.some((match) => match.category === category) || met.some((each) => each.category === category);
}

/** @returns undefined when no answer could change the action. */
function termsOf(
  { action, reasons }: Decision,
  { category, raise, lower }: Band,
  field: OpinionTerms["field"],
  met: readonly Comparison[],
): OpinionTerms | undefined {
  const asked = met.filter((each) => each.category !== category).map((each) => rankOf(each.action ?? "allow"));
  const to = ACTIONS[Math.max(rankOf(lower?.to ?? "allow"), ...asked)]!;
  const isHeld = reasons.some(({ code }) => HOLDS.has(code)) || to === "redact";
  const lowers = lower !== undefined && !isHeld && rankOf(to) < rankOf(action);
  const raises = raise !== undefined && rankOf(raise.to) > rankOf(action);
  if (!lowers && !raises) return undefined;
  return {
    category,
    field,
    ...(raises ? { raise } : {}),
    ...(lowers ? { lower: { below: lower.below, to } } : {}),
  };
}

function stepOf(action: Action, { raise, lower }: OpinionTerms, score: number) {
  if (raise !== undefined && score >= raise.at_least && rankOf(raise.to) > rankOf(action)) {
    return { to: raise.to, threshold: raise.at_least };
  }
  if (lower !== undefined && score < lower.below && rankOf(lower.to) < rankOf(action)) {
    return { to: lower.to, threshold: lower.below };
  }
  return undefined;
}

/** As the first decision would have released it, had the action been this one; in doubt the less. */
function releasedBy(
  policy: Policy,
  { released }: Decision,
  action: Action,
  field: OpinionTerms["field"],
): Decision["released"] {
  if (action === "allow" || action === "warn") return { prompt: "as_is", completion: "as_is" };
  if (action === "block") return { prompt: "withheld", completion: "withheld" };
  const asked = policy.escalated_prompt === "withheld" ? "withheld" : "as_is";
  return { prompt: field === "prompt" ? asked : released.prompt, completion: "withheld" };
}
