/** From a sum of weights to a score: what a sum over so many features is worth, and tables of knots. */

/** From this many features on a sum is worth its mean. */
const FULL_FEATURES: u32 = 4096;

/** Score of a normed sum by `count` knots. */
export function scoreBy(knots: usize, count: u32, at: i32): i32 {
  if (count == 0 || at < load<i32>(knots)) return 0;
  let knot = knots;
  for (let left = count - 1; left > 0; left--) {
    const next = load<i32>(knot, 8);
    if (at < next) {
      const from = load<i32>(knot);
      const score = load<i32>(knot, 4);
      return score + <i32>((<i64>(at - from) * <i64>(load<i32>(knot, 12) - score)) / <i64>(next - from));
    }
    knot += 8;
  }
  return load<i32>(knot, 4);
}

/**
 * 2^24 / √(features + 1), rounded down twice, by integers as exact doubles, the same on every machine; of a long text
 * 2^24 · 64 / (features + 1).
 */
export function normOf(features: u32): i64 {
  if (features >= FULL_FEATURES) return (<i64>1 << 30) / <i64>(features + 1);
  return (<i64>1 << 40) / <i64>Math.sqrt(<f64>(features + 1) * 4294967296.0);
}
