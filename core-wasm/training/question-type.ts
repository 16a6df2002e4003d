/**
 * What kind of request a text opens with. The same word means another thing in "how do I" than in "who was": joined with
 * the type, a word can be told from itself.
 */
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
const WORDS_OPENING = 3;

/** First type whose opening the text begins with, as a number from 1; 0 when none fits. */
export function questionType(words: readonly string[]): number {
  for (let length = WORDS_OPENING; length >= 1; length -= 1) {
    const type = BY_OPENING.get(words.slice(0, length).join(" "));
    if (type !== undefined) return type;
  }
  return 0;
}

const BY_OPENING: ReadonlyMap<string, number> = new Map(
  TYPES.flatMap(([, openings], index) => openings.split("|").map((opening) => [opening, index + 1] as const)),
);
