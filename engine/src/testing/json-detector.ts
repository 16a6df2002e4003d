/**
 * A detector for tests, over JSON.parse: the word `bomb` scores 0.9 in `cbrn`, `grey` 0.3 in `violence`, `trap` throws.
 */
import type { Detector, FaultReason, FieldName, PackInfo, Scan, Side } from "@sluice/core-wasm";
import { salvage } from "../salvage.ts";

export const TEST_PACK: PackInfo = {
  name: "test",
  version: "1",
  hash: `sha256:${"1".repeat(64)}`,
  categories: ["cbrn", "violence"],
  contexts: [{ name: "fiction", reduce: [0, 0] }],
  scoring: { strongWeight: 9000, strongFloor: 5000 },
  calibration: [
    { score: 0, ratio: 100 },
    { score: 5000, ratio: 20_000 },
    { score: 10_000, ratio: 900_000 },
  ],
  rules: [
    { id: "cbrn.test.001", category: 0, context: -1, weight: 9000, sides: ["prompt", "completion"], phraseCount: 1 },
    {
      id: "violence.test.001",
      category: 1,
      context: -1,
      weight: 3000,
      sides: ["prompt", "completion"],
      phraseCount: 1,
    },
    { id: "context.fiction.001", category: -1, context: 0, weight: 0, sides: ["prompt", "completion"], phraseCount: 1 },
  ],
  phraseCount: 3,
};
const WORDS = ["bomb", "grey", "novel"];
const WEIGHTS = [9000, 3000, 0];

export function jsonDetector(): Detector {
  return {
    pack: TEST_PACK,
    open(payload) {
      const scans = salvage(payload);
      if (scans.length === 0) return { reason: "malformed-json", offset: 0 };
      return { kind: "events", count: scans.length, scan: (index) => scored(scans[index]) };
    },
  };
}

function scored(scan: Scan | undefined): Scan {
  if (scan === undefined) return faulty("missing", "event_id");
  const scores = new Int32Array(4);
  const matches: { rule: number; side: Side; start: number; end: number }[] = [];
  for (const [at, side] of (["prompt", "completion"] as const).entries()) {
    const text = scan.text(side);
    if (text.includes("trap")) throw new Error("the kernel trapped");
    for (const [rule, word] of WORDS.entries()) {
      const found = Buffer.from(text).indexOf(word);
      if (found < 0) continue;
      matches.push({ rule, side, start: found, end: found + word.length });
      const category = TEST_PACK.rules[rule]?.category ?? -1;
      if (category >= 0) scores[at * 2 + category] = WEIGHTS[rule] as number;
    }
  }
  const isTruncated = scan.text("prompt").includes("truncated");
  return { ...scan, scores, scored: scores.some((score) => score > 0), matches: () => matches, truncated: isTruncated };
}

function faulty(reason: FaultReason, field: FieldName): Scan {
  const empty = new Uint8Array(0);
  return {
    fault: { reason, field, offset: 0 },
    eventTimeMs: 0,
    scored: false,
    plainIds: false,
    hasDetails: false,
    scores: new Int32Array(4),
    truncated: false,
    text: () => "",
    bytes: () => empty,
    byteLength: () => 0,
    raw: () => empty,
    has: () => false,
    matches: () => [],
    canonical: () => empty,
  };
}
