/** The phrase graph as the kernel's tables: two filters, edges, nodes and phrases (assembly/pack.ts draws them). */
import { ByteSink, u32Table } from "./byte-sink.ts";
import { PackBlobError } from "./pack-blob-error.ts";
import type { PhraseGraph } from "./phrase-graph.ts";
import {
  ANCHOR_FILTER_BYTES,
  addToAnchors,
  addToFilter,
  edgeKey,
  HASHED_BYTES_MAX,
  keyOfWord,
  stepKey,
} from "./word-hash.ts";

const utf8 = new TextEncoder();

function powerOfTwo(atLeast: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, atLeast)));
}

/** A bit an anchor: with 8,000 anchors one word in sixteen passes by chance, which costs it a look at its steps. */
export function filterTable(graph: PhraseGraph, keys: ReadonlyMap<string, bigint>): Uint8Array {
  const table = new Uint8Array(ANCHOR_FILTER_BYTES);
  for (const { from, word } of graph.edges) if (from === 0) addToAnchors(table, keys.get(word) as bigint);
  return table;
}

/** Two bits a first step: an anchor with the word that its phrases go on with, or without one. */
export function stepTable(graph: PhraseGraph, keys: ReadonlyMap<string, bigint>): Uint8Array {
  const anchorOf = new Map(graph.edges.filter(({ from }) => from === 0).map(({ to, word }) => [to, word]));
  const keyOf = (word: string) => keys.get(word) as bigint;
  const steps = graph.edges.flatMap(({ from, direction, word }) => {
    const anchor = anchorOf.get(from);
    return anchor === undefined ? [] : [{ anchor: keyOf(anchor), beside: keyOf(word), side: direction as 0 | 1 | 2 }];
  });
  for (const [node, anchor] of anchorOf) {
    const isPhrase = (graph.nodes[node]?.ends.length ?? 0) > 0;
    if (isPhrase) steps.push({ anchor: keyOf(anchor), beside: 0n, side: 2 });
  }
  const table = new Uint8Array(powerOfTwo(Math.max(4096, steps.length * 4)));
  for (const { anchor, beside, side } of steps) addToFilter(table, stepKey(anchor, beside, side));
  return table;
}

export function edgeTable(graph: PhraseGraph, keys: ReadonlyMap<string, bigint>): Uint8Array {
  const slots = powerOfTwo(graph.edges.length * 2 + 2);
  const bytes = new Uint8Array(slots * 16);
  const view = new DataView(bytes.buffer);
  const seen = new Set<bigint>();
  for (const { from, direction, word, to } of graph.edges) {
    const key = edgeKey(from, direction, keys.get(word) as bigint);
    if (seen.has(key)) throw new PackBlobError(`two edges share the key of "${word}": reword one of its phrases`);
    seen.add(key);
    let slot = Number(key & BigInt(slots - 1));
    while (view.getBigUint64(slot * 16, true) !== 0n) slot = (slot + 1) % slots;
    view.setBigUint64(slot * 16, key, true);
    view.setUint32(slot * 16 + 8, to, true);
  }
  return bytes;
}

export function phraseTables({ phrases, nodes }: PhraseGraph): {
  nodes: Uint8Array;
  ends: Uint8Array;
  phrases: Uint8Array;
  bytes: Uint8Array;
} {
  const ends: number[] = [];
  const nodeWords: number[] = [];
  for (const node of nodes) {
    nodeWords.push(ends.length, node.ends.length, (node.hasRight ? 1 : 0) | (node.hasLeft ? 2 : 0));
    ends.push(...node.ends);
  }
  const sink = new ByteSink();
  const phraseWords: number[] = [];
  for (const { rule, words, anchor } of phrases) {
    phraseWords.push(rule, words.length, anchor, sink.length);
    for (const word of words) {
      const bytes = utf8.encode(word);
      sink.put(Uint8Array.of(bytes.length));
      sink.put(bytes);
    }
  }
  return { nodes: u32Table(nodeWords), ends: u32Table(ends), phrases: u32Table(phraseWords), bytes: sink.finish() };
}

export function wordKeys({ phrases }: PhraseGraph): Map<string, bigint> {
  const keys = new Map<string, bigint>();
  for (const { words } of phrases) {
    for (const word of words) {
      if (keys.has(word)) continue;
      const bytes = utf8.encode(word);
      if (bytes.length > HASHED_BYTES_MAX)
        throw new PackBlobError(`"${word}" is longer than ${HASHED_BYTES_MAX} bytes`);
      keys.set(word, keyOfWord(bytes));
    }
  }
  return keys;
}
