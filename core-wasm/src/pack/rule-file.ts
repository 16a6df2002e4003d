/** A file of rules: one category or one context, and phrases with a weight. */
import { type Rule, SIDES, type Side } from "../types.ts";
import { indexOfName, type PackHeader } from "./pack-header.ts";
import { readPhrase } from "./phrase.ts";
import type { YamlValue } from "./yaml-value.ts";

/** Phrases of a pack, written out. */
export const PHRASES_MAX = 100_000;

const FILE_KEYS = ["category", "context", "rules"];
const RULE_KEYS = ["id", "weight", "sides", "note", "phrases"];
const ID = /^[a-z_]+(\.[a-z_]+)+\.\d{3}$/;

/** What the files of a pack share: names may be used once, phrases are counted together. */
export interface RuleLedger {
  readonly ids: Set<string>;
  /** Rule id by side, category or context, and folded phrase. */
  readonly phrases: Map<string, string>;
  phraseCount: number;
}
export const emptyRuleLedger = (): RuleLedger => ({ ids: new Set(), phrases: new Map(), phraseCount: 0 });

interface Target {
  readonly category: number;
  readonly context: number;
  /** What a rule id begins with. */
  readonly prefix: string;
}

function readTarget(file: YamlValue, members: ReadonlyMap<string, YamlValue>, header: PackHeader): Target | undefined {
  const category = members.get("category");
  const context = members.get("context");
  if ((category === undefined) === (context === undefined)) {
    file.fault(`expected either "category" or "context"`);
    return undefined;
  }
  if (category) {
    const index = indexOfName(category, header.categories, "category");
    return index < 0 ? undefined : { category: index, context: -1, prefix: `${header.categories[index]}.` };
  }
  const names = header.contexts.map(({ name }) => name);
  const index = context ? indexOfName(context, names, "context") : -1;
  return index < 0 ? undefined : { category: -1, context: index, prefix: `context.${names[index]}.` };
}

function readId(value: YamlValue | undefined, rule: YamlValue, target: Target, ledger: RuleLedger): string {
  if (!value) {
    rule.fault(`"id" is missing`);
    return "";
  }
  const id = value.text() ?? "";
  if (id === "") return "";
  if (!ID.test(id)) value.fault(`"${id}" is no rule id: like "${target.prefix}family.001"`);
  else if (!id.startsWith(target.prefix))
    value.fault(`rule ids in this file begin with "${target.prefix}", found "${id}"`);
  else if (ledger.ids.has(id)) value.fault(`"${id}" is used twice`);
  ledger.ids.add(id);
  return id;
}

function readWeight(value: YamlValue | undefined, rule: YamlValue, target: Target): number {
  if (target.context >= 0) {
    value?.fault(`a context rule has no "weight"; the context's "reduce" in pack.yaml says what it does`);
    return 0;
  }
  if (!value) rule.fault(`"weight" is missing`);
  return Math.round((value?.number(0.01, 1) ?? 0) * 10_000);
}

function readSides(value: YamlValue | undefined): readonly Side[] {
  if (!value) return SIDES;
  const indexes = (value.list() ?? []).map((item) => indexOfName(item, SIDES, "side"));
  if (indexes.length === 0) value.fault(`expected "prompt", "completion" or both; leave "sides" out for both`);
  return SIDES.filter((_, index) => indexes.includes(index));
}

function readPhrases(value: YamlValue, id: string, target: Target, sides: readonly Side[], ledger: RuleLedger) {
  const items = value.list() ?? [];
  if (items.length === 0) value.fault("expected at least one phrase");
  const phrases: (readonly string[])[] = [];
  for (const item of items) {
    const template = item.text();
    if (template === undefined) continue;
    const result = readPhrase(template);
    if ("reason" in result) {
      item.fault(result.reason);
      continue;
    }
    const taken: string[] = [];
    for (const words of result.phrases) {
      const keys = sides.map((side) => `${side} ${target.category} ${target.context} ${words.join(" ")}`);
      const owners = keys.flatMap((key) => ledger.phrases.get(key) ?? []);
      const other = owners.find((owner) => owner !== id);
      if (other !== undefined) taken.push(`"${words.join(" ")}" is a phrase of ${other} already`);
      if (owners.length > 0) continue;
      for (const key of keys) ledger.phrases.set(key, id);
      phrases.push(words);
    }
    if (taken[0] !== undefined) item.fault(`${taken[0]}${taken.length > 1 ? ` (and ${taken.length - 1} more)` : ""}`);
    const before = ledger.phraseCount;
    ledger.phraseCount += result.phrases.length;
    if (before <= PHRASES_MAX && ledger.phraseCount > PHRASES_MAX)
      item.fault(`the pack has more than ${PHRASES_MAX} phrases`);
  }
  return phrases;
}

/** Reads one file's rules; faulty ones are reported. */
export function readRuleFile(file: YamlValue, header: PackHeader, ledger: RuleLedger): Rule[] {
  const members = file.map(FILE_KEYS);
  if (!members) return [];
  const target = readTarget(file, members, header);
  const rules = members.get("rules");
  if (!rules) file.fault(`"rules" is missing`);
  if (!target || !rules) return [];
  return (rules.list() ?? []).flatMap((rule) => {
    const parts = rule.map(RULE_KEYS);
    if (!parts) return [];
    parts.get("note")?.text();
    const id = readId(parts.get("id"), rule, target, ledger);
    const weight = readWeight(parts.get("weight"), rule, target);
    const sides = readSides(parts.get("sides"));
    const phrases = parts.get("phrases");
    if (!phrases) rule.fault(`"phrases" is missing`);
    const { category, context } = target;
    return [
      { id, category, context, weight, sides, phrases: phrases ? readPhrases(phrases, id, target, sides, ledger) : [] },
    ];
  });
}
