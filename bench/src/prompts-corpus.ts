/**
 * Real prompts as texts of about 1,000 bytes, and phrases such as a pack has: words of harm with words that these texts
 * hold, so that beginnings of phrases stand in them everywhere. Where ../shared/data is; nothing of it is written down.
 */
import { foldText } from "@sluice/core-wasm";
import { seededRandom } from "./corpus.ts";
import { labelledPrompts } from "./judges/labelled-prompts.ts";

const TEXTS_MAX = 4000;
const TEXT_BYTES = 1000;
/** Of one prompt, so that a few long ones are not most of the corpus. */
const PROMPT_CHARS_MAX = 2000;
/** Share of phrases that are one word: long and seldom, or ordinary text would be full of them. */
const LONE_SHARE = 0.06;
const LONE = { charsMin: 7, timesMax: 4 };

const VERBS =
  "make build create buy sell steal hack break bypass disable destroy poison attack kill hurt threaten stalk hide forge fake smuggle produce synthesize mix spread inject exploit crack leak dump".split(
    " ",
  );
const NOUNS =
  "bomb weapon poison virus malware drug password account identity victim child teacher school bank police government network server database exploit backdoor toxin explosive gun knife money card".split(
    " ",
  );

export interface PromptsCorpus {
  /** Folded words with one blank between them. */
  readonly texts: readonly Uint8Array[];
  /** As many distinct phrases as one asks for, the same ones first. */
  phrases(count: number): string[];
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}

/** The words of the prompts, cut into texts wherever one is long enough. */
function textsOfWords(prompts: readonly string[]): string[][] {
  const encoder = new TextEncoder();
  const texts: string[][] = [];
  let words: string[] = [];
  let bytes = 0;
  for (const prompt of prompts) {
    for (const { text } of foldText(encoder.encode(prompt.slice(0, PROMPT_CHARS_MAX)))) {
      words.push(text);
      bytes += text.length + 1;
      if (bytes < TEXT_BYTES) continue;
      if (texts.push(words) === TEXTS_MAX) return texts;
      words = [];
      bytes = 0;
    }
  }
  return texts;
}

function countWords(texts: readonly string[][]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of texts.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Undefined where the data is not. */
export function promptsCorpus(seed: number): PromptsCorpus | undefined {
  const prompts = labelledPrompts("train");
  if (prompts === undefined) return undefined;
  const random = seededRandom(seed);
  const ascii = prompts.map(({ text }) => text).filter((text) => Buffer.byteLength(text) === text.length);
  const texts = textsOfWords(shuffled(ascii, random));
  const counts = countWords(texts);
  const words = [...counts.keys()].filter((word) => (counts.get(word) ?? 0) > 1 && /^[a-z]{3,16}$/.test(word));
  const lone = words.filter((word) => word.length >= LONE.charsMin && (counts.get(word) ?? 0) <= LONE.timesMax);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] as string;
  const forms = [
    () => `${pick(VERBS)} ${pick(words)}`,
    () => `${pick(VERBS)} a ${pick(words)}`,
    () => `${pick(VERBS)} the ${pick(words)} ${pick(NOUNS)}`,
    () => `${pick(words)} ${pick(NOUNS)}`,
    () => `how to ${pick(VERBS)} ${pick(words)}`,
    () => `${pick(VERBS)} ${pick(NOUNS)} with ${pick(words)}`,
  ];
  const phrases = new Set<string>();
  return {
    texts: texts.map((text) => new Uint8Array(Buffer.from(text.join(" ")))),
    phrases(count) {
      while (phrases.size < count) {
        const form = forms[Math.floor(random() * forms.length)] as () => string;
        phrases.add(random() < LONE_SHARE ? pick(lone) : form());
      }
      return [...phrases].slice(0, count);
    },
  };
}
