/** Learnt weights as int8 with one scale a head. */
import { type Weights, type WeightsHeader, weightsDigest } from "../src/model/weights-file.ts";
import type { LinearModel } from "./learner.ts";

const INT8_MAX = 127;
/** A weight further out is cut: a few large ones would else leave the rest without steps. */
const CLIP_DEVIATIONS = 8;

/**
 * @param models one a head, all over the same rows
 * @param keys of each of their rows
 */
export function quantise(
  models: readonly { readonly name: string; readonly model: LinearModel }[],
  keys: Uint32Array,
  rest: Pick<WeightsHeader, "features" | "calibration">,
  scoresOf: (heads: WeightsHeader["heads"]) => WeightsHeader["scores"],
): Weights {
  const scales = models.map(({ model }) => scaleOf(model.weights));
  const codes = models.map(({ model }, head) =>
    Int8Array.from(model.weights, (weight) => {
      return Math.max(-INT8_MAX, Math.min(INT8_MAX, Math.round(weight / (scales[head] ?? 1))));
    }),
  );
  const order = Uint32Array.from(keys.keys())
    .filter((row) => codes.some((code) => code[row] !== 0))
    .sort((a, b) => keys[a]! - keys[b]!);
  const kept = order.map((row) => keys[row]!);
  const values = new Int8Array(order.length * models.length);
  for (const [place, row] of order.entries()) {
    for (const [head, code] of codes.entries()) values[place * models.length + head] = code[row]!;
  }
  const heads = models.map(({ name, model }, head) => ({ name, bias: model.bias, scale: scales[head] ?? 1 }));
  const sha256 = weightsDigest(kept, values);
  return { header: { ...rest, heads, rows: kept.length, scores: scoresOf(heads), sha256 }, keys: kept, values };
}

/** Eight standard deviations of the weights that are not zero, in 127 steps. */
function scaleOf(weights: Float32Array): number {
  let count = 0;
  let squares = 0;
  for (const weight of weights) {
    if (weight === 0) continue;
    count += 1;
    squares += weight * weight;
  }
  return count === 0 ? 1 : (CLIP_DEVIATIONS * Math.sqrt(squares / count)) / INT8_MAX;
}
