/**
 * Sums over the last minutes: a ring of time buckets, each a row of numbers. Reading sums the buckets that are still in
 * the span; a bucket is cleared when its time comes round again. Memory is fixed.
 */
export interface CountRingOptions {
  /** Numbers in a row. */
  readonly width: number;
  readonly buckets: number;
  readonly bucketMs: number;
}

export interface CountRing {
  /** Makes the bucket of this time the current one. Time never goes back. */
  turn(nowMs: number): void;
  /** Adds to the current bucket. */
  add(index: number, amount: number): void;
  /** Sums of the last `buckets` buckets, the current one included. The same array each time: read, never keep. */
  sums(buckets?: number): Float64Array;
  clear(): void;
}

export function countRing({ width, buckets, bucketMs }: CountRingOptions): CountRing {
  const counts = new Float64Array(width * buckets);
  const summed = new Float64Array(width);
  let current = 0; // number of the current bucket since the epoch
  let offset = 0;
  return {
    turn(nowMs) {
      const next = Math.floor(nowMs / bucketMs);
      if (next <= current) return;
      const first = Math.max(current + 1, next - buckets + 1);
      for (let bucket = first; bucket <= next; bucket += 1) {
        const start = (bucket % buckets) * width;
        counts.fill(0, start, start + width);
      }
      current = next;
      offset = (next % buckets) * width;
    },
    add(index, amount) {
      counts[offset + index] = (counts[offset + index] ?? 0) + amount;
    },
    sums(last = buckets) {
      summed.fill(0);
      for (let back = 0; back < last; back += 1) {
        const start = ((current - back + buckets * 2) % buckets) * width;
        for (let index = 0; index < width; index += 1) {
          summed[index] = (summed[index] ?? 0) + (counts[start + index] ?? 0);
        }
      }
      return summed;
    },
    clear() {
      counts.fill(0);
    },
  };
}
