/** Builds and runs `writer-child.ts` as a process of its own, so that a test can kill it or take its disk away. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export interface WriterProgram {
  readonly path: string;
  remove(): void;
}

/** Node 20 runs no TypeScript, so the program is built; below the package, where its dependencies are found. */
export async function buildWriter(): Promise<WriterProgram> {
  mkdirSync(source("../../../build/"), { recursive: true });
  const outDir = mkdtempSync(source("../../../build/writer-"));
  await build({
    configFile: false,
    logLevel: "silent",
    resolve: {
      alias: {
        "@sluice/engine": source("../../../../engine/src/index.ts"),
        "@sluice/core-wasm": source("../../../../core-wasm/src/index.ts"),
      },
    },
    build: { ssr: source("./writer-child.ts"), outDir, emptyOutDir: false, minify: false, target: "node20" },
  });
  return { path: join(outDir, "writer-child.js"), remove: () => rmSync(outDir, { recursive: true, force: true }) };
}

export interface WriterProcess {
  readonly child: ChildProcess;
  /** Highest number whose record was acknowledged; the start minus 1 before the first. */
  readonly acked: number;
  /** Codes of refused batches so far. */
  readonly failures: readonly string[];
  /** Resolves when `isReached` holds after some line of output. @throws when the process ends first. */
  until(isReached: () => boolean): Promise<void>;
  /** kill -9; resolves when the process is gone and all that it said is counted. */
  kill(): Promise<void>;
}

export function startWriter(command: readonly string[], options: { readonly firstNumber: number }): WriterProcess {
  const child = spawn(command[0]!, command.slice(1), { stdio: ["ignore", "pipe", "pipe"] });
  let acked = options.firstNumber - 1;
  const failures: string[] = [];
  const waiting = new Set<() => void>();
  let errorText = "";
  child.stderr!.on("data", (data) => {
    errorText += data;
  });
  const lines = createInterface({ input: child.stdout! });
  lines.on("line", (line) => {
    const [word, number, code] = line.split(" ");
    if (word === "acked") acked = Number(number);
    if (word === "failed") failures.push(code!);
    for (const check of waiting) check();
  });
  const ended = once(lines, "close");
  return {
    child,
    get acked() {
      return acked;
    },
    failures,
    async until(isReached) {
      const reached = new Promise<boolean>((resolve) => {
        waiting.add(() => isReached() && resolve(true));
      });
      const isDone = isReached() || (await Promise.race([reached, ended.then(() => false)]));
      waiting.clear();
      if (!isDone) throw new Error(`the writer ended early: ${errorText}`);
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
