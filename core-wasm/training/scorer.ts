/**
 * The slow and sure scorer of a weights file: what a kernel must agree with. Sums are whole numbers; only the last
 * step, one product a head, is not.
 */
import { featureExtractor, featureNorm } from "../src/model/features.ts";
import type { Weights } from "../src/model/weights-file.ts";
import { tokenize } from "./tokens.ts";

export interface TextScore {
  /** Features of the text, known to the table or not. */
  readonly featureCount: number;
  /** By head: sum of the int8 weights of the text's features. */
  readonly sums: Int32Array;
  /** By head: bias + scale · sum · featureNorm(featureCount). */
  readonly logOdds: Float64Array;
}

export function weightsScorer({ header, keys, values }: Weights): (text: string) => TextScore {
  const extractor = featureExtractor(header.features);
  const place = new Map([...keys].map((key, index) => [key, index]));
  const headCount = header.heads.length;
  return (text) => {
    const features = extractor.extract(tokenize(text));
    const sums = new Int32Array(headCount);
    for (const key of features) {
      const index = place.get(key);
      if (index === undefined) continue;
      for (let head = 0; head < headCount; head += 1) sums[head] = sums[head]! + values[index * headCount + head]!;
    }
    const norm = featureNorm(features.length);
    const logOdds = Float64Array.from(header.heads, ({ bias, scale }, head) => bias + scale * sums[head]! * norm);
    return { featureCount: features.length, sums, logOdds };
  };
}
