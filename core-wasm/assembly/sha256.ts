/**
 * SHA-256 (FIPS 180-4) of a short message that lies in memory with room behind it for the padding. For the names of
 * decisions: one or two blocks each, where a call out of the kernel costs more than the hash. Long texts are hashed by
 * the host, whose processor has instructions for it.
 */
import { SHA_WORDS } from "./layout";

export const DIGEST_BYTES: usize = 32;
/** Room that `hashMessage` needs behind a message. */
export const PADDING_BYTES_MAX: usize = 72;

/** Fractional parts of the cube roots of the first 64 primes. */
const K: usize = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);
/** Fractional parts of the square roots of the first eight primes. */
const START: usize = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

// @ts-ignore: decorator
@inline
function big0(x: u32): u32 {
  return rotr<u32>(x, 2) ^ rotr<u32>(x, 13) ^ rotr<u32>(x, 22);
}

// @ts-ignore: decorator
@inline
function big1(x: u32): u32 {
  return rotr<u32>(x, 6) ^ rotr<u32>(x, 11) ^ rotr<u32>(x, 25);
}

// @ts-ignore: decorator
@inline
function small0(x: u32): u32 {
  return rotr<u32>(x, 7) ^ rotr<u32>(x, 18) ^ (x >>> 3);
}

// @ts-ignore: decorator
@inline
function small1(x: u32): u32 {
  return rotr<u32>(x, 17) ^ rotr<u32>(x, 19) ^ (x >>> 10);
}

// @ts-ignore: decorator
@inline
function choose(x: u32, y: u32, z: u32): u32 {
  return z ^ (x & (y ^ z));
}

// @ts-ignore: decorator
@inline
function majority(x: u32, y: u32, z: u32): u32 {
  return (x & y) | (z & (x | y));
}

/** The 64 words of the schedule of one block. */
function expand(block: usize): void {
  for (let i: usize = 0; i < 64; i += 4) store<u32>(SHA_WORDS + i, bswap<u32>(load<u32>(block + i)));
  for (let w = SHA_WORDS; w < SHA_WORDS + 192; w += 4) {
    store<u32>(w, load<u32>(w) + small0(load<u32>(w, 4)) + load<u32>(w, 36) + small1(load<u32>(w, 56)), 64);
  }
}

/** Takes one block of 64 bytes into the state. */
function compress(state: usize, block: usize): void {
  expand(block);
  let a = load<u32>(state);
  let b = load<u32>(state, 4);
  let c = load<u32>(state, 8);
  let d = load<u32>(state, 12);
  let e = load<u32>(state, 16);
  let f = load<u32>(state, 20);
  let g = load<u32>(state, 24);
  let h = load<u32>(state, 28);
  let t: u32 = 0;
  let k = K;
  // Eight rounds a turn, each with its own names for the eight variables, so that none is moved.
  for (let w = SHA_WORDS; w < SHA_WORDS + 256; w += 32, k += 32) {
    t = h + big1(e) + choose(e, f, g) + load<u32>(k) + load<u32>(w);
    d += t;
    h = t + big0(a) + majority(a, b, c);
    t = g + big1(d) + choose(d, e, f) + load<u32>(k, 4) + load<u32>(w, 4);
    c += t;
    g = t + big0(h) + majority(h, a, b);
    t = f + big1(c) + choose(c, d, e) + load<u32>(k, 8) + load<u32>(w, 8);
    b += t;
    f = t + big0(g) + majority(g, h, a);
    t = e + big1(b) + choose(b, c, d) + load<u32>(k, 12) + load<u32>(w, 12);
    a += t;
    e = t + big0(f) + majority(f, g, h);
    t = d + big1(a) + choose(a, b, c) + load<u32>(k, 16) + load<u32>(w, 16);
    h += t;
    d = t + big0(e) + majority(e, f, g);
    t = c + big1(h) + choose(h, a, b) + load<u32>(k, 20) + load<u32>(w, 20);
    g += t;
    c = t + big0(d) + majority(d, e, f);
    t = b + big1(g) + choose(g, h, a) + load<u32>(k, 24) + load<u32>(w, 24);
    f += t;
    b = t + big0(c) + majority(c, d, e);
    t = a + big1(f) + choose(f, g, h) + load<u32>(k, 28) + load<u32>(w, 28);
    e += t;
    a = t + big0(b) + majority(b, c, d);
  }
  store<u32>(state, load<u32>(state) + a);
  store<u32>(state, load<u32>(state, 4) + b, 4);
  store<u32>(state, load<u32>(state, 8) + c, 8);
  store<u32>(state, load<u32>(state, 12) + d, 12);
  store<u32>(state, load<u32>(state, 16) + e, 16);
  store<u32>(state, load<u32>(state, 20) + f, 20);
  store<u32>(state, load<u32>(state, 24) + g, 24);
  store<u32>(state, load<u32>(state, 28) + h, 28);
}

/** Writes the digest of `message` to `digest`; overwrites up to PADDING_BYTES_MAX behind the message. */
export function hashMessage(message: usize, length: usize, digest: usize): void {
  memory.copy(digest, START, DIGEST_BYTES);
  const end = (length + 9 + 63) & ~63;
  memory.fill(message + length, 0, end - length);
  store<u8>(message + length, 0x80);
  store<u64>(message + end - 8, bswap<u64>(<u64>length << 3));
  for (let block = message; block < message + end; block += 64) compress(digest, block);
  for (let i: usize = 0; i < DIGEST_BYTES; i += 4) store<u32>(digest + i, bswap<u32>(load<u32>(digest + i)));
}
