/**
 * Phrases as paths in one graph: from the anchor, the word of a phrase that ordinary text holds least, along the words
 * to its right, then along those to its left. What the kernel does at an anchor is bounded by the longest phrase.
 */
import { COMMON_WORDS } from "./common-words.ts";
import type { Rule } from "./types.ts";

export interface PhraseNode {
  /** Numbers of the phrases that end here. */
  readonly ends: number[];
  hasRight: boolean;
  hasLeft: boolean;
}
export interface PhraseEdge {
  readonly from: number;
  readonly direction: 0 | 1;
  readonly word: string;
  readonly to: number;
}
export interface Phrase {
  readonly rule: number;
  readonly words: readonly string[];
  readonly anchor: number;
}
export interface PhraseGraph {
  readonly phrases: readonly Phrase[];
  /** Node 0 is the root: its right edges are the anchors. */
  readonly nodes: readonly PhraseNode[];
  readonly edges: readonly PhraseEdge[];
}

/** How often ordinary text holds a word: its place in a list of common ones, else by length, for want of better. */
function commonness(word: string): number {
  const place = COMMON_WORDS.get(word);
  return place === undefined ? -word.length : COMMON_WORDS.size - place + 1;
}

function anchorOf(words: readonly string[]): number {
  let anchor = 0;
  words.forEach((word, index) => {
    if (commonness(word) < commonness(words[anchor] ?? "")) anchor = index;
  });
  return anchor;
}

export function buildPhraseGraph(rules: readonly Rule[]): PhraseGraph {
  const phrases: Phrase[] = [];
  const nodes: PhraseNode[] = [{ ends: [], hasRight: true, hasLeft: false }];
  const edges: PhraseEdge[] = [];
  const targets = new Map<string, number>();

  function follow(from: number, direction: 0 | 1, word: string): number {
    const key = `${from} ${direction} ${word}`;
    const known = targets.get(key);
    if (known !== undefined) return known;
    const to = nodes.push({ ends: [], hasRight: false, hasLeft: false }) - 1;
    targets.set(key, to);
    edges.push({ from, direction, word, to });
    const node = nodes[from] as PhraseNode;
    if (direction === 0) node.hasRight = true;
    else node.hasLeft = true;
    return to;
  }

  rules.forEach(({ phrases: wordLists }, rule) => {
    for (const words of wordLists) {
      const anchor = anchorOf(words);
      let node = 0;
      for (const word of words.slice(anchor)) node = follow(node, 0, word);
      for (const word of words.slice(0, anchor).reverse()) node = follow(node, 1, word);
      nodes[node]?.ends.push(phrases.push({ rule, words, anchor }) - 1);
    }
  });
  return { phrases, nodes, edges };
}
