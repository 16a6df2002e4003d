/**
 * What a run leaves behind: its figures with commit, machine, runtime and the server adapter in use, one file a run,
 * never edited.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serverInUse } from "./load/adapters.ts";
import type { ReadTimes } from "./machine-noise.ts";

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}
export interface SuiteResult {
  readonly suite: string;
  /** What was checked before any time was taken. */
  readonly checked: string;
  readonly figures: readonly Figure[];
}

function git(...args: string[]): string {
  try {
    return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return "";
  }
}

/** How quiet the machine was. */
export interface Noise {
  readonly before: readonly ReadTimes[];
  readonly after: readonly ReadTimes[];
}

/** Writes the record and answers its path from the project's root. */
export function writeRecord(results: readonly SuiteResult[], nsARead: Noise): string {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const commit = git("rev-parse", "--short=10", "HEAD") || "unknown";
  const date = new Date().toISOString();
  const path = join("bench", "record", `${date.slice(0, 10)}-${commit}.json`);
  const record = {
    date,
    commit,
    uncommitted: git("status", "--porcelain", "--untracked-files=no") !== "",
    machine: {
      cpu: cpus()[0]?.model ?? "unknown",
      cores: cpus().length,
      usableCores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      nsARead,
    },
    runtime: { node: process.version, v8: process.versions.v8, platform: `${process.platform} ${process.arch}` },
    server: serverInUse(),
    results,
  };
  mkdirSync(join(root, "bench", "record"), { recursive: true });
  writeFileSync(join(root, path), `${JSON.stringify(record, null, 2)}\n`);
  return path;
}
