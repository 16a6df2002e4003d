/**
 * `sluice doctor`: looks a running system over from end to end. Exits 0 when nothing is at fault, 1 on a finding
 * (warnings count with --strict), 2 on wrong use.
 */
import { resolve } from "node:path";
import { EngineError } from "@sluice/engine";
import type { Command } from "commander";
import { type LoadedConfig, loadConfig } from "../config.ts";
import type { CheckResult } from "../doctor/check.ts";
import { type DoctorOptions, runDoctor } from "../doctor/doctor.ts";
import { openingLines, resultLines, summaryLines } from "../doctor/terminal-report.ts";
import { EXIT } from "../exit.ts";
import { type LineWriter, lineWriter } from "../line-writer.ts";
import { painter } from "../paint.ts";
import { type Progress, startProgress } from "../progress.ts";
import type { Shell } from "../shell.ts";
import { examples, serverUrl, wholeNumber } from "./options.ts";

interface Flags {
  readonly config?: string;
  readonly http?: URL;
  readonly data?: string;
  readonly nats?: string;
  readonly policy?: string;
  readonly pack?: string;
  readonly write?: true;
  readonly full?: true;
  readonly strict?: true;
  readonly timeout: number;
  readonly only?: readonly string[];
  readonly json?: true;
}

/** Roomy, so that a machine under load is not called ill. */
const LIMIT_MS = 10_000;

export function addDoctor(program: Command, shell: Shell): void {
  const command = program
    .command("doctor")
    .description("check a running system end to end; says what is at fault and what to do, exits 1 on a finding")
    .option("--http <url>", "the server (default: where serve listens by environment and --config)", serverUrl)
    .option("--data <dir>", "its data folder (default: ./.sluice)")
    .option("--nats <url>", "its broker (default: as serve has it)")
    .option("--policy <preset|file>", "its policy (default: default)")
    .option("--pack <file>", "its detector pack (default: the one that comes along)")
    .option("--config <file>", "its YAML file of settings")
    .option("--write", "also record four events of organisation sluice-doctor and follow them to the ledger")
    .option("--full", "follow the whole hash chain, however long it takes")
    .option("--strict", "exit 1 on warnings too")
    .option("--timeout <ms>", "limit of each check", wholeNumber(100, 600_000), LIMIT_MS)
    .option("--only <checks>", "only these and what they build on, separated by commas", (text) => text.split(","))
    .option("--json", "print NDJSON (always when piped)")
    .action((flags: Flags) => doctor(flags, shell));
  examples(
    command,
    "sluice doctor",
    "sluice doctor --http http://127.0.0.1:9000 --data /var/lib/sluice --policy policy.yaml --write",
    "sluice doctor --full --strict --json",
  );
}

async function doctor(flags: Flags, shell: Shell): Promise<void> {
  const out = lineWriter(shell.stdout);
  const isJson = flags.json === true || !shell.stdout.isTTY;
  const look = { columns: shell.stdout.columns ?? 80, paint: painter(shell) };
  const options = doctorOptions(flags, shell);
  await writeAll(out, isJson ? [] : openingLines(options, look));
  let progress: Progress | undefined;
  const onProgress = (done: number, total: number) => {
    progress ??= startProgress(shell, { label: "following the chain", total });
    progress.update(done);
  };
  const results: CheckResult[] = [];
  try {
    for await (const result of runDoctor({ ...options, onProgress })) {
      progress?.stop();
      const isFirst = results.at(-1)?.group !== result.group;
      results.push(result);
      await writeAll(out, isJson ? [JSON.stringify(result)] : resultLines(result, isFirst, look));
    }
  } finally {
    progress?.stop();
  }
  await writeAll(out, isJson ? [] : summaryLines(results, look));
  await out.close();
  const isFinding = results.some(({ state }) => state === "fail" || (flags.strict === true && state === "warn"));
  shell.exit(isFinding ? EXIT.finding : EXIT.success);
}

async function writeAll(out: LineWriter, lines: readonly string[]): Promise<void> {
  for (const line of lines) await out.write(line);
  await out.flush(); // a check may take seconds: what is known is shown
}

/** Everything defaults as serve has it. Flags are taken as they stand: what is wrong with one is a finding. */
function doctorOptions(flags: Flags, shell: Shell): DoctorOptions {
  const { http, data, policy, pack, nats, config: file } = flags;
  const { config, fault } = load(shell, file);
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  return {
    server: http ?? new URL(`http://${host}:${config.port}`),
    dataDir: data === undefined ? config.dataDir : resolve(data),
    policy: policy ?? config.policy,
    isPolicyGiven: policy !== undefined,
    pack: pack ?? config.pack,
    nats: nats ?? config.nats,
    configFault: fault,
    isWriting: flags.write === true,
    isFull: flags.full === true,
    limitMs: flags.timeout,
    only: flags.only,
    stop: shell.stop,
  };
}

/** Settings that serve would refuse are a finding; the other checks then go by the defaults. */
function load({ environment }: Shell, file: string | undefined): LoadedConfig & { readonly fault: string | undefined } {
  try {
    const loaded = loadConfig({ flags: {}, environment, ...(file === undefined ? {} : { file }) });
    return { ...loaded, fault: undefined };
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== "config-invalid") throw error;
    return { ...loadConfig({ flags: {}, environment: {} }), fault: error.message };
  }
}
