/**
 * The words that ordinary prompts have most, for a start to meet before the first event (`src/frequent-words.ts`).
 * Counted over safe prompts that may teach shipped weights, a prompt counting once; a word that few families of sources
 * use is theirs, not everybody's.
 */
import { familyOf, isShippable, type LabelledText } from "./records.ts";
import { tokenize } from "./tokens.ts";

const FAMILIES_MIN = 3;
const PROMPT_CHARS_MAX = 1000;
const WORD = /^[a-z]{1,16}$/;

type Prompt = Pick<LabelledText, "text" | "role" | "isUnsafe" | "source" | "license">;

/** Most frequent first; of equally frequent ones by the alphabet. */
export function frequentWordsOf(records: readonly Prompt[], wordsMax: number): string[] {
  const uses = new Map<string, { prompts: number; readonly families: Set<string> }>();
  for (const record of records) {
    if (record.role !== "prompt" || record.isUnsafe || !isShippable(record)) continue;
    for (const word of wordsOf(record.text)) {
      const use = uses.get(word) ?? { prompts: 0, families: new Set() };
      use.prompts += 1;
      use.families.add(familyOf(record.source));
      uses.set(word, use);
    }
  }
  return [...uses]
    .filter(([, { families }]) => families.size >= FAMILIES_MIN)
    .sort(([a, one], [b, other]) => other.prompts - one.prompts || (a < b ? -1 : 1))
    .slice(0, wordsMax)
    .map(([word]) => word);
}

const wordsOf = (text: string) => new Set(tokenize(text.slice(0, PROMPT_CHARS_MAX)).filter((word) => WORD.test(word)));
