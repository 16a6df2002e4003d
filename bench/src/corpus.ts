/**
 * The measured traffic: made from a seed, so that every machine measures the same bytes. Text has English word lengths
 * and Zipf's word frequencies; one message in ten has an accent or a curly quote, one in a hundred a planted phrase.
 */
import { foldText, type PackModel, type Rule } from "@sluice/core-wasm";

const FUNCTION_WORDS =
  "the of and to a in is it you that he was for on are with as I his they be at one have this from or had by not word but what some we can out other were all there when up use your how said an each she".split(
    " ",
  );
const SYLLABLES =
  "al an ar as at ba be ber bi bo ca ce cen co com con da de den der di do el en er es ex fa fe fi for ga ge gen ha he hi ho in ing ion ir is ka ke la le li lo ly ma me men mi mo na ne ni no on or pa pe per pi po pre pro ra re ri ro sa se si sion so sta sti ta te ted ter ti tion to tor tra tu un ur va ve ver vi vo wa we".split(
    " ",
  );
const VOCABULARY_SIZE = { small: 6000, natural: 60_000 } as const;

/** Numbers in [0, 1) by mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function makeVocabulary(random: () => number, size: number): string[] {
  const words = new Set(FUNCTION_WORDS);
  while (words.size < size) {
    const syllables = 1 + Math.floor(random() * 2 + random() * 2);
    words.add(Array.from({ length: syllables }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join(""));
  }
  return [...words];
}

export interface Corpus {
  readonly phrases: readonly string[];
  /** JSON of one event each. */
  readonly events: readonly Uint8Array[];
  readonly bytes: number;
}

export interface CorpusOptions {
  readonly seed: number;
  readonly phraseCount: number;
  readonly eventCount: number;
  /** Bytes of one event's JSON, about. */
  readonly eventBytes: number;
  /**
   * `small` (the default): 6,000 words, long ones as frequent as short ones, so that every fifth word of a text begins
   * or ends some phrase. `natural`: 60,000, the shorter the more frequent (Zipf's law of abbreviation).
   */
  readonly vocabulary?: "small" | "natural";
}

export function makeCorpus(options: CorpusOptions): Corpus {
  const { seed, phraseCount, eventCount, eventBytes, vocabulary: kind = "small" } = options;
  const random = seededRandom(seed);
  const vocabulary = makeVocabulary(random, VOCABULARY_SIZE[kind]);
  if (kind === "natural") vocabulary.sort((a, b) => a.length - b.length);
  /**
   * A word that text seldom holds, as the last word of a phrase: most of what a rule names is rare in ordinary text.
   */
  const rareWord = () => vocabulary[Math.floor(vocabulary.length * (0.5 + random() / 2))] as string;
  // Zipf with exponent 1 by inversion: rank = size^u.
  const textWord = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1] as string;

  /** Any but the commonest words: phrases seldom come about by chance, as those of a careful pack. */
  const contentWord = () => {
    for (;;) {
      const word = textWord();
      if (!FUNCTION_WORDS.includes(word)) return word;
    }
  };

  const phrases = new Set<string>();
  while (phrases.size < phraseCount) {
    const length = random() < 0.003 ? 1 : 2 + Math.floor(random() * 3);
    const words = Array.from({ length }, (_, i) => (i === length - 1 ? rareWord() : contentWord()).toLowerCase());
    if (words.join(" ").length >= 8) phrases.add(words.join(" "));
  }
  const planted = [...phrases];

  function makeText(length: number): string {
    const words: string[] = [];
    let size = 0;
    while (size < length) {
      let word = textWord();
      const chance = random();
      if (chance < 0.08) word += ",";
      else if (chance < 0.14) word += ".";
      else if (chance < 0.15) word = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
      words.push(word);
      size += word.length + 1;
    }
    const text = words.join(" ").slice(0, length);
    const special = random();
    if (special < 0.05) return text.replace("e", "é");
    if (special < 0.1) return text.replace(" ", "’ ");
    return special < 0.11 ? `${planted[Math.floor(random() * planted.length)]} ${text}` : text;
  }

  const encoder = new TextEncoder();
  const events = Array.from({ length: eventCount }, (_, i) => {
    const textBytes = eventBytes - 230;
    const event = {
      event_id: `4de99bfa-27a0-40fc-9586-${String(i).padStart(12, "0")}`,
      timestamp: new Date(Date.UTC(2026, 0, 1) + i).toISOString(),
      user_id: `user_${i % 997}`,
      org_id: "public_users",
      surface: "claude_web",
      tier: "general",
      prompt: makeText(Math.floor(textBytes / 3)),
      completion: makeText(Math.floor((textBytes * 2) / 3)),
      model_version: "model-2026-01-01",
    };
    return encoder.encode(JSON.stringify(event));
  });
  return { phrases: planted, events, bytes: events.reduce((sum, event) => sum + event.length, 0) };
}

/** The texts of the events, prompt and completion as one. */
export function textsOf({ events }: Corpus): Uint8Array[] {
  return events.map((event) => {
    const { prompt, completion } = JSON.parse(Buffer.from(event).toString()) as Record<string, string>;
    return new Uint8Array(Buffer.from(`${prompt} ${completion}`));
  });
}

/** A rules-only pack of these phrases, one rule each. */
export function packOf(phrases: readonly string[]): PackModel {
  const encoder = new TextEncoder();
  const rules: Rule[] = phrases.map((phrase, index) => ({
    id: `bench.phrase.${String(index).padStart(5, "0")}`,
    category: 0,
    context: -1,
    weight: 3000,
    sides: ["prompt", "completion"],
    phrases: [foldText(encoder.encode(phrase)).map(({ text }) => text)],
  }));
  return {
    name: "bench",
    version: "1.0.0",
    categories: ["jailbreak"],
    contexts: [],
    rules,
    scoring: { strongWeight: 7000, strongFloor: 6000 },
    calibration: [
      { score: 0, ratio: 1000 },
      { score: 10_000, ratio: 100_000 },
    ],
  };
}
