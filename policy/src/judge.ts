/**
 * Looks at one vector of scores under one tier and says what is asked for: by thresholds, ASL triggers and rules.
 * Without rules it is monotone: every ask comes from one score that reached a bound, and the most severe ask wins.
 */
import { type CompiledRule, RUNGS, type TierTables } from "./tables.ts";

/** One comparison that came out true. */
export interface Ask {
  readonly code: "threshold" | "mark" | "asl-trigger";
  readonly side: number;
  readonly category: number;
  readonly score: number;
  /** As the policy writes it, 1/10,000. */
  readonly threshold: number;
  /** What it asks for; 0 for marks and for triggers that only label. */
  readonly rank: number;
}

export interface RuleOutcome {
  readonly rule: CompiledRule;
  readonly rank: number;
  /** The top category and its side; -1 when nothing was marked. */
  readonly category: number;
  readonly side: number;
  readonly score: number;
}

export interface Judgement {
  readonly tables: TierTables;
  /** The most severe action asked for. */
  readonly rank: number;
  readonly asks: readonly Ask[];
  readonly outcome: RuleOutcome | undefined;
  /** Most severe ask by side; a person's own words are not counted in the first. */
  readonly sideRank: readonly [number, number];
  /** A category under `never` asked for something on the prompt: its index, else -1. */
  readonly ownWords: number;
  /** 0 when no trigger fired. */
  readonly aslLevel: number;
}

export function judge(tables: TierTables, scores: Int32Array): Judgement {
  const { ladder, ladderShown, quietBelow, marks, ownWords, strict } = tables;
  const count = marks.length;
  const asks: Ask[] = [];
  const sideRank: [number, number] = [0, 0];
  let own = -1;
  const ask = (entry: Ask) => {
    asks.push(entry);
    if (entry.rank === 0) return;
    if (entry.side === 0 && ownWords[entry.category] === 1) own = own < 0 ? entry.category : own;
    else sideRank[entry.side] = Math.max(sideRank[entry.side]!, entry.rank);
  };
  for (let slot = 0; slot < quietBelow.length; slot++) {
    const score = scores[slot] ?? 0;
    if (score < quietBelow[slot]!) continue;
    const category = slot % count;
    const side = slot < count ? 0 : 1;
    for (let rank = RUNGS; rank > 0; rank--) {
      const rung = slot * RUNGS + rank - 1;
      if (score < ladder[rung]!) continue;
      ask({ code: "threshold", side, category, score, threshold: ladderShown[rung]!, rank });
      break;
    }
    const mark = marks[category]!;
    if (score >= mark) ask({ code: "mark", side, category, score, threshold: mark - strict, rank: 0 });
  }
  const aslLevel = fireTriggers(tables, scores, ask);
  const outcome = tables.rules.length === 0 ? undefined : applyRules(tables, asks, aslLevel);
  if (outcome !== undefined && outcome.rank > 0) {
    const isOwn = outcome.side === 0 && outcome.category >= 0 && ownWords[outcome.category] === 1;
    if (isOwn) own = outcome.category;
    for (const { code, side, category } of asks) {
      if (code === "threshold" || (side === 0 && ownWords[category] === 1)) continue;
      sideRank[side] = Math.max(sideRank[side]!, outcome.rank);
    }
  }
  const rank = Math.max(outcome?.rank ?? 0, ...asks.map((entry) => entry.rank));
  return { tables, rank, asks, outcome, sideRank, ownWords: own, aslLevel };
}

/** Each trigger fires at most once, on the side with the higher score. @returns the highest level, or 0. */
function fireTriggers(tables: TierTables, scores: Int32Array, ask: (entry: Ask) => void): number {
  const count = tables.marks.length;
  let level = 0;
  for (const trigger of tables.triggers) {
    const { category, atLeast } = trigger;
    const prompt = scores[category] ?? 0;
    const completion = scores[count + category] ?? 0;
    const score = Math.max(prompt, completion);
    if (score < atLeast) continue;
    const side = completion > prompt ? 1 : 0;
    const rank = side === 0 ? Math.min(trigger.rank, tables.promptRankMax[category]!) : trigger.rank;
    ask({ code: "asl-trigger", side, category, score, threshold: atLeast, rank });
    level = Math.max(level, trigger.level);
  }
  return level;
}

/** The first rule that holds decides; undefined when none does. */
function applyRules(tables: TierTables, asks: readonly Ask[], aslLevel: number): RuleOutcome | undefined {
  const marked = asks.filter(({ code }) => code === "mark");
  const topScore = Math.max(0, ...marked.map(({ score }) => score));
  const tops = marked.filter(({ score }) => score === topScore);
  const rule = tables.rules.find(
    (candidate) =>
      (candidate.asl === undefined || candidate.asl === aslLevel > 0) &&
      (candidate.marked === undefined || candidate.marked === marked.length > 0) &&
      (candidate.top === undefined || tops.some(({ category }) => candidate.top![category] === 1)) &&
      topScore >= candidate.atLeast,
  );
  if (rule === undefined) return undefined;
  const causes = rule.asl === true ? asks.filter(({ code }) => code === "asl-trigger") : tops;
  const shown = causes.find(({ category }) => rule.top === undefined || rule.top[category] === 1) ?? causes[0];
  // A constraint holds a rule back only when nothing but protected words led to it.
  const isProtected = causes.length > 0 && causes.every((c) => c.side === 0 && tables.ownWords[c.category] === 1);
  const rankMax = isProtected ? Math.min(...causes.map(({ category }) => tables.promptRankMax[category]!)) : RUNGS;
  return {
    rule,
    rank: Math.min(rule.rank, rankMax),
    category: shown?.category ?? -1,
    side: shown?.side ?? -1,
    score: shown?.score ?? 0,
  };
}
