/** A model with made-up weights by seed, for tests alone: every lane is used, and half of all texts score. */
import { CHECK_BITS, featureExtractor, ROW_BYTES } from "../model/features.ts";
import { LIMITS, type PackModel, type TrainedModel } from "../types.ts";

const FEATURES = { rowBits: 12, charsMin: 2, charsMax: 6 };
/** Words that the tables know with what stands before them. */
const WORDS = "how do i kill time what is the a".split(" ");
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];

export function madeModel({ categories }: Pick<PackModel, "categories">, seed: number): TrainedModel {
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
  const rows = Int8Array.from({ length: 2 ** FEATURES.rowBits * ROW_BYTES }, () => next(255) - 127);
  for (const key of knownKeys()) rows[(key >>> CHECK_BITS) * ROW_BYTES + LIMITS.headsMax] = key;
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
    features: FEATURES,
    sides: ["prompt", "completion"],
    heads: [overall, ...heads],
    calibration: [
      { score: 0, ratio: 500 },
      { score: 10_000, ratio: 90_000 },
    ],
    rows,
  };
}

/** Of all words of two letters, and of the known ones in many orders. */
function knownKeys(): number[] {
  const { extract } = featureExtractor(FEATURES);
  const pairs = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  const orders = WORDS.flatMap((_, step) => [...WORDS.keys()].map((at) => WORDS[(at * step) % WORDS.length] ?? ""));
  return [...pairs.flatMap((word) => [...extract([word])]), ...extract(orders), ...extract(WORDS)];
}
