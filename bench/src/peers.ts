/**
 * The ways a user would write it without Sluice. Each takes one event's JSON bytes and counts the distinct phrases in
 * it, so that answers can be compared before times. They parse and match only: no folding, no fields checked, no
 * decision.
 */
import AhoCorasick from "modern-ahocorasick";

export type Peer = (event: Uint8Array) => number;

interface Parsed {
  readonly prompt: string;
  readonly completion: string;
}

function parse(event: Uint8Array): Parsed {
  return JSON.parse(Buffer.from(event.buffer, event.byteOffset, event.byteLength).toString()) as Parsed;
}

/** `JSON.parse` and nothing else: the floor of every way in JavaScript. */
export const parseOnly: Peer = (event) => (parse(event).prompt === "" ? 1 : 0);

/** One `includes` a phrase: substrings, not words. */
export function includesPeer(phrases: readonly string[]): Peer {
  return (event) => {
    const { prompt, completion } = parse(event);
    const text = `${prompt}\n${completion}`.toLowerCase();
    let count = 0;
    for (const phrase of phrases) if (text.includes(phrase)) count += 1;
    return count;
  };
}

/** One alternation with word boundaries. It reports one phrase a place: the first that fits. */
export function regExpPeer(phrases: readonly string[]): Peer {
  const longestFirst = [...phrases].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`\\b(?:${longestFirst.join("|")})\\b`, "gi");
  return (event) => {
    const { prompt, completion } = parse(event);
    const found = new Set<string>();
    for (const text of [prompt, completion]) for (const [phrase] of text.matchAll(pattern)) found.add(phrase);
    return found.size;
  };
}

/** `modern-ahocorasick` over both texts: substrings, not words. */
export function ahoCorasickPeer(phrases: readonly string[]): Peer {
  const matcher = new AhoCorasick([...phrases]);
  return (event) => {
    const { prompt, completion } = parse(event);
    return matcher.count(prompt.toLowerCase()) + matcher.count(completion.toLowerCase());
  };
}

/** Distinct phrases in the event as whole words, the slow and plain way: the answer that the kernel must give. */
export function wholeWordCount(phrases: readonly string[]): Peer {
  const byFirst = new Map<string, string[][]>();
  for (const phrase of phrases) {
    const words = phrase.split(" ");
    const key = words[0] as string;
    byFirst.set(key, [...(byFirst.get(key) ?? []), words]);
  }
  const fold = (text: string) =>
    text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== "");
  return (event) => {
    const { prompt, completion } = parse(event);
    const found = new Set<string>();
    for (const words of [fold(prompt), fold(completion)]) {
      words.forEach((word, at) => {
        for (const phrase of byFirst.get(word) ?? []) {
          if (phrase.every((part, i) => words[at + i] === part)) found.add(phrase.join(" "));
        }
      });
    }
    return found.size;
  };
}
