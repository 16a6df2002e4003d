/**
 * Decision latencies of the last `secondsMax` seconds: one logarithmic histogram a second, so that any span of seconds
 * has its percentiles without keeping single values. A reported percentile is at most 4 % away from the true one, for
 * latencies from 1 µs to 30 s; beyond that it is the nearest bound. Memory is fixed.
 */
const GROWTH = 1.08;
const BUCKETS = 225; // 1.08^224 µs is about 30 s
const LOG_GROWTH = Math.log(GROWTH);

export interface LatencySeries {
  /**
   * @param second whole seconds since the Unix epoch
   * @param weight how many decisions this one stands for
   */
  add(second: number, latencyUs: number, weight?: number): void;
  /**
   * Percentiles (0 to 1, rising) of the `seconds` seconds that end with `endSecond`, in µs; `undefined` each when there
   * were none.
   */
  percentiles(shares: readonly number[], endSecond: number, seconds: number): readonly (number | undefined)[];
  clear(): void;
}

export function latencySeries(secondsMax: number): LatencySeries {
  const counts = new Uint32Array(secondsMax * BUCKETS);
  const secondOf = new Float64Array(secondsMax).fill(-1);
  const merged = new Float64Array(BUCKETS);

  function merge(endSecond: number, seconds: number): number {
    merged.fill(0);
    let total = 0;
    for (let second = Math.max(0, endSecond - seconds + 1); second <= endSecond; second += 1) {
      const slot = second % secondsMax;
      if (secondOf[slot] !== second) continue;
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
        const count = counts[slot * BUCKETS + bucket] ?? 0;
        merged[bucket] = (merged[bucket] ?? 0) + count;
        total += count;
      }
    }
    return total;
  }
  return {
    add(second, latencyUs, weight = 1) {
      const slot = second % secondsMax;
      const held = secondOf[slot] ?? -1;
      if (second < held) return;
      if (second > held) {
        counts.fill(0, slot * BUCKETS, (slot + 1) * BUCKETS);
        secondOf[slot] = second;
      }
      const at = slot * BUCKETS + bucketOf(latencyUs);
      counts[at] = (counts[at] ?? 0) + weight;
    },
    percentiles(shares, endSecond, seconds) {
      const total = merge(endSecond, seconds);
      if (total === 0) return shares.map(() => undefined);
      let bucket = 0;
      let below = merged[0] ?? 0;
      return shares.map((share) => {
        const rank = Math.max(1, Math.ceil(share * total));
        while (below < rank && bucket < BUCKETS - 1) {
          bucket += 1;
          below += merged[bucket] ?? 0;
        }
        return middleOf(bucket);
      });
    },
    clear() {
      secondOf.fill(-1);
    },
  };
}

/** Bucket k holds (GROWTH^(k-1), GROWTH^k]; the first also holds all that is smaller. */
function bucketOf(latencyUs: number): number {
  if (!(latencyUs > 1)) return 0;
  return Math.min(BUCKETS - 1, Math.ceil(Math.log(latencyUs) / LOG_GROWTH - 1e-9));
}

/** The value whose largest relative distance to any value of the bucket is least. */
function middleOf(bucket: number): number {
  return bucket === 0 ? 1 : (2 * GROWTH ** bucket) / (GROWTH + 1);
}
