/**
 * Logistic regression over hashed features, scaled by naive-Bayes log-count ratios (Wang and Manning, ACL 2012), learnt
 * by AdaGrad (Duchi, Hazan and Singer, JMLR 12, 2011) in an order shuffled by seed: same input, same weights. A text's
 * features count 1/√n each. Labels are smoothed, so that no source is learnt to certainty.
 */

import type { Matrix } from "./matrix.ts";
import { seededRandom } from "./random.ts";

export interface LearnOptions {
  readonly epochs: number;
  readonly rate: number;
  readonly l2: number;
  /** A label becomes this or 1 minus this. */
  readonly smoothing: number;
  /** Added to each count before the ratio is taken, in texts. */
  readonly ratioPrior: number;
  /** Largest absolute log ratio. */
  readonly ratioMax: number;
  readonly seed: number;
}

export interface Sample {
  /** Text number in the matrix. */
  readonly texts: Uint32Array;
  /** By place in `texts`: 1 unsafe, 0 safe. */
  readonly labels: Uint8Array;
  /** By place in `texts`; mean about 1. */
  readonly weights: Float32Array;
  /** By row: whether it may be learnt. */
  readonly isAllowed: Uint8Array;
}

export interface LinearModel {
  readonly bias: number;
  /** By row. */
  readonly weights: Float32Array;
}

const STRIDE = 4;
const SQUARES = 1;
const SCALE = 2;

export function learn(matrix: Matrix, sample: Sample, options: LearnOptions): LinearModel {
  const { texts, labels, weights } = sample;
  const scale = countRatios(matrix, sample, options);
  // Weight, sum of squared gradients and scale of a row side by side: one line of the cache serves all three.
  const state = new Float32Array(STRIDE * scale.length);
  for (const [row, factor] of scale.entries()) state[STRIDE * row + SCALE] = factor;
  let bias = 0;
  let biasSquares = 1e-6;
  const random = seededRandom(options.seed);
  const order = Uint32Array.from(texts, (_, index) => index);
  const { rows, start } = matrix;
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    for (const lesson of order) {
      const text = texts[lesson]!;
      const from = start[text]!;
      const to = start[text + 1]!;
      const norm = matrix.norm[text]!;
      let sum = 0;
      for (let at = from; at < to; at += 1) {
        const place = STRIDE * rows[at]!;
        sum += state[place]! * state[place + SCALE]!;
      }
      const target = labels[lesson] === 1 ? 1 - options.smoothing : options.smoothing;
      const error = (1 / (1 + Math.exp(-(bias + sum * norm))) - target) * weights[lesson]!;
      biasSquares += error * error;
      bias -= (options.rate * error) / Math.sqrt(biasSquares);
      const step = error * norm;
      for (let at = from; at < to; at += 1) {
        const place = STRIDE * rows[at]!;
        const factor = state[place + SCALE]!;
        if (factor === 0) continue;
        const gradient = step * factor + options.l2 * state[place]! * norm;
        const square = state[place + SQUARES]! + gradient * gradient;
        state[place + SQUARES] = square;
        state[place] = state[place]! - (options.rate * gradient) / Math.sqrt(square + 1e-8);
      }
    }
  }
  return { bias, weights: scale.map((factor, row) => factor * state[STRIDE * row]!) };
}
/** Absolute log ratio of how often a row is seen in unsafe and in safe texts; 0 where it may not be learnt. */
function countRatios(
  matrix: Matrix,
  { texts, labels, weights, isAllowed }: Sample,
  options: LearnOptions,
): Float32Array {
  const unsafe = new Float32Array(isAllowed.length);
  const safe = new Float32Array(isAllowed.length);
  let unsafeTotal = 0;
  let safeTotal = 0;
  for (let place = 0; place < texts.length; place += 1) {
    const counts = labels[place] === 1 ? unsafe : safe;
    const weight = weights[place]!;
    if (labels[place] === 1) unsafeTotal += weight;
    else safeTotal += weight;
    const text = texts[place]!;
    for (let at = matrix.start[text]!; at < matrix.start[text + 1]!; at += 1) {
      const row = matrix.rows[at]!;
      counts[row] = counts[row]! + weight;
    }
  }
  const { ratioPrior: prior, ratioMax } = options;
  const offset = Math.log((safeTotal + prior) / (unsafeTotal + prior));
  return Float32Array.from(isAllowed, (allowed, row) => {
    if (allowed === 0) return 0;
    const ratio = Math.log((unsafe[row]! + prior) / (safe[row]! + prior)) + offset;
    return Math.min(ratioMax, Math.abs(ratio));
  });
}

function shuffle(order: Uint32Array, random: { below(bound: number): number }): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    const held = order[last]!;
    order[last] = order[other]!;
    order[other] = held;
  }
}

/** Log odds of one text. */
export function logOdds({ bias, weights }: LinearModel, { rows, start, norm }: Matrix, text: number): number {
  let sum = 0;
  for (let at = start[text]!; at < start[text + 1]!; at += 1) sum += weights[rows[at]!]!;
  return bias + sum * norm[text]!;
}
