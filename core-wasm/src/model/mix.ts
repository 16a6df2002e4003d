/** 32-bit steps that words and their joins are hashed with: products of odd numbers, as one SIMD lane computes them. */

/** Two hashes in order to one; unsigned. */
export function join(a: number, b: number): number {
  return Math.imul(rotate(a) + b, 0x85ebca6b) >>> 0;
}

/** What a hash becomes before the next one is added, so that order counts; a signed number. */
export function rotate(hash: number): number {
  return (hash << 11) | (hash >>> 21);
}
