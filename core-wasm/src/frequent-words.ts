/**
 * The words that prompts have most, counted by `npm run train -- --words`: a kernel that has met them knows most of
 * what a prompt says, and meets only the rest for the first time.
 */
import { readFileSync } from "node:fs";

/** Folded, most frequent first. Read from disk at each call; empty where the file does not come along. */
export function frequentWords(): readonly string[] {
  try {
    const text = readFileSync(new URL("../models/prompt.words", import.meta.url), "utf8");
    return text.split("\n").filter((word) => word !== "");
  } catch {
    return [];
  }
}
