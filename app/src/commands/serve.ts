/** `sluice serve`: the whole system in one process, until SIGINT or SIGTERM; then it drains and leaves with 0. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Alert, Log } from "@sluice/engine";
import type { Command } from "commander";
import { type Flags as ConfigFlags, loadConfig } from "../config.ts";
import { EXIT, UsageError } from "../exit.ts";
import { createLogger } from "../logger.ts";
import { policyFile } from "../policy.ts";
import { type PolicyWatch, watchPolicy } from "../policy-watch.ts";
import { noteOpinions, openSecondOpinion } from "../second-opinion.ts";
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
  readonly server?: string;
  readonly allowHost?: string;
  readonly allowOrigin?: string;
  readonly wsSource?: string;
  readonly nats?: string;
  readonly analytics?: string;
  readonly analyticsRowsMax?: string;
  readonly secondOpinion?: string;
  readonly secondOpinionUrl?: string;
  readonly secondOpinionModel?: string;
  readonly secondOpinionKeyEnv?: string;
  readonly secondOpinionTimeout?: string;
  readonly secondOpinionPerMinute?: string;
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
    .option("--pack <file>", "compiled detector pack, or `rules` for rules without the trained model (default: both)")
    .option("--sync <mode>", "always (survives power loss), interval, os (default: interval)")
    .option("--log-level <level>", "of the log on stderr (default: info)")
    .option("--server <adapter>", "uws, node, or auto: uws where it can run, else node (default: auto)")
    .option("--allow-host <names>", "further names this server is called by, separated by commas")
    .option("--allow-origin <origins>", "further origins whose pages may call, separated by commas")
    .option("--ws-source <url>", "pull events from this WebSocket too; a token is set by SLUICE_WS_SOURCE_TOKEN")
    .option(
      "--nats <url>",
      "take events from NATS and publish decisions there (better set SLUICE_NATS: it may hold a password)",
    )
    .option("--analytics <mode>", "search and SQL: auto (read at the first question), on (at the start), off")
    .option("--analytics-rows-max <n>", "decisions held as single rows; older ones by the hour (default: 1000000)")
    .option("--second-opinion <judge>", "asked where the policy says so: encoder, moderation, chat, off (default: off)")
    .option("--second-opinion-url <url>", "base of its interface, such as https://host/v1")
    .option("--second-opinion-model <name>", "model that it is asked for")
    .option("--second-opinion-key-env <name>", "environment variable that holds its key")
    .option("--second-opinion-timeout <ms>", "for one call (default: 10000)")
    .option("--second-opinion-per-minute <n>", "calls a minute at most (default: 60)")
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
  const { log } = logger;
  for (const message of notices) log({ level: "warn", event: "config-notice", message });
  const dataDir = flags.demo ? mkdtempSync(join(tmpdir(), "sluice-demo-")) : config.dataDir;
  try {
    await run({ ...config, dataDir }, shell, log, flags.demo === true);
  } finally {
    if (flags.demo) rmSync(dataDir, { recursive: true, force: true });
    logger.flush();
  }
}

/** From configuration to the end of the process. */
async function run(config: Config, shell: Shell, log: Log, isDemo: boolean): Promise<void> {
  const secondOpinion = openSecondOpinion(config, shell.environment, log);
  const sluice = await createSluice({
    ...config,
    secondOpinion,
    synthetic: isDemo,
    log,
    onAlert: (alert) => logAlert(log, alert),
    onNotice: (message) => log({ level: "warn", event: "ledger-repaired", message }),
  });
  let policyWatch: PolicyWatch | undefined;
  try {
    policyWatch = await followPolicy(config, sluice, log);
    const url = await sluice.listen(config);
    const { engine } = sluice;
    noteOpinions(engine.policy, secondOpinion, log);
    const inForce = { policy: engine.policy.hash, pack: engine.pack.hash, data: config.dataDir, sync: config.sync };
    log({ level: "info", event: "ready", message: "takes events", fields: { url: url.origin, ...inForce } });
    if (isDemo) void sluice.attach(demoSource(DEMO_SEED)).catch(() => {}); // an alert tells of it
    shell.stdout.write(`sluice ready on ${url.origin}\n${nextStep(url, isDemo)}\n`);
    await aborted(shell.stop);
    log({ level: "info", event: "stopping", message: "taking no more, finishing what is in flight" });
  } finally {
    await policyWatch?.close();
    await sluice.close();
  }
  log({ level: "info", event: "stopped", message: "every acknowledged event is in the ledger" });
  shell.exit(EXIT.success);
}

function nextStep(url: URL, isDemo: boolean): string {
  return isDemo
    ? `labelled synthetic traffic is running: open ${url.origin} in a browser; Ctrl-C stops and removes it`
    : `open ${url.origin} in a browser, or send events: sluice publish events.jsonl --http ${url.origin}`;
}

async function followPolicy({ policy }: Config, sluice: Sluice, log: Log): Promise<PolicyWatch | undefined> {
  const path = policyFile(policy);
  if (path === undefined) return undefined;
  const inForce = () => ({ policy: sluice.engine.policy.hash, file: path });
  return watchPolicy({
    path,
    reload: () => sluice.usePolicy(path),
    accepted: () =>
      log({ level: "info", event: "policy-changed", message: "the changed policy is in force", fields: inForce() }),
    refused: (error) =>
      log({
        level: "error",
        event: "policy-refused",
        message: "the changed policy was refused; the old one stays",
        fields: { ...inForce(), fault: error.message },
      }),
  });
}

function logAlert(log: Log, { code, severity, message, count }: Alert): void {
  log({ level: severity === "critical" ? "error" : "warn", event: code, message, fields: { count } });
}

/** Commander knows the flags by their own names, the configuration by those of its keys. */
function configFlags(flags: Flags): ConfigFlags {
  const { host, port, data, policy, pack, sync, logLevel, allowHost, allowOrigin, wsSource, analytics } = flags;
  const named = {
    host,
    port,
    dataDir: data,
    policy,
    pack,
    sync,
    logLevel,
    server: flags.server,
    allowedHosts: allowHost,
    allowedOrigins: allowOrigin,
    wsSource,
    nats: flags.nats,
    analytics,
    analyticsRowsMax: flags.analyticsRowsMax,
    secondOpinion: flags.secondOpinion,
    secondOpinionUrl: flags.secondOpinionUrl,
    secondOpinionModel: flags.secondOpinionModel,
    secondOpinionKeyEnv: flags.secondOpinionKeyEnv,
    secondOpinionTimeoutMs: flags.secondOpinionTimeout,
    secondOpinionPerMinute: flags.secondOpinionPerMinute,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) as ConfigFlags;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
