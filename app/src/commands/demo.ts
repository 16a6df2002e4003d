/**
 * `sluice demo`: labelled texts through a real engine, what came of each, and why. Nothing is scripted: exits 0 however
 * the rules did, 1 when what was recorded does not verify.
 */
import { type Command, Option } from "commander";
import { httpSystem } from "../demo/http-system.ts";
import { ledgerRecord, outcomeRecord, summaryRecord, systemRecord } from "../demo/json-report.ts";
import { type Outcome, outcomesOf } from "../demo/outcome.ts";
import { type DemoScenario, demoScenario, SCENARIO_NAMES, type ScenarioName } from "../demo/scenarios.ts";
import { type DemoSystem, type LedgerCheck, localSystem } from "../demo/system.ts";
import { closing, isSound, opening, overview, scenarioReport } from "../demo/terminal-report.ts";
import { EXIT, UsageError } from "../exit.ts";
import { type LineWriter, lineWriter } from "../line-writer.ts";
import { painter } from "../paint.ts";
import { type Progress, startProgress } from "../progress.ts";
import type { Shell } from "../shell.ts";
import { examples, type OfflineFlags, serverUrl, wholeNumber, withOfflineOptions } from "./options.ts";

interface Flags extends OfflineFlags {
  readonly scenario?: ScenarioName;
  readonly seed: number;
  readonly http?: URL;
  readonly data?: string;
  readonly json?: true;
}

export function addDemo(program: Command, shell: Shell): void {
  const command = program
    .command("demo")
    .description("send labelled texts through a real engine and show what came of each, and why")
    .addOption(new Option("--scenario <name>", "only this one (default: all)").choices(SCENARIO_NAMES))
    .option("--seed <s>", "another seed gives another baseline", wholeNumber(0, 2 ** 32 - 1), 1)
    .option("--http <url>", "send to this server instead, where everything is recorded", serverUrl)
    .option("--data <dir>", "new folder that keeps the ledger (default: a temporary one)")
    .option("--json", "print NDJSON (always when piped)")
    .action((flags: Flags, own: Command) => demo(flags, own, shell));
  examples(
    withOfflineOptions(command),
    "sluice demo",
    "sluice demo --scenario tiers --policy policy.yaml",
    "sluice demo --scenario baseline --seed 7 --json",
    "sluice demo --http http://127.0.0.1:8080",
  );
}

async function demo(flags: Flags, command: Command, shell: Shell): Promise<void> {
  const system = await systemOf(flags, command);
  const out = lineWriter(shell.stdout);
  const report = flags.json === true || !shell.stdout.isTTY ? jsonReport(out) : terminalReport(out, shell);
  try {
    await report.opening(system);
    const startMs = Date.now();
    for (const name of flags.scenario === undefined ? SCENARIO_NAMES : [flags.scenario]) {
      if (shell.stop.aborted) break;
      const scenario = demoScenario(name, { seed: flags.seed, startMs });
      const decisions = await system.record(scenario.cases.map(({ event }) => event));
      await report.scenario(scenario, outcomesOf(scenario, decisions, system.thresholds));
    }
    const check = await checkRecord(system, shell);
    await report.closing(check);
    await out.close();
    shell.exit(isSound(check) ? EXIT.success : EXIT.finding);
  } finally {
    await system.close();
  }
}

function systemOf({ http, data, policy, pack }: Flags, command: Command): Promise<DemoSystem> {
  if (http === undefined) {
    return localSystem({
      policy,
      ...(pack === undefined ? {} : { pack }),
      ...(data === undefined ? {} : { dataDir: data }),
    });
  }
  for (const option of ["policy", "pack", "data"]) {
    if (command.getOptionValueSource(option) === "cli") {
      throw new UsageError(`--http takes the server's own policy, pack and ledger: leave --${option} out`);
    }
  }
  return httpSystem(http);
}

async function checkRecord(system: DemoSystem, shell: Shell): Promise<LedgerCheck> {
  let progress: Progress | undefined;
  try {
    return await system.check((done, total) => {
      progress ??= startProgress(shell, { label: "checking the record", total });
      progress.update(done);
    });
  } finally {
    progress?.stop();
  }
}

interface Report {
  opening(system: DemoSystem): Promise<void>;
  scenario(scenario: DemoScenario, outcomes: readonly Outcome[]): Promise<void>;
  closing(check: LedgerCheck): Promise<void>;
}

function jsonReport(out: LineWriter): Report {
  const write = (record: object) => out.write(JSON.stringify(record));
  return {
    opening: (system) => write(systemRecord(system)),
    async scenario(scenario, outcomes) {
      for (const outcome of outcomes) await write(outcomeRecord(scenario, outcome));
      await write(summaryRecord(scenario, outcomes));
      await out.flush();
    },
    closing: (check) => write(ledgerRecord(check)),
  };
}

function terminalReport(out: LineWriter, shell: Shell): Report {
  const options = { columns: shell.stdout.columns ?? 80, paint: painter(shell) };
  const shown: { readonly name: ScenarioName; readonly outcomes: readonly Outcome[] }[] = [];
  const writeAll = async (lines: readonly string[]) => {
    for (const line of lines) await out.write(line);
    await out.flush(); // someone is watching
  };
  return {
    opening: (system) => writeAll(opening(system, options)),
    async scenario(scenario, outcomes) {
      shown.push({ name: scenario.name, outcomes });
      await writeAll(scenarioReport(scenario, outcomes, options));
    },
    closing: (check) => writeAll([...(shown.length > 1 ? overview(shown, options) : []), ...closing(check, options)]),
  };
}
