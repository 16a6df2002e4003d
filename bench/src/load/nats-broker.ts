/** A nats-server of our own with JetStream on files, on a free loopback port, in a temporary folder. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface NatsBroker {
  readonly url: string;
  stop(): Promise<void>;
}

/** Debian keeps it where an ordinary user's path does not look. */
const PROGRAMS = ["nats-server", "/usr/sbin/nats-server"];

/** @throws {Error} when it is not installed or does not come up. */
export async function startBroker(): Promise<NatsBroker> {
  const program = PROGRAMS.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (program === undefined) throw new Error("nats-server is not installed: apt-get install nats-server");
  const folder = mkdtempSync(join(tmpdir(), "sluice-bench-nats-"));
  const config = join(folder, "nats-server.conf");
  writeFileSync(config, `listen: "127.0.0.1:-1"\njetstream { store_dir: ${JSON.stringify(join(folder, "store"))} }\n`);
  const child = spawn(program, ["-c", config], { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(child, "exit");
  let port: string | undefined;
  for await (const line of createInterface({ input: child.stderr })) {
    port ??= /client connections on 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (line.includes("Server is ready")) break;
  }
  child.stderr.resume();
  if (port === undefined) throw new Error("nats-server ended before it was ready");
  return {
    url: `nats://127.0.0.1:${port}`,
    async stop() {
      child.kill("SIGKILL"); // its store is thrown away
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
