/**
 * Labelled records from NDJSON files, and which of them may teach shipped weights. Records stay in memory: no report,
 * log or weight file holds text of them.
 */
import { readFileSync } from "node:fs";

export interface LabelledText {
  readonly id: string;
  readonly text: string;
  readonly role: "prompt" | "completion";
  readonly isUnsafe: boolean;
  /** A category of the pack, `other` (unsafe, topic unknown) or `none`. */
  readonly category: string;
  readonly source: string;
  readonly license: string;
  /** For completions: the prompt that was answered. */
  readonly context: string;
}

/**
 * Whether a record may teach weights that ship under a permissive licence: no non-commercial, no share-alike, no
 * unstated licence. Applied before any statistic, because counting labels of records that are left out leaks them.
 */
export function isShippable({ license }: Pick<LabelledText, "license">): boolean {
  return !license.includes("NC") && !/-SA\b/.test(license) && !license.startsWith("unstated");
}

/**
 * Sources that share texts are held out together: answers with the questions they answer, collections by one hand, and
 * sets that were made from one another.
 */
const FAMILIES: readonly (readonly [prefix: string, family: string])[] = [
  ["alpaca", "alpaca"],
  ["cyberseceval-instruct", "cyberseceval-code"],
  ["gpteacher", "gpteacher"],
  ["gptfuzz", "gptfuzz"],
  ["gsm8k", "gsm8k"],
  ["humaneval", "humaneval"],
  ["medquad", "medquad"],
  ["pubmedqa", "pubmedqa"],
  ["safety-tuned", "safety-tuned-llamas"],
  ["self-instruct", "self-instruct"],
  ["trustllm", "trustllm"],
];

/** The family that a source belongs to: the unit that leave-source-out holds out. */
export function familyOf(source: string): string {
  return FAMILIES.find(([prefix]) => source.startsWith(prefix))?.[1] ?? source;
}

/** @throws {Error} naming the line that is no labelled record */
export function readRecords(path: string): LabelledText[] {
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.flatMap((line, index) => (line === "" ? [] : [readRecord(line, `${path}:${index + 1}`)]));
}

function readRecord(line: string, place: string): LabelledText {
  const value = JSON.parse(line) as Record<string, unknown>;
  const { id, text, role = "prompt", label, category = "none", source, license = "unstated", context = "" } = value;
  const isWell =
    typeof id === "string" &&
    typeof text === "string" &&
    (role === "prompt" || role === "completion") &&
    (label === "safe" || label === "unsafe") &&
    typeof category === "string" &&
    typeof source === "string" &&
    typeof license === "string" &&
    typeof context === "string";
  if (!isWell) throw new Error(`${place} is no labelled record; it needs id, text, role, label and source`);
  return { id, text, role, isUnsafe: label === "unsafe", category, source, license, context };
}
