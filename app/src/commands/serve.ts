/** `sluice serve`: the whole system in one process, until SIGINT or SIGTERM; then it drains and leaves with 0. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Alert } from "@sluice/engine";
import type { Command } from "commander";
import { type Flags as ConfigFlags, loadConfig } from "../config.ts";
import { EXIT, UsageError } from "../exit.ts";
import { createLogger, type Logger } from "../logger.ts";
import { policyFile } from "../policy.ts";
import { type PolicyWatch, watchPolicy } from "../policy-watch.ts";
import type { Config } from "../settings.ts";
import type { Shell } from "../shell.ts";
import { demoSource } from "../simulate/demo-source.ts";
import { createSluice, type Sluice } from "../sluice.ts";
import { examples } from "./options.ts";

interface Flags {
  readonly config?: string;
  readonly host?: string;
  readonly port?: string;
  readonly data?: string;
  readonly policy?: string;
  readonly pack?: string;
  readonly sync?: string;
  readonly logLevel?: string;
  readonly allowHost?: string;
  readonly allowOrigin?: string;
  readonly demo?: true;
}
const DEMO_SEED = 1;

export function addServe(program: Command, shell: Shell): void {
  const command = program
    .command("serve")
    .description("take events over HTTP and WebSocket, decide, record, show; until stopped")
    .option("--config <file>", "YAML file of settings; flags and environment come before it")
    .option("--host <host>", "address to listen on, loopback only (default: 127.0.0.1)")
    .option("--port <n>", "port, 0 for any free one (default: 8080)")
    .option("--data <dir>", "folder of the ledger (default: ./.sluice)")
    .option("--policy <preset|file>", "policy; a file is watched and taken again when it changes (default: default)")
    .option("--pack <file>", "compiled detector pack (default: the one that comes along)")
    .option("--sync <mode>", "always (survives power loss), interval, os (default: interval)")
    .option("--log-level <level>", "of the log on stderr (default: info)")
    .option("--allow-host <names>", "further names this server is called by, separated by commas")
    .option("--allow-origin <origins>", "further origins whose pages may call, separated by commas")
    .option("--demo", "labelled synthetic traffic in a temporary data folder")
    .action((flags: Flags) => serve(flags, shell));
  examples(command, "sluice serve --demo", "sluice serve --data /var/lib/sluice --policy policy.yaml --port 9000");
}

async function serve(flags: Flags, shell: Shell): Promise<void> {
  if (flags.demo && flags.data !== undefined)
    throw new UsageError("--demo has its own temporary folder: leave --data out");
  const { config, notices } = loadConfig({
    flags: configFlags(flags),
    environment: shell.environment,
    ...(flags.config === undefined ? {} : { file: flags.config }),
  });
  const logger = createLogger(shell, config.logLevel);
  for (const notice of notices) logger.warn(notice);
  if (!flags.demo) return run(config, shell, logger, false);
  const dataDir = mkdtempSync(join(tmpdir(), "sluice-demo-"));
  try {
    await run({ ...config, dataDir }, shell, logger, true);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** From configuration to the end of the process. */
async function run(config: Config, shell: Shell, logger: Logger, isDemo: boolean): Promise<void> {
  const sluice = await createSluice({
    ...config,
    synthetic: isDemo,
    onAlert: (alert) => logAlert(logger, alert),
    onNotice: (notice) => logger.warn(notice),
  });
  let policyWatch: PolicyWatch | undefined;
  try {
    policyWatch = await followPolicy(config, sluice, logger);
    const url = await sluice.listen(config);
    const { engine } = sluice;
    const inForce = { policy: engine.policy.hash, pack: engine.pack.hash, data: config.dataDir, sync: config.sync };
    logger.info({ url: url.origin, ...inForce }, "ready");
    if (isDemo) void sluice.attach(demoSource(DEMO_SEED)).catch((error: Error) => logger.error(error.message));
    shell.stdout.write(`sluice ready on ${url.origin}\n${nextStep(url, isDemo)}\n`);
    await aborted(shell.stop);
    logger.info("stopping: taking no more, finishing what is in flight");
  } finally {
    await policyWatch?.close();
    await sluice.close();
  }
  logger.info("stopped; every acknowledged event is in the ledger");
  shell.exit(EXIT.success);
}

function nextStep(url: URL, isDemo: boolean): string {
  return isDemo
    ? `labelled synthetic traffic is running: open ${url.origin} in a browser; Ctrl-C stops and removes it`
    : `open ${url.origin} in a browser, or send events: sluice publish events.jsonl --http ${url.origin}`;
}

async function followPolicy({ policy }: Config, sluice: Sluice, logger: Logger): Promise<PolicyWatch | undefined> {
  const path = policyFile(policy);
  if (path === undefined) return undefined;
  const inForce = () => ({ policy: sluice.engine.policy.hash, file: path });
  return watchPolicy({
    path,
    reload: () => sluice.usePolicy(path),
    accepted: () => logger.info(inForce(), "the changed policy is in force"),
    refused: (error) =>
      logger.error({ ...inForce(), fault: error.message }, "the changed policy was refused; the old one stays"),
  });
}

function logAlert(logger: Logger, { severity, message, ...details }: Alert): void {
  if (severity === "critical") logger.error(details, message);
  else logger.warn(details, message);
}

/** Commander knows the flags by their own names, the configuration by those of its keys. */
function configFlags(flags: Flags): ConfigFlags {
  const { host, port, data, policy, pack, sync, logLevel, allowHost, allowOrigin } = flags;
  const named = {
    host,
    port,
    dataDir: data,
    policy,
    pack,
    sync,
    logLevel,
    allowedHosts: allowHost,
    allowedOrigins: allowOrigin,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) as ConfigFlags;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
