/** The kernel's word hash (assembly/hash.ts), for the pack compiler. A test holds the two together. */
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

/** 64-bit hash of a folded word of 1 to 64 UTF-8 bytes. */
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

/** Key of the edge that leaves `node` by this word to the right (0) or left (1). Never 0. */
export function edgeKey(node: number, direction: 0 | 1, hash: bigint): bigint {
  const product = ((hash ^ BigInt(node * 2 + direction + 1)) * EDGE_MIX) & MASK;
  const key = product ^ (product >> 32n);
  return key === 0n ? 1n : key;
}

/**
 * Bit of the kernel's step filter for the word beside an anchor: to the right (0), to the left (1), or none (2), for an
 * anchor that is a phrase by itself.
 * @param mask a power of two less 1: bytes of the filter.
 */
export function stepBit(anchor: bigint, beside: bigint, side: 0 | 1 | 2, mask: number): { byte: number; bit: number } {
  const turned = ((anchor << 17n) & MASK) | (anchor >> 47n);
  const product = (((turned ^ (side === 2 ? 0n : beside)) + BigInt(side)) * STEP_MIX) & MASK;
  return { byte: Number((product >> 24n) & BigInt(mask)), bit: Number((product >> 61n) & 7n) };
}
