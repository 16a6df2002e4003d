/**
 * What kind of request a text opens with. The same word means another thing in "how do I" than in "who was": joined with
 * the type, a word can be told from itself. Openings are compared by hash, in the kernel too: two that met would only
 * share a type.
 */
import { join } from "./mix.ts";
import { modelHash } from "./words.ts";

const TYPES: readonly (readonly [type: string, openings: string])[] = [
  [
    "how-to",
    "how to|how do i|how can i|how could i|how should i|how would i|how do you|how can you|how can one|how might",
  ],
  ["how-much", "how many|how much|how long|how far|how old|how often"],
  ["how", "how"],
  ["what", "what|whats"],
  ["why", "why"],
  ["who-where", "who|whose|where|when|which"],
  ["yes-no", "is|are|was|were|do|does|did|has|have|had|should|will|would it|am"],
  ["ask-you", "can you|could you|would you|will you|please|can i|could i|may i|help|i need you|i want you"],
  ["explain", "explain|describe|define|summarize|compare|discuss|analyze|identify|name"],
  ["write", "write|create|generate|make|compose|draft|produce|develop|design|build|craft|code|implement"],
  ["give", "give|list|provide|suggest|tell|show|teach|outline|share|find|recommend"],
  ["if", "if|given|suppose|imagine|assume"],
  ["act", "act|pretend|ignore|forget|you are|you will|from now|roleplay|hello|hi|hey"],
  ["i", "i|im|my|we|our"],
  ["you-they", "you|your|they|he|she|the|a|an|this|these|those|all"],
];
export const OPENING_WORDS_MAX = 3;

/** Key of the first words of a text, from their hashes; unsigned, never 0. */
export function openingKey(hashes: readonly number[]): number {
  return hashes.reduce((key, hash) => join(key, hash), hashes.length) || 1;
}

/** Type, from 1, by the key of each opening. */
export const OPENINGS: ReadonlyMap<number, number> = new Map(
  TYPES.flatMap(([, openings], index) => {
    return openings.split("|").map((opening) => [openingKey(opening.split(" ").map(modelHash)), index + 1] as const);
  }),
);

/** Type of the longest opening that the text begins with, from 1; 0 when none fits. */
export function questionType(hashes: readonly number[]): number {
  for (let length = Math.min(OPENING_WORDS_MAX, hashes.length); length >= 1; length -= 1) {
    const type = OPENINGS.get(openingKey(hashes.slice(0, length)));
    if (type !== undefined) return type;
  }
  return 0;
}
