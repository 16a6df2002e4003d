/**
 * Authored training text: families of safe and unsafe twins, each of which teaches one confusion. Text is made from
 * templates by seed, so a family is a few lines to read and at most `RECORDS_MAX` records. Harm is named in general
 * words, never how it is done.
 */
import { mix } from "../mix.ts";
import { type Random, seededRandom } from "../random.ts";

export type CorpusCategory =
  | "cbrn"
  | "self_harm"
  | "jailbreak"
  | "exploitation"
  | "child_safety"
  | "violence"
  | "hate"
  | "sexual"
  | "privacy"
  | "cyber_offense"
  | "deception"
  | "social_engineering"
  | "autonomous_replication"
  | "autonomous_research"
  | "scientific_automation";

/** Alternatives with a bar between them, or what makes a text by chance, such as a row of letters. */
export type Slot = string | ((random: Random) => string);

export interface Family {
  /** Kebab-case, once in the corpus. */
  readonly name: string;
  /** The confusion it teaches, as a sentence. */
  readonly teaches: string;
  /**
   * What its templates are: prompts, unless told otherwise. A template of completions is a whole exchange, `prompt ⇒
   * answer`; `{=name}` in the answer repeats what slot `name` was in the prompt.
   */
  readonly role?: "completion";
  /** Named alternatives that templates share: `{name}`. */
  readonly slots?: Readonly<Record<string, Slot>>;
  readonly safe?: readonly string[];
  readonly unsafe?: Readonly<Partial<Record<CorpusCategory, readonly string[]>>>;
}

export interface CorpusRecord {
  readonly family: string;
  readonly isUnsafe: boolean;
  readonly category: CorpusCategory | "none";
  readonly role: "prompt" | "completion";
  readonly text: string;
  /** For completions: the prompt that was answered. */
  readonly context: string;
}

/** Records a family yields at most, safe and unsafe together. */
export const RECORDS_MAX = 50;
const TRIES_MAX = 400;
/** Between a prompt and its answer. */
const ANSWERED = " ⇒ ";
const SLOT = /\{([^{}]*)\}/g;

/** `{a|b}` is one of the alternatives, `{name}` one of the slot's, `{=name}` that one again; alternatives may be empty. */
function fill(template: string, slots: Readonly<Record<string, Slot>>, random: Random): string {
  const chosen = new Map<string, string>();
  const choose = (list: string) => {
    const alternatives = list.split("|");
    return alternatives[random.below(alternatives.length)] ?? "";
  };
  const alternative = (body: string): string => {
    const slot = slots[body];
    if (slot === undefined && !body.includes("|")) throw new Error(`no slot "${body}" in "${template}"`);
    return typeof slot === "function" ? slot(random) : choose(slot ?? body);
  };
  const filled = template.replace(SLOT, (_, body: string) => {
    const value = (body.startsWith("=") ? chosen.get(body.slice(1)) : undefined) ?? alternative(body);
    chosen.set(body, value);
    return value;
  });
  return filled.replace(/ {2,}/g, " ").trim();
}

/** A filled template as prompt and, of completions, answer. */
function exchangeOf(text: string, { name, role }: Family): Pick<CorpusRecord, "role" | "text" | "context"> {
  if (role === undefined) return { role: "prompt", text, context: "" };
  const [context, answer, ...rest] = text.split(ANSWERED);
  if (context === undefined || answer === undefined || rest.length > 0) {
    throw new Error(`"${text}" of ${name} is no exchange; it needs a prompt,${ANSWERED}and an answer`);
  }
  return { role, text: answer, context };
}

/** All records of a family, each text once: the templates in turn, their alternatives by seed. */
export function expandFamily(family: Family, seed: number): CorpusRecord[] {
  const { name, slots = {}, safe = [], unsafe = {} } = family;
  const sides: readonly (readonly [CorpusCategory | "none", readonly string[]])[] = [
    ["none", safe],
    ...(Object.entries(unsafe) as [CorpusCategory, readonly string[]][]),
  ];
  const filled = sides.filter(([, templates]) => templates.length > 0);
  const each = Math.floor(RECORDS_MAX / filled.length);
  const nameHash = [...name].reduce((hash, one) => mix(hash, one.charCodeAt(0)), 0);
  const seen = new Set<string>();
  return filled.flatMap(([category, templates], side) => {
    const random = seededRandom(mix(seed, mix(side, nameHash)));
    const records: CorpusRecord[] = [];
    for (let tried = 0; tried < TRIES_MAX && records.length < each; tried += 1) {
      const text = fill(templates[tried % templates.length] ?? "", slots, random);
      if (seen.has(text.toLowerCase())) continue;
      seen.add(text.toLowerCase());
      records.push({ family: name, isUnsafe: category !== "none", category, ...exchangeOf(text, family) });
    }
    return records;
  });
}
