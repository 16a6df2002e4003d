/**
 * A real nats-server for tests, on a free loopback port, with a configuration of its own: it can be killed without
 * warning and started again on the same port and store. It listens nowhere else, and its store is the test's alone.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface NatsServerOptions {
  /** Further lines of its configuration: authorization, limits. Must not set `listen` or `jetstream`. */
  readonly config?: string;
  /** Default true. */
  readonly hasJetStream?: boolean;
  /** Lines within the `jetstream` block, e.g. `max_file_store: 1MB`. */
  readonly jetStreamConfig?: string;
  /** Folder of the store, kept by `stop`. Default: a temporary one that `stop` removes. */
  readonly storeDir?: string;
  /** Default: any free one. */
  readonly port?: number;
}
export interface NatsServer {
  /** `nats://127.0.0.1:<port>`; the same after a restart. */
  readonly url: string;
  readonly port: number;
  readonly storeDir: string;
  /** What the running process logged so far. */
  log(): string;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** Starts again on the same port and store; ends what still runs first. Resolves when it takes connections. */
  restart(): Promise<void>;
  /** Holds the process still, its connections open, until `resume`: a server that hangs. */
  pause(): void;
  resume(): void;
  /** Ends it and removes what it left in temporary folders. Idempotent. */
  stop(): Promise<void>;
}

/** Debian keeps it where an ordinary user's path does not look. */
const PROGRAMS = ["nats-server", "/usr/sbin/nats-server"];
const program = PROGRAMS.find((name) => spawnSync(name, ["--version"]).status === 0);

export const isNatsServerThere = (): boolean => program !== undefined;
/** For the names of tests that are skipped: empty when they are not. */
export const natsSkipNote = isNatsServerThere() ? "" : " (skipped: nats-server is not installed)";

const START_DEADLINE_MS = 20_000;

/** @throws {Error} with the server's log when it does not come up, such as on a fault of `config`. */
export async function startNatsServer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-nats-"));
  const storeDir = options.storeDir ?? join(folder, "store");
  let port = options.port ?? -1; // the server takes a free one
  let running: Process | undefined;

  async function launch(): Promise<void> {
    const file = join(folder, "nats-server.conf");
    writeFileSync(file, configText(options, port, storeDir));
    running = startProcess(file);
    port = await running.ready;
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    await running?.end(signal);
    running = undefined;
  }
  try {
    await launch();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    storeDir,
    log: () => running?.log() ?? "",
    kill: () => end("SIGKILL"),
    async restart() {
      await end("SIGKILL");
      await launch();
    },
    pause: () => void running?.child.kill("SIGSTOP"),
    resume: () => void running?.child.kill("SIGCONT"),
    async stop() {
      await end("SIGKILL"); // a stopped store is a killed store: nothing here may need a soft end
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configText(options: NatsServerOptions, port: number, storeDir: string): string {
  const { config = "", hasJetStream = true, jetStreamConfig = "" } = options;
  const jetStream = hasJetStream ? `jetstream {\n  store_dir: ${JSON.stringify(storeDir)}\n${jetStreamConfig}\n}` : "";
  return `listen: "127.0.0.1:${port}"\n${jetStream}\n${config}\n`;
}

interface Process {
  readonly child: ChildProcess;
  /** Resolves with its port when it takes connections. */
  readonly ready: Promise<number>;
  log(): string;
  end(signal: NodeJS.Signals): Promise<void>;
}

function startProcess(configFile: string): Process {
  if (program === undefined) throw new Error("nats-server is not installed: apt-get install nats-server");
  const child = spawn(program, ["-c", configFile], { stdio: ["ignore", "ignore", "pipe"] });
  const closed = once(child, "close");
  let log = "";
  const ready = new Promise<number>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`nats-server ${why}:\n${log}`));
    const timer = setTimeout(() => fail(`was not ready within ${START_DEADLINE_MS} ms`), START_DEADLINE_MS);
    child.stderr.on("data", (chunk) => {
      log += chunk;
      if (!log.includes("Server is ready")) return;
      clearTimeout(timer);
      resolve(Number(/client connections on 127\.0\.0\.1:(\d+)/.exec(log)?.[1]));
    });
    closed.then(() => {
      clearTimeout(timer);
      fail("ended");
    });
  });
  ready.catch(() => {}); // told by whoever awaits it
  return {
    child,
    ready,
    log: () => log,
    async end(signal) {
      child.kill(signal);
      await closed;
    },
  };
}
