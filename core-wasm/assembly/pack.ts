/**
 * The pack's tables, built and checked by the host (src/pack-blob.ts), then read-only. All u32 little-endian at PACK:
 *
 *     0   categoryCount   4   contextCount   8   ruleCount    12  strongWeight   16  strongFloor
 *     20  foldPageCount   24  0              28  edgeMask     32  offsets of the tables below, from PACK, in
 *     this order:
 *
 *     FILTER       u8[16,388], always the first, at PACK + 128: a bit for each anchor word (anchors.ts)
 *     FOLD_INDEX   u16[0x1100] page of code point >> 8
 *     FOLD_PAGES   u32[pages][256]: bits 0–1 class (0 separator, 1 word, 2 single, 3 removed), 2–5 bytes of output
 *                  (0: the input's own bytes), 6–31 offset into FOLD_BYTES
 *     FOLD_BYTES   outputs, and 8 bytes of padding
 *     EDGES        (edgeMask + 1) x (u32 upper half of the key, u32 to): open addressing by the key's lower half. Of
 *                  `to`, which is 0 in an empty slot, bits 3–31 are the node; bit 0: it has right edges, 1: it has left
 *                  edges, 2: phrases end there
 *     NODES        x (u32 firstPhrase, u32 phraseCount)
 *     ENDS         u32 phrase numbers, grouped by node
 *     PHRASES      x (u32 rule, u32 words, u32 anchor, u32 offset into PHRASE_BYTES)
 *     PHRASE_BYTES for each word u8 length, bytes; 8 bytes of padding
 *     RULES        x (u32 category or 0xffff, u32 context or 0xffff, u32 weight, u32 sides)
 *     REDUCE       u32[contextCount][categoryCount]
 *     STEPS        u8[stepMask + 1]: two bits for each anchor with the word that its phrases go on with, to the right,
 *                  to the left, or none; match.ts says which
 *
 *     80  stepMask   84  offset of the trained model's tables (model.ts), 0 without one
 *
 * A phrase is a path: from its anchor (its rarest word) along the words to the right, then along those to the left. So
 * the work at an anchor is bounded by the longest phrase, never by how many phrases share the anchor.
 */
import { PACK } from "./layout";

export let categoryCount: u32 = 0;
export let contextCount: u32 = 0;
export let ruleCount: u32 = 0;
export let strongWeight: u32 = 0;
export let strongFloor: u32 = 0;
export let edgeMask: u32 = 0;
export let foldIndex: usize = 0;
export let foldPages: usize = 0;
export let foldBytes: usize = 0;
export let edges: usize = 0;
export let nodes: usize = 0;
export let ends: usize = 0;
export let phrases: usize = 0;
export let phraseBytes: usize = 0;
export let rules: usize = 0;
export let reduce: usize = 0;
export let steps: usize = 0;
export let stepMask: u32 = 0;
/** Address of the trained model's tables; 0 without one. */
export let model: usize = 0;

/** A constant, and so is its size, for it is looked into with each word. */
export const FILTER: usize = PACK + 128;
export const EDGE_BYTES: usize = 8;
/** Of what an edge leads to, the bits below the node. */
export const NODE_SHIFT: u32 = 3;
export const NODE_BYTES: usize = 8;
export const PHRASE_ENTRY_BYTES: usize = 16;
export const RULE_BYTES: usize = 16;
export const HAS_RIGHT: u32 = 1;
export const HAS_LEFT: u32 = 2;
export const HAS_ENDS: u32 = 4;
export const NONE: u32 = 0xffff;

/** Reads the header that the host has copied to PACK. */
export function openPack(): void {
  categoryCount = load<u32>(PACK);
  contextCount = load<u32>(PACK, 4);
  ruleCount = load<u32>(PACK, 8);
  strongWeight = load<u32>(PACK, 12);
  strongFloor = load<u32>(PACK, 16);
  edgeMask = load<u32>(PACK, 28);
  foldIndex = PACK + <usize>load<u32>(PACK, 36);
  foldPages = PACK + <usize>load<u32>(PACK, 40);
  foldBytes = PACK + <usize>load<u32>(PACK, 44);
  edges = PACK + <usize>load<u32>(PACK, 48);
  nodes = PACK + <usize>load<u32>(PACK, 52);
  ends = PACK + <usize>load<u32>(PACK, 56);
  phrases = PACK + <usize>load<u32>(PACK, 60);
  phraseBytes = PACK + <usize>load<u32>(PACK, 64);
  rules = PACK + <usize>load<u32>(PACK, 68);
  reduce = PACK + <usize>load<u32>(PACK, 72);
  steps = PACK + <usize>load<u32>(PACK, 76);
  stepMask = load<u32>(PACK, 80) & ~3;
  const modelOffset = <usize>load<u32>(PACK, 84);
  model = modelOffset == 0 ? 0 : PACK + modelOffset;
}
