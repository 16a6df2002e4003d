/** The kernel's keys and hashes of words (assembly/anchors.ts, hash.ts). A test holds the two together. */
const MASK = (1n << 64n) - 1n;
const K1 = 0x9e3779b97f4a7c15n;
const K2 = 0xd6e8feb86659fd93n;
const EDGE_MIX = 0xa0761d6478bd642fn;
const STEP_MIX = 0xe7037ed1a0b428dbn;

export const HASHED_BYTES_MAX = 64;

function loadPart(word: Uint8Array, offset: number): bigint {
  let value = 0n;
  for (let i = 7; i >= 0; i -= 1) value = (value << 8n) | BigInt(word[offset + i] ?? 0);
  return value;
}

function mix(hash: bigint, part: bigint): bigint {
  const product = ((hash ^ part) * K1) & MASK;
  return product ^ (product >> 32n);
}

/** 64-bit hash of a folded word of 1 to 64 UTF-8 bytes: what the model's features are made of. */
export function hashWord(word: Uint8Array): bigint {
  const { length } = word;
  let hash = (BigInt(length) * K2) & MASK;
  if (length <= 8) {
    hash = mix(hash, (loadPart(word, 0) << BigInt(64 - length * 8)) & MASK);
  } else {
    for (let offset = 0; offset < length - 8; offset += 8) hash = mix(hash, loadPart(word, offset));
    hash = mix(hash, loadPart(word, length - 8));
  }
  hash = (hash * K2) & MASK;
  return hash ^ (hash >> 29n);
}

/** 64-bit key of a folded word of 1 to 64 UTF-8 bytes: what phrases are found by. */
export function keyOfWord(word: Uint8Array): bigint {
  const { length } = word;
  if (length <= 16) return ((((loadPart(word, 0) * K2) & MASK) ^ loadPart(word, 8)) * K1) & MASK;
  let mixed = BigInt(length);
  for (let offset = 0; offset < length - 8; offset += 8) mixed = ((mixed ^ loadPart(word, offset)) * K2) & MASK;
  return ((mixed ^ loadPart(word, length - 8)) * K1) & MASK;
}

/** Bytes of the filter of anchors, the last of which only make whole what is read at the others. */
export const ANCHOR_FILTER_BYTES = 2 ** 14 + 4;

/** Sets the bit of a key in the filter of anchors. */
export function addToAnchors(filter: Uint8Array, key: bigint): void {
  const bit = Number(key >> 45n) & 31;
  const byte = Number(key >> 50n) + (bit >> 3);
  filter[byte] = (filter[byte] as number) | (1 << (bit & 7));
}

/**
 * By how far an anchor's upper half is turned before that of the word beside it is mixed in: the word to the right (0),
 * to the left (1), or none (2), for an anchor that is a phrase by itself.
 */
const STEP_TURNS = [11, 22, 5] as const;

/** Sets the two bits of a first step in the filter of steps: 2^n bytes, 4 to 2^24. */
export function addToSteps(filter: Uint8Array, anchor: bigint, beside: bigint, side: 0 | 1 | 2): void {
  const high = Number(anchor >> 32n);
  const turned = (high << STEP_TURNS[side]) | (high >>> (32 - STEP_TURNS[side]));
  const mixed = (turned ^ Number(beside >> 32n)) >>> 0;
  const at = (mixed >>> 8) & (filter.length - 4);
  for (const bit of [mixed & 31, (mixed >>> 5) & 31]) {
    const byte = at + (bit >> 3);
    filter[byte] = (filter[byte] as number) | (1 << (bit & 7));
  }
}

/** The upper half stays, the lower one gets its bits: those of a product are the better the higher they are. */
function tableKey(product: bigint): bigint {
  return product ^ (product >> 32n);
}

/** Key of the edge that leaves `node`, which is no anchor, by this word to the right (0) or left (1). */
export function edgeKey(node: number, direction: 0 | 1, word: bigint): bigint {
  return tableKey(((word ^ BigInt(node * 2 + direction + 1)) * EDGE_MIX) & MASK);
}

/** Key of the edge that a first step takes; of one without a word beside it, where `beside` is 0, the anchor's own. */
export function stepKey(anchor: bigint, beside: bigint, side: 0 | 1 | 2): bigint {
  const turned = ((anchor << 17n) & MASK) | (anchor >> 47n);
  return tableKey((((turned ^ beside) + BigInt(side)) * STEP_MIX) & MASK);
}
