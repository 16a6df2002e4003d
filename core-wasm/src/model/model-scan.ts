/** What the kernel's model said of the event scanned last, read from its memory. */
import { LIMITS, type ModelScan, type PackInfo, SIDES } from "../types.ts";
import { type CarriedWord, carriedSpans } from "./carried-words.ts";

/** u32 positions in the result, as assembly/result.ts draws it. */
const RESULT = { overall: 14, modelScores: 192, modelCut: 256, rulesLargest: 257 } as const;
const CATEGORIES_MAX = LIMITS.categoriesMax;
/** u32 of a word's entry (assembly/words.ts): address, length, start, end, hash. */
const WORD_LENGTH = 6;
const WORD_START = 2;
const WORD_END = 3;
const WORDS_MAX = 2048;

export interface ModelKernel {
  readonly memory: WebAssembly.Memory;
  carriedBy(side: number, head: number): number;
}
export interface ModelAreas {
  readonly result: number;
  readonly words: number;
  readonly carried: number;
}

/** @param scores the scan's own, rules and model together */
export function createModelScan(
  kernel: ModelKernel,
  areas: ModelAreas,
  { categories, model }: PackInfo,
  scores: () => Int32Array,
): ModelScan {
  const { buffer } = kernel.memory;
  const result = new Uint32Array(buffer, areas.result, RESULT.rulesLargest + 1);
  const kernelScores = new Int32Array(buffer, areas.result + 4 * RESULT.modelScores, 2 * CATEGORIES_MAX);
  const words = new Uint32Array(buffer, areas.words, WORDS_MAX * WORD_LENGTH);
  const carried = new Int32Array(buffer, areas.carried, WORDS_MAX);
  const own = new Int32Array(2 * categories.length);
  const word = (index: number) => result[index] as number;
  const overall = () => Math.max(word(RESULT.overall), word(RESULT.overall + 1));

  return {
    get overall() {
      return overall();
    },
    get scores() {
      if (overall() === 0) return own.fill(0);
      for (const category of categories.keys()) {
        own[category] = kernelScores[category] as number;
        own[categories.length + category] = kernelScores[CATEGORIES_MAX + category] as number;
      }
      return own;
    },
    get rulesLargest() {
      if (overall() !== 0) return word(RESULT.rulesLargest);
      return scores().reduce((largest, score) => Math.max(largest, score), 0);
    },
    get isCut() {
      return word(RESULT.modelCut) !== 0;
    },
    carriedBy(side, category, wordsMax) {
      const head = model?.heads.findIndex((one) => one.category === category) ?? -1;
      const count = head < 0 ? 0 : kernel.carriedBy(SIDES.indexOf(side), head);
      const read: CarriedWord[] = Array.from({ length: count }, (_, index) => ({
        start: words[index * WORD_LENGTH + WORD_START] as number,
        end: words[index * WORD_LENGTH + WORD_END] as number,
        carried: carried[index] as number,
      }));
      return carriedSpans(read, wordsMax);
    },
  };
}
