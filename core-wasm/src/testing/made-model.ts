/** A model with made-up weights by seed, for tests alone: every lane is used, and half of all texts score. */
import { LIMITS, type PackModel, type TrainedModel } from "../types.ts";

const ROW_BITS = 10;

export function madeModel({ categories }: Pick<PackModel, "categories">, seed: number): TrainedModel {
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
  const rows = Int8Array.from({ length: 2 ** ROW_BITS * LIMITS.headsMax }, () => next(255) - 127);
  const knots = (from: number) => [
    { at: from, score: 0 },
    { at: from + 3000 + next(3000), score: 3000 },
    { at: from + 9000 + next(3000), score: 5500 },
    { at: from + 30_000, score: 7900 },
  ];
  const overall = { name: "risk", category: -1, own: knots(1), ceiling: [] };
  const heads = Array.from({ length: LIMITS.headsMax - 1 }, (_, index) => index)
    .filter((category) => category < categories.length)
    .map((category) => ({
      name: categories[category] ?? "",
      category,
      own: knots(-2000),
      ceiling: knots(1),
    }));
  return {
    sha256: "0".repeat(64),
    features: { rowBits: ROW_BITS, charsMin: 2, charsMax: 6 },
    sides: ["prompt", "completion"],
    heads: [overall, ...heads],
    calibration: [
      { score: 0, ratio: 500 },
      { score: 10_000, ratio: 90_000 },
    ],
    rows,
  };
}
