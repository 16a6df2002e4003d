/** Labelled prompts of the shared data, where it is: they stay in memory, and nothing of them is written down. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const DATA = join(root, "..", "shared", "data");

export interface LabelledPrompt {
  readonly id: string;
  readonly text: string;
  readonly isUnsafe: boolean;
}

/** Undefined where the data is not. */
export function labelledPrompts(name: "dev" | "train"): LabelledPrompt[] | undefined {
  const file = join(DATA, `${name}.jsonl`);
  if (!existsSync(file)) return undefined;
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, string>)
    .filter(({ role }) => role === "prompt")
    .map(({ id = "", text = "", label }) => ({ id, text, isUnsafe: label === "unsafe" }));
}

/**
 * Log odds of the training prompts by id, each by a model that never saw its source: the trainer's cross-validation,
 * which takes a minute.
 */
export function leaveSourceOutScores(): Map<string, number> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-lso-"));
  const file = join(folder, "scores");
  try {
    const train = join("core-wasm", "training", "train.mjs");
    const { status, stderr } = spawnSync(process.execPath, [train, "--lso", "--data", DATA, "--scores", file], {
      cwd: root,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`the trainer failed: ${stderr.split("\n").at(-2)}`);
    const lines = readFileSync(file, "utf8").split("\n");
    return new Map(
      lines.flatMap((line) => {
        const [id = "", score = ""] = line.split("\t");
        return id === "" || score === "NaN" ? [] : [[id, Number(score)] as const];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
