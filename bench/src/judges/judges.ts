/**
 * Systems that judge a text, each in the way its own guide shows first: a verdict by its own default, and a score to
 * rank by. A judge is loaded when it is asked for, in a process of its own (judge-process.ts).
 */
/// <reference path="./llm-guardrail.d.ts" />
import { createSluice } from "@sluice/app";
import type { Rule } from "@sluice/core-wasm";
import { defaultRules } from "../model-pack.ts";

/** Score, and whether the text is flagged. */
export type Answer = readonly [score: number, isFlagged: boolean];
export type Judge = (text: string) => Answer | Promise<Answer>;

export interface Contender {
  readonly name: string;
  /** What is asked, and when it counts as flagged. */
  readonly verdict: string;
  /** @param pack a compiled pack with the trained model */
  load(pack: string): Promise<Judge>;
}

const phrasesOf = ({ phrases }: Rule) => phrases.map((words) => words.join(" "));
/** Those of risks: a phrase of a context alone says nothing against a text. */
const riskPhrases = () => [
  ...new Set(
    defaultRules()
      .rules.filter(({ category }) => category >= 0)
      .flatMap(phrasesOf),
  ),
];

const DECAY = 0.8;
/** cgcp's thresholds at tier `general`. */
const CBRN_THRESHOLD = 0.15;
const OTHER_THRESHOLD = 0.3;

/**
 * cgcp's taggers: the text in lower case, each rule's first phrase that is a part of it, weights in falling order each
 * times 0.8 more than the one before, all context reductions taken off. Its own patterns are not ours to copy, so it
 * searches the default pack's.
 */
function cgcpJudge(): Judge {
  const { rules, contexts, categories } = defaultRules();
  const lists = rules.map((rule) => ({ ...rule, texts: phrasesOf(rule) }));
  return (text) => {
    const lower = text.toLowerCase();
    const found = lists.filter(({ texts }) => texts.some((phrase) => lower.includes(phrase)));
    const seen = new Set(found.flatMap(({ context }) => (context < 0 ? [] : [context])));
    let largest = 0;
    let isFlagged = false;
    for (const [category, name] of categories.entries()) {
      const weights = found.flatMap((rule) => (rule.category === category ? [rule.weight / 10_000] : []));
      if (weights.length === 0) continue;
      const raw = weights.sort((a, b) => b - a).reduce((sum, weight, place) => sum + weight * DECAY ** place, 0);
      const less = [...seen].reduce((sum, context) => sum + (contexts[context]?.reduce[category] ?? 0) / 10_000, 0);
      const score = Math.min(1, Math.max(0, raw - less));
      largest = Math.max(largest, score);
      if (score >= (name === "cbrn" ? CBRN_THRESHOLD : OTHER_THRESHOLD)) isFlagged = true;
    }
    return [largest, isFlagged];
  };
}

function regExpJudge(): Judge {
  const longestFirst = riskPhrases().sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`\\b(?:${longestFirst.join("|")})\\b`, "gi");
  return (text) => {
    const found = new Set([...text.matchAll(pattern)].map(([phrase]) => phrase.toLowerCase())).size;
    return [found, found > 0];
  };
}

async function ahoCorasickJudge(): Promise<Judge> {
  const { default: AhoCorasick } = await import("modern-ahocorasick");
  const matcher = new AhoCorasick(riskPhrases());
  return (text) => {
    const found = matcher.count(text.toLowerCase());
    return [found, found > 0];
  };
}

async function guardrailJudge(): Promise<Judge> {
  const { checkAll } = await import("llm_guardrail");
  return async (text) => {
    const { allowed, injection, jailbreak, malicious } = await checkAll(text);
    return [Math.max(injection.confidence, jailbreak.confidence, malicious.confidence), !allowed];
  };
}

async function vardJudge(): Promise<Judge> {
  const { vard } = await import("@andersmyrmel/vard");
  return (text) => {
    const result = vard.safe(text);
    return result.safe ? [0, false] : [Math.max(...result.threats.map(({ severity }) => severity)), true];
  };
}

async function sluiceJudge(pack: string): Promise<Judge> {
  const { evaluate } = await createSluice({ pack });
  const caller = { user_id: "u", org_id: "o", surface: "bench", tier: "general" };
  let count = 0;
  return (prompt) => {
    count += 1;
    const event = { event_id: `e${count}`, timestamp: "2026-01-01T00:00:00Z", ...caller, prompt };
    const answer = evaluate(event);
    if (!("decision" in answer)) throw new Error(`refused: ${answer.reason}`);
    return [answer.decision.risk, answer.decision.action !== "allow"];
  };
}

export const CONTENDERS: readonly Contender[] = [
  {
    name: "cgcp's way",
    verdict: "includes() over the default pack's phrases, cgcp's sums and thresholds",
    load: async () => cgcpJudge(),
  },
  {
    name: "one RegExp",
    verdict: "the default pack's phrases as one alternation; any match",
    load: async () => regExpJudge(),
  },
  {
    name: "modern-ahocorasick",
    verdict: "the default pack's phrases as substrings; any match",
    load: ahoCorasickJudge,
  },
  { name: "llm_guardrail", verdict: "checkAll; not allowed", load: guardrailJudge },
  { name: "vard", verdict: "vard.safe; not safe", load: vardJudge },
  { name: "Sluice, rules alone", verdict: "preset default; above allow", load: () => sluiceJudge("rules") },
  {
    name: "Sluice, rules and model",
    verdict: "preset default; above allow",
    load: (pack) => sluiceJudge(pack),
  },
];
