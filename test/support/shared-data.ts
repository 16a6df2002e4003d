/** Data that lies beside the project and is never part of it. Tests that need it are skipped where it is absent. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface SharedFile {
  readonly isThere: boolean;
  /** For the name of a suite: why it is skipped, "" when it runs. */
  readonly skipNote: string;
  readonly path: string;
  lines(): string[];
}

export function sharedFile(name: string): SharedFile {
  const path = fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url));
  const isThere = existsSync(path);
  return {
    isThere,
    skipNote: isThere ? "" : ` (skipped: ../shared/data/${name} is not there)`,
    path,
    lines: () =>
      readFileSync(path, "utf8")
        .split("\n")
        .filter((line) => line !== ""),
  };
}
