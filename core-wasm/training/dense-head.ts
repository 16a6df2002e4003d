/**
 * Logistic regression over dense vectors of unit length, by Adam (Kingma and Ba, 2015) on the whole sample: it is small
 * enough, and so nothing depends on an order. Deterministic.
 */
export interface DenseSample {
  readonly vectors: readonly Float32Array[];
  readonly isUnsafe: readonly boolean[];
  /** Both classes are made to weigh the same in sum. */
  readonly weights: readonly number[];
}
export interface DenseOptions {
  readonly rounds: number;
  readonly rate: number;
  /** Of half the squared length of the weights, against the mean loss. */
  readonly ridge: number;
}
export interface DenseHead {
  readonly weights: Float64Array;
  readonly bias: number;
}

export function learnDense(sample: DenseSample, { rounds, rate, ridge }: DenseOptions): DenseHead {
  const { vectors, isUnsafe } = sample;
  const shares = evenShares(sample);
  const size = vectors[0]?.length ?? 0;
  const values = new Float64Array(size + 1); // the last is the bias
  const mean = new Float64Array(size + 1);
  const spread = new Float64Array(size + 1);
  for (let round = 1; round <= rounds; round += 1) {
    const slope = new Float64Array(size + 1);
    for (const [index, vector] of vectors.entries()) {
      const chance = 1 / (1 + Math.exp(-dot(values, vector)));
      const error = (shares[index] as number) * (chance - (isUnsafe[index] ? 1 : 0));
      for (let at = 0; at < size; at += 1) slope[at] = (slope[at] as number) + error * (vector[at] as number);
      slope[size] = (slope[size] as number) + error;
    }
    for (let at = 0; at <= size; at += 1) {
      const gradient = (slope[at] as number) + (at < size ? ridge * (values[at] as number) : 0);
      mean[at] = 0.9 * (mean[at] as number) + 0.1 * gradient;
      spread[at] = 0.999 * (spread[at] as number) + 0.001 * gradient * gradient;
      const step = (mean[at] as number) / (1 - 0.9 ** round);
      const scale = Math.sqrt((spread[at] as number) / (1 - 0.999 ** round)) + 1e-8;
      values[at] = (values[at] as number) - (rate * step) / scale;
    }
  }
  return { weights: values.slice(0, size), bias: values[size] as number };
}

/** @param values weights, then the bias */
function dot(values: Float64Array, vector: Float32Array): number {
  let sum = values[vector.length] as number;
  for (let at = 0; at < vector.length; at += 1) sum += (values[at] as number) * (vector[at] as number);
  return sum;
}

export function denseLogOdds({ weights, bias }: DenseHead, vector: Float32Array): number {
  let sum = bias;
  for (let at = 0; at < vector.length; at += 1) sum += (weights[at] as number) * (vector[at] as number);
  return sum;
}

function evenShares({ isUnsafe, weights }: DenseSample): number[] {
  const sums = [0, 0];
  for (const [index, weight] of weights.entries()) sums[isUnsafe[index] ? 1 : 0]! += weight;
  return weights.map((weight, index) => weight / (2 * (sums[isUnsafe[index] ? 1 : 0] as number)));
}
