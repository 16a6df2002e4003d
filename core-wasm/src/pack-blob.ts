/**
 * A pack as one blob: what people and policies read of it as JSON, then the kernel's tables (assembly/pack.ts draws
 * them).
 *
 *     0   "SLPK"   4  u32 format version   8  u32 manifest bytes   12  u32 table bytes
 *     16  manifest, JSON, padded with blanks to a multiple of 8, then the tables
 *
 * The same pack model gives the same bytes on every machine; the content hash is SHA-256 over all of them.
 */
import { createHash } from "node:crypto";
import { FOLD_PAGES, foldPage } from "./fold/index.ts";
import { buildPhraseGraph, type PhraseGraph } from "./phrase-graph.ts";
import type { PackInfo, PackModel } from "./types.ts";
import { edgeKey, HASHED_BYTES_MAX, hashWord } from "./word-hash.ts";

const MAGIC = 0x4b504c53;
const FORMAT_VERSION = 1;
const HEADER_BYTES = 16;
const TABLES_HEADER_BYTES = 80;
/** The kernel's area for tables (assembly/layout.ts). */
const TABLE_BYTES_MAX = 30 * 1024 * 1024;
const NONE = 0xffff;

/** A blob that is no pack, or a pack that does not fit the kernel. The message says what to do. */
export class PackBlobError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PackBlobError";
  }
}

const utf8 = new TextEncoder();

function u32Table(values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

/** Bytes that double when they are full. */
class ByteSink {
  #bytes = new Uint8Array(1024);
  length = 0;
  put(bytes: Uint8Array): void {
    while (this.length + bytes.length > this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }
  /** Everything put, and 8 bytes of padding. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.length + 8);
  }
}

const FOLD_CLASS = { separator: 0, word: 1, single: 2, removed: 3 } as const;

function foldTables(): { index: Uint8Array; pages: Uint8Array; bytes: Uint8Array; pageCount: number } {
  const index = new Uint16Array(FOLD_PAGES);
  const pages: Uint32Array[] = [];
  const known = new Map<string, number>();
  const sink = new ByteSink();
  const offsets = new Map<string, number>();
  function entryOf(
    codePoint: number,
    entry: ReturnType<typeof foldPage> extends readonly (infer E)[] | undefined ? E : never,
  ): number {
    const kind = FOLD_CLASS[entry.kind];
    if (!("output" in entry) || entry.output === String.fromCodePoint(codePoint)) return kind;
    let offset = offsets.get(entry.output);
    const bytes = utf8.encode(entry.output);
    if (offset === undefined) {
      offset = sink.length;
      offsets.set(entry.output, offset);
      sink.put(bytes);
    }
    return kind | (bytes.length << 2) | (offset << 6);
  }
  for (let number = 0; number < FOLD_PAGES; number += 1) {
    const page = Uint32Array.from(foldPage(number) ?? new Array(256).fill({ kind: "separator" }), (entry, low) =>
      entryOf(number * 256 + low, entry),
    );
    const key = Buffer.from(page.buffer).toString("base64");
    let at = known.get(key);
    if (at === undefined) {
      at = pages.push(page) - 1;
      known.set(key, at);
    }
    index[number] = at;
  }
  const flat = new Uint32Array(pages.length * 256);
  for (const [i, page] of pages.entries()) flat.set(page, i * 256);
  return {
    index: new Uint8Array(index.buffer),
    pages: new Uint8Array(flat.buffer),
    bytes: sink.finish(),
    pageCount: pages.length,
  };
}

function powerOfTwo(atLeast: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, atLeast)));
}

/** One bit an anchor, at least 32 times as many bits as anchors: three words in a hundred pass by chance. */
function filterTable(graph: PhraseGraph, hashes: ReadonlyMap<string, bigint>): Uint8Array {
  const anchors = graph.edges.filter(({ from }) => from === 0);
  const table = new Uint8Array(powerOfTwo(Math.max(4096, anchors.length * 4)));
  for (const { word } of anchors) {
    const hash = hashes.get(word) as bigint;
    const byte = Number(hash & BigInt(table.length - 1));
    table[byte] = (table[byte] as number) | (1 << Number((hash >> 32n) & 7n));
  }
  return table;
}

function edgeTable(graph: PhraseGraph, hashes: ReadonlyMap<string, bigint>): Uint8Array {
  const slots = powerOfTwo(graph.edges.length * 2 + 2);
  const bytes = new Uint8Array(slots * 16);
  const view = new DataView(bytes.buffer);
  const seen = new Set<bigint>();
  for (const { from, direction, word, to } of graph.edges) {
    const key = edgeKey(from, direction, hashes.get(word) as bigint);
    if (seen.has(key)) throw new PackBlobError(`two edges share the key of "${word}": reword one of its phrases`);
    seen.add(key);
    let slot = Number(key & BigInt(slots - 1));
    while (view.getBigUint64(slot * 16, true) !== 0n) slot = (slot + 1) % slots;
    view.setBigUint64(slot * 16, key, true);
    view.setUint32(slot * 16 + 8, to, true);
  }
  return bytes;
}

function phraseTables({ phrases, nodes }: PhraseGraph): {
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

function wordHashes({ phrases }: PhraseGraph): Map<string, bigint> {
  const hashes = new Map<string, bigint>();
  for (const { words } of phrases) {
    for (const word of words) {
      if (hashes.has(word)) continue;
      const bytes = utf8.encode(word);
      if (bytes.length > HASHED_BYTES_MAX)
        throw new PackBlobError(`"${word}" is longer than ${HASHED_BYTES_MAX} bytes`);
      hashes.set(word, hashWord(bytes));
    }
  }
  return hashes;
}

function kernelTables(model: PackModel): Uint8Array {
  const graph = buildPhraseGraph(model.rules);
  const hashes = wordHashes(graph);
  const fold = foldTables();
  const filter = filterTable(graph, hashes);
  const edges = edgeTable(graph, hashes);
  const phrases = phraseTables(graph);
  const rules = u32Table(
    model.rules.flatMap(({ category, context, weight, sides }) => [
      category < 0 ? NONE : category,
      context < 0 ? NONE : context,
      weight,
      (sides.includes("prompt") ? 1 : 0) | (sides.includes("completion") ? 2 : 0),
    ]),
  );
  const reduce = u32Table(model.contexts.flatMap((context) => [...context.reduce]));
  const tables = [
    fold.index,
    fold.pages,
    fold.bytes,
    filter,
    edges,
    phrases.nodes,
    phrases.ends,
    phrases.phrases,
    phrases.bytes,
    rules,
    reduce,
  ];
  const offsets: number[] = [];
  let size = TABLES_HEADER_BYTES;
  for (const table of tables) {
    offsets.push(size);
    size += Math.ceil(table.length / 64) * 64;
  }
  if (size > TABLE_BYTES_MAX)
    throw new PackBlobError(
      `the pack needs ${size} bytes of tables, the kernel has ${TABLE_BYTES_MAX}: use fewer phrases`,
    );
  const { strongWeight, strongFloor } = model.scoring;
  const header = [
    model.categories.length,
    model.contexts.length,
    model.rules.length,
    strongWeight,
    strongFloor,
    fold.pageCount,
    filter.length - 1,
    edges.length / 16 - 1,
    ...offsets,
  ];
  const bytes = new Uint8Array(size);
  bytes.set(u32Table(header));
  tables.forEach((table, i) => {
    bytes.set(table, offsets[i]);
  });
  return bytes;
}

function manifestOf(model: PackModel): Omit<PackInfo, "hash"> {
  const { name, version, categories, contexts, scoring, calibration } = model;
  const rules = model.rules.map(({ id, category, context, weight, sides, phrases }) => ({
    id,
    category,
    context,
    weight,
    sides,
    phraseCount: phrases.length,
  }));
  const phraseCount = rules.reduce((sum, rule) => sum + rule.phraseCount, 0);
  return { name, version, categories, contexts, scoring, calibration, rules, phraseCount };
}

/**
 * Compiles a pack model into a blob.
 * @throws {PackBlobError} when a word or the tables are too large for the kernel.
 */
export function compilePack(model: PackModel): Uint8Array {
  const text = JSON.stringify(manifestOf(model));
  const bytes = utf8.encode(text).length;
  const manifest = utf8.encode(text + " ".repeat((8 - (bytes % 8)) % 8));
  const tables = kernelTables(model);
  const blob = new Uint8Array(HEADER_BYTES + manifest.length + tables.length);
  blob.set(u32Table([MAGIC, FORMAT_VERSION, manifest.length, tables.length]));
  blob.set(manifest, HEADER_BYTES);
  blob.set(tables, HEADER_BYTES + manifest.length);
  return blob;
}

/**
 * Reads a blob's manifest and finds its tables.
 * @throws {PackBlobError} when it is no pack, of another format version, or cut short.
 */
export function openPackBlob(blob: Uint8Array): { readonly info: PackInfo; readonly tables: Uint8Array } {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  if (blob.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC)
    throw new PackBlobError("this file is no Sluice pack; make one with `sluice pack build`");
  const version = view.getUint32(4, true);
  if (version !== FORMAT_VERSION)
    throw new PackBlobError(`pack format ${version}, this version reads ${FORMAT_VERSION}: build the pack again`);
  const manifestBytes = view.getUint32(8, true);
  const tableBytes = view.getUint32(12, true);
  const tablesAt = HEADER_BYTES + manifestBytes;
  if (tablesAt + tableBytes !== blob.length || tableBytes > TABLE_BYTES_MAX)
    throw new PackBlobError("the pack is cut short or damaged: build it again");
  const manifest = JSON.parse(new TextDecoder().decode(blob.subarray(HEADER_BYTES, tablesAt))) as Omit<
    PackInfo,
    "hash"
  >;
  const hash = `sha256:${createHash("sha256").update(blob).digest("hex")}`;
  return { info: { ...manifest, hash }, tables: blob.subarray(tablesAt) };
}
