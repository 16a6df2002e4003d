/**
 * The hash of a folded word, 1 to 64 bytes, of which the model's features are made: every byte counts, and each step
 * mixes the high bits down before the next product, so that words which differ in their last letter alone do not meet.
 * Made only of words that the model has not met (model.ts). src/word-hash.ts computes the same for the trainer.
 */
const K1: u64 = 0x9e3779b97f4a7c15;
const K2: u64 = 0xd6e8feb86659fd93;

// @ts-ignore: decorator
@inline
function mix(hash: u64, part: u64): u64 {
  const product = (hash ^ part) * K1;
  return product ^ (product >> 32);
}

/**
 * Up to 16 bytes without a branch on the length, which no processor foresees: a word of at most 8 takes one step, any
 * other its last 8 bytes besides, and both are worked out (measured: 6 % of a scan). May read 8 bytes before
 * `address`.
 */
// @ts-ignore: decorator
@inline
export function hashOf(address: usize, length: u32): u64 {
  const first = load<u64>(address);
  const isShort = length <= 8;
  let hash = mix(<u64>length * K2, select<u64>(first << <u64>(64 - (length << 3)), first, isShort));
  if (length > 16) {
    for (let offset: u32 = 8; offset < length - 8; offset += 8) hash = mix(hash, load<u64>(address + <usize>offset));
  }
  const last = mix(hash, load<u64>(address + <usize>length - 8));
  hash = select<u64>(hash, last, isShort) * K2;
  return hash ^ (hash >> 29);
}

/** `hashOf` for the host. */
export function hashWord(address: usize, length: u32): u64 {
  return hashOf(address, length);
}
