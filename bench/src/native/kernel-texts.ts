/** The WebAssembly kernel over a fixed set of texts, without the JSON around them: its entry `scanText`. */
import { createDetector, LIMITS, loadKernel } from "@sluice/core-wasm";
import { MODEL, processorNs, type TextAnswer, type TextScanner } from "./text-scanner.ts";

/** Numbers of areas, as the kernel's `addressOf` knows them. */
const AREA = { result: 0, payload: 1, matches: 3 } as const;
/** u32 positions in the result: core-wasm/assembly/result.ts. */
const OVERALL_AT = 14;
const MODEL_SCORES_AT = 192;

/** @param texts at most 8 MiB in all: they stay in the kernel's memory */
export function kernelTexts(pack: Uint8Array, texts: readonly Uint8Array[]): TextScanner {
  const kernel = loadKernel();
  createDetector(pack, kernel);
  const { buffer } = kernel.memory;
  const memory = new Uint8Array(buffer);
  const payloadAt = kernel.addressOf(AREA.payload);
  const ends = new Uint32Array(texts.length);
  let end = 0;
  for (const [index, text] of texts.entries()) {
    if (end + text.length > LIMITS.payloadBytesMax) throw new Error("the texts are more than the kernel holds");
    memory.set(text, payloadAt + end);
    end += text.length;
    ends[index] = end;
  }
  const result = new Uint32Array(buffer, kernel.addressOf(AREA.result), MODEL_SCORES_AT + LIMITS.categoriesMax);
  const found = new Uint32Array(buffer, kernel.addressOf(AREA.matches), LIMITS.matchesMax * 4);

  /** FNV-1a by whole numbers over matches and scores; bench/native/kernel.c does the same. */
  function digest(matches: number, parts: number): number {
    let hash = 2_166_136_261;
    const add = (value: number) => {
      hash = Math.imul(hash ^ value, 16_777_619);
    };
    for (let at = 0; at < matches * 4; at += 4) for (const field of [0, 2, 3]) add(found[at + field] as number);
    if ((parts & MODEL) !== 0) {
      add(result[OVERALL_AT] as number);
      for (let category = 0; category < LIMITS.categoriesMax; category += 1) {
        add(result[MODEL_SCORES_AT + category] as number);
      }
    }
    return hash >>> 0;
  }

  return {
    name: "WASM kernel",
    async check(parts) {
      return Array.from(ends, (to, index): TextAnswer => {
        const matches = kernel.scanText(index === 0 ? 0 : (ends[index - 1] as number), to, parts);
        return { matches, digest: digest(matches, parts) };
      });
    },
    async pass(parts) {
      let matches = 0;
      let from = 0;
      const start = processorNs();
      for (let index = 0; index < ends.length; index += 1) {
        const to = ends[index] as number;
        matches += kernel.scanText(from, to, parts);
        from = to;
      }
      return { ns: processorNs() - start, matches };
    },
    async stop() {},
  };
}
