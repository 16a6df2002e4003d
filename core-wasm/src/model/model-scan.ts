/** What the kernel's model said of the event scanned last, read from its memory. */
import { type CarriedSpan, ENCODINGS, LIMITS, type ModelScan, type PackInfo, SIDES, type Side } from "../types.ts";
import { type CarriedWord, carriedSpans } from "./carried-words.ts";

/** u32 positions in the result, as assembly/result.ts draws it. */
const RESULT = {
  overall: 14,
  modelScores: 192,
  modelCut: 256,
  rulesLargest: 257,
  origins: 272,
  overallOrigins: 336,
  rulesScores: 352,
} as const;
const CATEGORIES_MAX = LIMITS.categoriesMax;
/** u32 of a word's entry (assembly/words.ts): address, length, start, end, hash. */
const WORD_LENGTH = 6;
const WORD_START = 2;
const WORD_END = 3;
const WORDS_MAX = 2048;
/** u32 of a segment (assembly/segments.ts), of which there are so many: encoding, start, end, … */
const SEGMENT_LENGTH = 8;
const SEGMENTS_MAX = 64;

export interface ModelKernel {
  readonly memory: WebAssembly.Memory;
  carriedBy(side: number, head: number): number;
}
export interface ModelAreas {
  readonly result: number;
  readonly words: number;
  readonly carried: number;
  readonly segments: number;
}

/** @param scores the scan's own, rules and model together */
export function createModelScan(
  kernel: ModelKernel,
  areas: ModelAreas,
  { categories, model }: PackInfo,
  scores: () => Int32Array,
): ModelScan {
  const { buffer } = kernel.memory;
  const result = new Uint32Array(buffer, areas.result, RESULT.overallOrigins + 2);
  const bySide = (at: number) => new Int32Array(buffer, areas.result + 4 * at, 2 * CATEGORIES_MAX);
  const ofModel = bySide(RESULT.modelScores);
  const ofRules = bySide(RESULT.rulesScores);
  const words = new Uint32Array(buffer, areas.words, WORDS_MAX * WORD_LENGTH);
  const carried = new Int32Array(buffer, areas.carried, WORDS_MAX);
  const own = new Int32Array(2 * categories.length);
  const rules = new Int32Array(2 * categories.length);
  const word = (index: number) => result[index] as number;
  const segments = new Uint32Array(buffer, areas.segments, SEGMENTS_MAX * SEGMENT_LENGTH);

  /** The encoded run that the score came from. */
  function runOf(side: Side, category: number): CarriedSpan | undefined {
    const number = SIDES.indexOf(side);
    const origin = category < 0 ? RESULT.overallOrigins + number : RESULT.origins + number * CATEGORIES_MAX + category;
    const at = (word(origin) - 1) * SEGMENT_LENGTH;
    const decoded = ENCODINGS[(segments[at] ?? 0) - 1];
    return decoded && { start: segments[at + 1] as number, end: segments[at + 2] as number, decoded };
  }
  const overall = () => Math.max(word(RESULT.overall), word(RESULT.overall + 1));

  return {
    get overall() {
      return overall();
    },
    get scores() {
      return overall() === 0 ? own.fill(0) : copyScores(ofModel, own);
    },
    get rulesScores() {
      return overall() === 0 ? scores() : copyScores(ofRules, rules);
    },
    get rulesLargest() {
      if (overall() !== 0) return word(RESULT.rulesLargest);
      return scores().reduce((largest, score) => Math.max(largest, score), 0);
    },
    get isCut() {
      return word(RESULT.modelCut) !== 0;
    },
    carriedBy(side, category, wordsMax) {
      const run = runOf(side, category);
      if (run !== undefined) return [run];
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

/** From the kernel's places for 32 categories a side to those that the pack has. */
function copyScores(from: Int32Array, to: Int32Array): Int32Array {
  const count = to.length / 2;
  to.set(from.subarray(0, count));
  to.set(from.subarray(CATEGORIES_MAX, CATEGORIES_MAX + count), count);
  return to;
}
