/** `sluice serve` and the open-loop client as child processes, on data folders of their own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Resident set size in bytes; undefined where the system does not tell (only Linux does). */
  rssBytes(): number | undefined;
  stop(): Promise<void>;
}

export async function startServer(): Promise<ServerProcess> {
  const data = mkdtempSync(join(tmpdir(), "sluice-bench-"));
  const child = spawn(process.execPath, ["app/bin/sluice.mjs", "serve", "--port", "0", "--data", data], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await readyUrl(child);
  return {
    url,
    pid: child.pid as number,
    rssBytes() {
      try {
        const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1];
        return kib === undefined ? undefined : Number(kib) * 1024;
      } catch {
        return undefined;
      }
    },
    async stop() {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await exited;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const url = /https?:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error("sluice serve ended before it was ready");
}

export interface LoadSummary {
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  readonly latencyMs: Readonly<Record<"p50" | "p90" | "p99" | "p999" | "max", number>>;
}

/** Runs the open-loop client against a path of the server until it is done. */
export async function runClient(
  url: string,
  perSecond: number,
  seconds: number,
  bodies: readonly Uint8Array[],
): Promise<LoadSummary> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-client-"));
  const bodyFile = join(folder, "bodies.ndjson");
  writeFileSync(bodyFile, bodies.map((body) => `${Buffer.from(body).toString()}\n`).join(""));
  const script = fileURLToPath(new URL("open-loop.js", import.meta.url));
  const child = spawn(process.execPath, [script, url, String(perSecond), String(seconds), bodyFile], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  await new Promise((resolve) => child.once("exit", resolve));
  rmSync(folder, { recursive: true, force: true });
  return JSON.parse(output) as LoadSummary;
}
