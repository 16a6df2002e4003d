/**
 * Authored training text: families of safe and unsafe twins, each of which teaches one confusion. Text is made from
 * templates by seed, so a family is a few lines to read and at most `RECORDS_MAX` records. Harm is named in general
 * words, never how it is done.
 */
import { mix } from "../mix.ts";
import { seededRandom } from "../random.ts";

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
  | "autonomous_replication";

export interface Family {
  /** Kebab-case, once in the corpus. */
  readonly name: string;
  /** The confusion it teaches, as a sentence. */
  readonly teaches: string;
  /** Named alternatives that templates share: `{name}`. */
  readonly slots?: Readonly<Record<string, string>>;
  readonly safe?: readonly string[];
  readonly unsafe?: Readonly<Partial<Record<CorpusCategory, readonly string[]>>>;
}

export interface CorpusRecord {
  readonly family: string;
  readonly isUnsafe: boolean;
  readonly category: CorpusCategory | "none";
  readonly text: string;
}

/** Records a family yields at most, safe and unsafe together. */
export const RECORDS_MAX = 50;
const TRIES_MAX = 400;
const SLOT = /\{([^{}]*)\}/g;

/** `{a|b}` is one of the alternatives, `{name}` one of the slot's; alternatives may be empty. */
function fill(template: string, slots: Readonly<Record<string, string>>, below: (bound: number) => number): string {
  const choose = (list: string) => {
    const alternatives = list.split("|");
    return alternatives[below(alternatives.length)] ?? "";
  };
  const once = (text: string) =>
    text.replace(SLOT, (_, body: string) => {
      const slot = slots[body];
      if (slot === undefined && !body.includes("|")) throw new Error(`no slot "${body}" in "${template}"`);
      return choose(slot ?? body);
    });
  return once(template).replace(/ {2,}/g, " ").trim();
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
  const seen = new Set<string>();
  return filled.flatMap(([category, templates], side) => {
    const random = seededRandom(
      mix(
        seed,
        mix(
          side,
          [...name].reduce((hash, one) => mix(hash, one.charCodeAt(0)), 0),
        ),
      ),
    );
    const records: CorpusRecord[] = [];
    for (let tried = 0; tried < TRIES_MAX && records.length < each; tried += 1) {
      const text = fill(templates[tried % templates.length] ?? "", slots, random.below);
      if (seen.has(text.toLowerCase())) continue;
      seen.add(text.toLowerCase());
      records.push({ family: name, isUnsafe: category !== "none", category, text });
    }
    return records;
  });
}
