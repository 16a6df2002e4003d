/** Servers and load clients as child processes, on data folders of their own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ServerSetting } from "@sluice/connectors";
import { compilePack, readPack } from "@sluice/core-wasm";
import type { LoadJob, LoadResult } from "./load-client.ts";

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const script = (name: string) => fileURLToPath(new URL(`${name}.js`, import.meta.url));
/** Of Linux's /proc: what a unit of processor time is there. */
const TICKS_PER_SECOND = 100;
const READY_DEADLINE_MS = 30_000;

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Processor time of all its threads so far; undefined where the system does not tell (only Linux does). */
  cpuSeconds(): number | undefined;
  /** Resident set size in bytes; undefined where the system does not tell (only Linux does). */
  rssBytes(): number | undefined;
  stop(): Promise<void>;
}

export interface SluiceProcess extends ServerProcess {
  /** As `/ready` tells it. */
  readonly adapter: string;
}

export interface SluiceProcessOptions {
  /** Default `auto`, as `sluice serve` has it. */
  readonly server?: ServerSetting;
  /** The rules of the default pack and no trained model. Default: the pack that comes along. */
  readonly isRulesOnly?: boolean;
  readonly nats?: string;
}

/** `sluice serve`, ready. */
export async function startServer(options: SluiceProcessOptions = {}): Promise<SluiceProcess> {
  const data = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  const args = ["serve", "--port", "0", "--data", data, "--log-level", "warn", "--server", options.server ?? "auto"];
  if (options.isRulesOnly) {
    const pack = join(data, "rules-only.pack");
    writeFileSync(pack, compilePack(readPack(fromRoot("core-wasm/packs/default"))));
    args.push("--pack", pack);
  }
  if (options.nats !== undefined) args.push("--nats", options.nats);
  const server = await startProcess([fromRoot("app/bin/sluice.mjs"), ...args]);
  const { adapter } = (await (await fetch(`${server.url}/ready`)).json()) as { readonly adapter: string };
  return {
    ...server,
    adapter,
    async stop() {
      await server.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** A server on the same adapter that counts bytes and answers as many as it is asked for. */
export function startBareServer(adapter: ServerSetting): Promise<ServerProcess> {
  return startProcess([script("bare-server"), adapter]);
}

/** A script of this folder that says when it is ready, and where. */
export function startScript(name: string, ...args: readonly string[]): Promise<ServerProcess> {
  return startProcess([script(name), ...args]);
}

async function startProcess(args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const pid = child.pid as number;
  return {
    url: await readyUrl(child),
    pid,
    cpuSeconds() {
      // Fields 14 and 15, counted from behind the name, which may hold blanks.
      const fields = procFile(pid, "stat")?.split(") ").at(-1)?.split(" ");
      return fields && (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    },
    rssBytes() {
      const kib = /VmRSS:\s+(\d+)/.exec(procFile(pid, "status") ?? "")?.[1];
      return kib === undefined ? undefined : Number(kib) * 1024;
    },
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

function procFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return undefined;
  }
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const timer = setTimeout(() => child.kill("SIGKILL"), READY_DEADLINE_MS);
  try {
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      const url = /\b[a-z]+:\/\/\S+/.exec(line)?.[0];
      if (url !== undefined) return url;
    }
  } finally {
    clearTimeout(timer);
    child.stdout?.resume();
  }
  throw new Error(`${child.spawnargs.slice(1).join(" ")} ended before it was ready`);
}

/** Runs a load client until it is done. */
export async function runLoad(job: Omit<LoadJob, "eventsFile">, events: readonly Uint8Array[]): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-client-"));
  const eventsFile = join(folder, "events.ndjson");
  const jobFile = join(folder, "job.json");
  writeFileSync(eventsFile, events.map((event) => `${Buffer.from(event)}\n`).join(""));
  writeFileSync(jobFile, JSON.stringify({ ...job, eventsFile } satisfies LoadJob));
  try {
    return await runScript<LoadResult>("load-client", jobFile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a script of this folder to its end; what it printed is its result. @throws {Error} when it failed. */
export async function runScript<T>(name: string, ...args: readonly string[]): Promise<T> {
  const child = spawn(process.execPath, [script(name), ...args], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
  return JSON.parse(output) as T;
}
