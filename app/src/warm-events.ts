/**
 * The made-up events that an engine is warmed up with: simulated traffic, with words behind it such as prompts have, so
 * that the kernel has met them and its memory of words is the system's no more. About a kilobyte each, and a few long
 * ones, because longer texts take more of the kernel's memory.
 */
import { frequentWords } from "@sluice/core-wasm";
import { simulatedTraffic } from "./simulate/traffic.ts";

/** With so many each frequent word comes up in a prompt, which is what a model reads. */
export const WARM_EVENTS = 128;
const PROMPT_WORDS = 40;
const COMPLETION_WORDS = 80;
const LONG_EVERY = 32;
const LONG_TIMES = 20;
/** Coprime to the number of words, so that all come up; far, so that a text is not of words alike in frequency. */
const WORD_STEP = 1009;
/** What texts hold besides words of letters; the kernel has code of its own for each. */
const REMARKS = [
  "It’s “quoted” – and so on…",
  "Über naïve cafés, señor: ça coûte 12 €.",
  'Line one\nline two\t"quoted" \\ back',
  "Спасибо, а что дальше?",
  "请用简单的话解释一下。",
  "ありがとう、もう少し詳しく。",
  "شكرا جزيلا",
  "Great 👍🏽 thanks 🎉",
  "for (let i = 0; i < n; i++) { total += price[i] * 1.19; } // sum",
  "See https://example.org/a%20b/c%C3%A9?q=x%26y&page=2#top or write to ann@example.org.",
  "Token: VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyIHRoZSBsYXp5IGRvZw==",
  "Digest: 54686520717569636b2062726f776e20666f78206a756d7073206f766572",
  "Gur dhvpx oebja sbk whzcf bire gur ynml qbt",
  "h3ll0 w0rld, t h i s is s p a c e d out",
  "A word of great length: pneumonoultramicroscopicsilicovolcanoconiosis.",
  "| name | age |\n|---|---|\n| Ann | 41 |",
] as const;
/** Where the list of words does not come along. */
const FEW_WORDS = ["any", "other", "text"] as const;

export interface WarmEvents {
  /** All that happens: long texts and odd ones, flagged ones, and what few senders give beside bare events. */
  readonly mixed: readonly Buffer[];
  /** What most traffic is, harmless; short, because they are for the code around the kernel. */
  readonly usual: readonly Buffer[];
}

/** Bytes of JSON, one event each, no two with the same id. */
export function warmEvents(): WarmEvents {
  const [promptText, completionText] = [wordText(), wordText()];
  const traffic = simulatedTraffic({ seed: 1, startMs: 0 });
  const [mixed, usual]: [Buffer[], Buffer[]] = [[], []];
  for (let i = 0; i < WARM_EVENTS; i += 1) {
    const event = traffic.next(1);
    const { tags, metadata, conversation_id, ...bare } = event;
    const times = i % LONG_EVERY === LONG_EVERY - 1 ? LONG_TIMES : 1;
    const remark = i % 4 === 0 ? REMARKS[(i / 4) % REMARKS.length] : "";
    const texts = {
      prompt: `${event.prompt} ${promptText(times * PROMPT_WORDS)}${remark}`,
      completion: `${event.completion} ${completionText(times * COMPLETION_WORDS)}${remark}`,
    };
    const bytes = Buffer.from(JSON.stringify({ ...(i % 2 === 0 ? event : bare), ...texts }));
    mixed.push(bytes);
    if (tags[1] === "safe") usual.push(Buffer.from(JSON.stringify(i % 2 === 0 ? event : bare)));
  }
  return { mixed, usual };
}

/** Texts of so many words, which take turns. */
function wordText(): (length: number) => string {
  const listed = frequentWords();
  const words = listed.length === 0 ? FEW_WORDS : listed;
  let at = 0;
  return (length) => {
    let text = "";
    for (let i = 0; i < length; i += 1) {
      at = (at + WORD_STEP) % words.length;
      text += `${words[at]} `;
    }
    return text;
  };
}
