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
import { ByteSink, u32Table } from "./byte-sink.ts";
import { FOLD_PAGES, foldPage } from "./fold/index.ts";
import { modelTables } from "./model/model-tables.ts";
import { PackBlobError } from "./pack-blob-error.ts";
import { buildPhraseGraph } from "./phrase-graph.ts";
import { edgeTable, filterTable, phraseTables, stepTable, wordKeys } from "./phrase-tables.ts";
import type { PackInfo, PackModel } from "./types.ts";

export { PackBlobError } from "./pack-blob-error.ts";

const MAGIC = 0x4b504c53;
/** Of a pack with rules alone, and of one with a trained model, which a kernel of the first would pass over. */
const RULES_VERSION = 6;
const MODEL_VERSION = 7;
const HEADER_BYTES = 16;
const TABLES_HEADER_BYTES = 128;
/** The kernel's area for tables (assembly/layout.ts). */
const TABLE_BYTES_MAX = 27 * 1024 * 1024;
const NONE = 0xffff;
/** Those whose offsets stand in front; that of the model stands behind. */
const FIRST_TABLES = 12;

const utf8 = new TextEncoder();

const FOLD_CLASS = { separator: 0, word: 1, single: 2, removed: 3 } as const;

interface FoldTables {
  readonly index: Uint8Array;
  readonly pages: Uint8Array;
  readonly bytes: Uint8Array;
  readonly pageCount: number;
}
let folds: FoldTables | undefined; // the same in every pack, and a million code points to ask

function foldTables(): FoldTables {
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

function kernelTables(model: PackModel): Uint8Array {
  const graph = buildPhraseGraph(model.rules);
  const keys = wordKeys(graph);
  folds ??= foldTables();
  const fold = folds;
  const filter = filterTable(graph, keys);
  const edges = edgeTable(graph, keys);
  const steps = stepTable(graph, keys);
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
    filter,
    fold.index,
    fold.pages,
    fold.bytes,
    edges,
    phrases.nodes,
    phrases.ends,
    phrases.phrases,
    phrases.bytes,
    rules,
    reduce,
    steps,
    ...(model.model === undefined ? [] : [modelTables(model.model)]),
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
    0,
    edges.length / 8 - 1,
    ...offsets.slice(0, FIRST_TABLES),
    steps.length - 1,
    ...offsets.slice(FIRST_TABLES),
  ];
  const bytes = new Uint8Array(size);
  bytes.set(u32Table(header));
  tables.forEach((table, i) => {
    bytes.set(table, offsets[i]);
  });
  return bytes;
}

function manifestOf(pack: PackModel): Omit<PackInfo, "hash"> {
  const { name, version, categories, contexts, scoring, calibration } = pack;
  const rules = pack.rules.map(({ id, category, context, weight, sides, phrases }) => ({
    id,
    category,
    context,
    weight,
    sides,
    phraseCount: phrases.length,
  }));
  const phraseCount = rules.reduce((sum, rule) => sum + rule.phraseCount, 0);
  const info = { name, version, categories, contexts, scoring, calibration, rules, phraseCount };
  if (pack.model === undefined) return info;
  const { rows: _, ...model } = pack.model;
  return { ...info, model };
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
  const version = model.model === undefined ? RULES_VERSION : MODEL_VERSION;
  blob.set(u32Table([MAGIC, version, manifest.length, tables.length]));
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
  if (version !== RULES_VERSION && version !== MODEL_VERSION)
    throw new PackBlobError(
      `pack format ${version}, this version reads ${RULES_VERSION} and ${MODEL_VERSION}: build the pack again`,
    );
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
