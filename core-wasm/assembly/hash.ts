/**
 * One 64-bit hash of a folded word, 1 to 64 bytes: every byte counts, and each step mixes the high bits down before the
 * next product, so that words which differ in their last letter alone do not meet. It only finds candidates: whatever
 * it finds is compared byte by byte. src/pack/word-hash.ts computes the same for the pack compiler.
 */
export const HASHED_BYTES_MAX: u32 = 64;
const K1: u64 = 0x9e3779b97f4a7c15;
const K2: u64 = 0xd6e8feb86659fd93;

// @ts-ignore: decorator
@inline
function mix(hash: u64, part: u64): u64 {
  const product = (hash ^ part) * K1;
  return product ^ (product >> 32);
}

export function hashWord(address: usize, length: u32): u64 {
  let hash: u64 = <u64>length * K2;
  if (length <= 8) {
    hash = mix(hash, load<u64>(address) << <u64>(64 - (length << 3)));
  } else {
    let offset: u32 = 0;
    const last = length - 8;
    for (; offset < last; offset += 8) hash = mix(hash, load<u64>(address + <usize>offset));
    hash = mix(hash, load<u64>(address + <usize>last));
  }
  hash *= K2;
  return hash ^ (hash >> 29);
}
