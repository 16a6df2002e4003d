/**
 * What the processes of the figures of a start are given: events of which the last 576 are, for a process that has met
 * all others, as new as the first 64 were for a fresh one.
 */
import { makeCorpus, seededRandom } from "../corpus.ts";
import { labelledPrompts } from "../judges/labelled-prompts.ts";

const EVENTS = 4000;
const NEW_BATCHES = 9;
const BATCH_EVENTS = 64;
const TEXT_CHARS_MAX = 600;

/** Each of the last nine batches from a corpus with a vocabulary of its own: hardly a word of it came before. */
export function inventedEvents(): Uint8Array[] {
  const corpora = Array.from({ length: 1 + NEW_BATCHES }, (_, index) => {
    const eventCount = index === 0 ? EVENTS : BATCH_EVENTS;
    return makeCorpus({ seed: 1 + index, phraseCount: 2000, eventCount, eventBytes: 1000 }).events;
  });
  return corpora.flatMap((events, index) => events.map((event) => withId(event, `corpus-${index}`)));
}

const withId = (event: Uint8Array, prefix: string) =>
  Buffer.from(
    Buffer.from(event)
      .toString()
      .replace(/"event_id":"/, `"event_id":"${prefix}-`),
  );

/**
 * Harmless prompts of the development split, which no weight and no list of words was made from, with another such text
 * as completion. Undefined where the data is not.
 */
export function realEvents(): Uint8Array[] | undefined {
  const texts = labelledPrompts("dev")
    ?.filter(({ isUnsafe }) => !isUnsafe)
    .map(({ text }) => text.slice(0, TEXT_CHARS_MAX));
  if (texts === undefined) return undefined;
  const random = seededRandom(1);
  const order = texts.map((text) => ({ text, key: random() })).sort((one, other) => one.key - other.key);
  return order.map(({ text }, index) => {
    const event = {
      event_id: `prompt-${index}`,
      timestamp: new Date(Date.UTC(2026, 0, 1) + index).toISOString(),
      ...{ user_id: `user_${index % 997}`, org_id: "public_users", surface: "claude_web", tier: "general" },
      prompt: text,
      completion: order[(index + 1) % order.length]?.text,
      model_version: "model-2026-01-01",
    };
    return Buffer.from(JSON.stringify(event));
  });
}
