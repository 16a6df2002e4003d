/** Verdicts by the hash of what was judged, for a while; the oldest goes when it is full. Holds no text. */
import { hash } from "node:crypto";
import type { OpinionQuestion } from "@sluice/engine";

export interface KeptVerdict {
  readonly score: number;
  readonly sentBytes: number;
  readonly sentDigest: string;
}

export interface VerdictCache {
  get(key: string, nowMs: number): KeptVerdict | undefined;
  put(key: string, verdict: KeptVerdict, nowMs: number): void;
  readonly size: number;
}

export function createVerdictCache(verdictsMax: number, keepMs: number): VerdictCache {
  const kept = new Map<string, { readonly verdict: KeptVerdict; readonly untilMs: number }>();
  return {
    get(key, nowMs) {
      const found = kept.get(key);
      if (found !== undefined && nowMs < found.untilMs) return found.verdict;
      kept.delete(key);
      return undefined;
    },
    put(key, verdict, nowMs) {
      kept.delete(key); // so that it is the newest
      kept.set(key, { verdict, untilMs: nowMs + keepMs });
      if (kept.size > verdictsMax) kept.delete(kept.keys().next().value as string);
    },
    get size() {
      return kept.size;
    },
  };
}

/** Of the text as it came: hashing is cheap, masking is not. Lengths keep the two sides apart. */
export function cacheKey({ terms, prompt, completion }: OpinionQuestion): string {
  const head = Buffer.from(`${terms.category}\n${prompt.length}\n`);
  return hash("sha256", Buffer.concat([head, prompt, completion]), "base64");
}
