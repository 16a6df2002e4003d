/** The phrase graph as the kernel's tables: two filters, edges, nodes and phrases (assembly/pack.ts draws them). */
import { ByteSink, u32Table } from "./byte-sink.ts";
import { PackBlobError } from "./pack-blob-error.ts";
import type { PhraseEdge, PhraseGraph, PhraseNode } from "./phrase-graph.ts";
import {
  ANCHOR_FILTER_BYTES,
  addToAnchors,
  addToSteps,
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

interface Step {
  readonly anchor: bigint;
  /** Key of the word beside the anchor: to its right (0) or left (1); 0 with neither (2). */
  readonly beside: bigint;
  readonly side: 0 | 1 | 2;
}

/** Of each edge that ends or leaves an anchor where a phrase goes on or ends; undefined of any other. */
function firstSteps(
  { edges, nodes }: PhraseGraph,
  keys: ReadonlyMap<string, bigint>,
): (edge: PhraseEdge) => Step | undefined {
  const keyOf = (word: string) => keys.get(word) as bigint;
  const anchorOf = new Map(edges.filter(({ from }) => from === 0).map(({ to, word }) => [to, keyOf(word)]));
  return ({ from, direction, word, to }) => {
    if (from === 0) return isEnd(nodes[to]) ? { anchor: keyOf(word), beside: 0n, side: 2 } : undefined;
    const anchor = anchorOf.get(from);
    return anchor === undefined ? undefined : { anchor, beside: keyOf(word), side: direction };
  };
}

const isEnd = (node: PhraseNode | undefined) => (node?.ends.length ?? 0) > 0;

/** Two bits a first step: an anchor with the word that its phrases go on with, or without one. */
export function stepTable(graph: PhraseGraph, keys: ReadonlyMap<string, bigint>): Uint8Array {
  const steps = graph.edges.map(firstSteps(graph, keys)).filter((step) => step !== undefined);
  const table = new Uint8Array(powerOfTwo(Math.max(4096, steps.length * 4)));
  for (const { anchor, beside, side } of steps) addToSteps(table, anchor, beside, side);
  return table;
}

/** The edges that are walked by, with their keys: an anchor's own is left out where no phrase ends. */
function walkedEdges(graph: PhraseGraph, keys: ReadonlyMap<string, bigint>): (PhraseEdge & { readonly key: bigint })[] {
  const stepOf = firstSteps(graph, keys);
  return graph.edges.flatMap((edge) => {
    const step = stepOf(edge);
    if (step !== undefined) return [{ ...edge, key: stepKey(step.anchor, step.beside, step.side) }];
    if (edge.from === 0) return [];
    return [{ ...edge, key: edgeKey(edge.from, edge.direction, keys.get(edge.word) as bigint) }];
  });
}

const flagsOf = (node: PhraseNode) => (node.hasRight ? 1 : 0) | (node.hasLeft ? 2 : 0) | (isEnd(node) ? 4 : 0);

/**
 * What the kernel walks by: at the slot that a key's lower half names, or behind it, its upper half. As small as it may
 * be, since walks are so seldom that the caches hold little of it.
 */
export function edgeTable(graph: PhraseGraph, keys: ReadonlyMap<string, bigint>): Uint8Array {
  const edges = walkedEdges(graph, keys);
  const slots = powerOfTwo(edges.length * 1.5 + 1);
  const table = new Uint32Array(slots * 2);
  for (const { key, word, to } of edges) {
    const upper = Number(key >> 32n);
    let slot = Number(key & BigInt(slots - 1));
    for (; table[slot * 2 + 1] !== 0; slot = (slot + 1) % slots) {
      if (table[slot * 2] === upper)
        throw new PackBlobError(`two edges share the key of "${word}": reword one of its phrases`);
    }
    table[slot * 2] = upper;
    table[slot * 2 + 1] = to * 8 + flagsOf(graph.nodes[to] as PhraseNode);
  }
  return new Uint8Array(table.buffer);
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
    nodeWords.push(ends.length, node.ends.length);
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
