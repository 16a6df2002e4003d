/**
 * What a command may touch of the outside: the three streams, the environment, and one signal that says stop. Commands
 * take it as a parameter, so no other file names `process`.
 */
import type { Readable, Writable } from "node:stream";
import type { ExitCode } from "./exit.ts";

export interface Shell {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * Aborts at the first SIGINT or SIGTERM: take no more, finish what is in hand, return. A second one ends the process.
   */
  readonly stop: AbortSignal;
  /** Sets what the process will answer; the last call counts. */
  exit(code: ExitCode): void;
}

export function processShell(): Shell {
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => stopping.abort(name));
  }
  // A pipe closed by its reader shows up in LineWriter; without a listener Node would end the process with a stack.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    stop: stopping.signal,
    exit(code) {
      process.exitCode = code;
    },
  };
}

/** Resolves after `delayMs`, or at once when `signal` aborts; never rejects. */
export function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal.addEventListener("abort", done);
  });
}
