/** Text to the words that features are made of (core-wasm/src/model/words.ts). */
import { modelWords } from "../src/model/words.ts";

const encoder = new TextEncoder();

export const tokenize = (text: string): string[] => modelWords(encoder.encode(text)).map(({ text: word }) => word);
