/**
 * What a decision says in the words of the two systems before this one: cgcp's tags, and whisperer's evasion signals.
 * Both come from what the scan found, and are worked out when somebody asks, from any decision of any age: no record
 * holds them, so a replay and an old ledger say the same.
 */
import type { Decision, DecisionMatch, EvasionSignal, Signals } from "./contracts.ts";

/** As in cgcp. */
const TAGS_A_CATEGORY = 2;
const EVASIONS_MAX = 32;
const NOTHING: Signals = { tags: [], evasion: [] };

export function signalsOf(decision: Decision): Signals {
  if (decision.action === "allow") return NOTHING;
  return { tags: tagsOf(decision), evasion: evasionOf(decision) };
}

/**
 * `category:pattern`, in the order of the matches; `category:model` where no rule but the trained model found it; then
 * `asl_3_cbrn_trigger` and the like.
 */
function tagsOf({ matches, model, asl }: Decision): readonly string[] {
  const patterns = new Map<string, Set<string>>();
  for (const match of matches) addPattern(patterns, match.category, patternOf(match));
  for (const { category } of model?.words ?? []) if (!patterns.has(category)) addPattern(patterns, category, "model");
  const tags = [...patterns].flatMap(([category, names]) => [...names].map((name) => `${category}:${name}`));
  return [...tags, ...(asl?.triggers ?? []).map((category) => `asl_${asl?.level}_${category}_trigger`)];
}

function addPattern(patterns: Map<string, Set<string>>, category: string, pattern: string): void {
  const names = patterns.get(category) ?? new Set();
  if (names.size < TAGS_A_CATEGORY) names.add(pattern);
  patterns.set(category, names);
}

/** `cbrn.nerve_agent.001` is the first rule of pattern `nerve_agent`. */
function patternOf({ category, rule }: DecisionMatch): string {
  const own = rule.startsWith(`${category}.`) ? rule.slice(category.length + 1) : rule;
  return own.replace(/\.\d+$/, "");
}

/** Each way of hiding once a span, however many rules match there. */
function evasionOf({ matches, model }: Decision): readonly EvasionSignal[] {
  const found = new Map<string, EvasionSignal>();
  for (const { field, start, end, disguise = [], decoded } of [...matches, ...modelRuns(model)]) {
    for (const signal of decoded === undefined ? disguise : [decoded]) {
      if (found.size < EVASIONS_MAX) found.set(`${signal} ${field} ${start} ${end}`, { signal, field, start, end });
    }
  }
  return [...found.values()];
}

const modelRuns = (
  model: Decision["model"],
): readonly Pick<DecisionMatch, "field" | "start" | "end" | "decoded" | "disguise">[] => model?.words ?? [];
