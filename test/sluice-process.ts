/** Runs the built `sluice` command in a process of its own, as a person or a script would. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const SLUICE = fileURLToPath(new URL("../app/bin/sluice.mjs", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}
export interface Running {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when stdout or stderr has shown `text`. */
  shown(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}
export interface RunOptions {
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export function start(args: readonly string[], { input, environment, cwd }: RunOptions = {}): Running {
  // Settings of whoever runs the tests must not reach the command.
  const own = Object.entries(process.env).filter(([name]) => !/^(SLUICE_|API_|DATABASE_|ENABLE_|JWT_|LOG_)/.test(name));
  const child = spawn(process.execPath, [SLUICE, ...args], {
    env: { ...Object.fromEntries(own), ...environment },
    stdio: "pipe",
    ...(cwd === undefined ? {} : { cwd }),
  });
  let stdout = "";
  let stderr = "";
  let changed: () => void = () => {};
  let isOver = false;
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
    changed();
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
    changed();
  });
  child.stdin.on("error", () => {}); // a command that reads no input closes it
  child.stdin.end(input ?? "");
  const ended = new Promise<Ended>((resolve) =>
    child.on("close", (code) => {
      isOver = true;
      changed();
      resolve({ code, stdout, stderr });
    }),
  );
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    async shown(text) {
      while (!stdout.includes(text) && !stderr.includes(text)) {
        if (isOver) throw new Error(`ended without showing "${text}":\n${stdout}\n${stderr}`);
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
    },
    ended,
  };
}

export const runProcess = (args: readonly string[], options?: RunOptions): Promise<Ended> => start(args, options).ended;

/** The address in the line that `sluice serve` prints when it is ready. */
export async function readyAt(serving: Running): Promise<string> {
  await serving.shown("sluice ready on ");
  return /sluice ready on (\S+)/.exec(serving.stdout())?.[1] ?? "";
}

export const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
