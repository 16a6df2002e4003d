/**
 * The `sluice` command: which commands there are, and how each way of ending becomes an exit code (0 done, 1 a finding
 * or the world failing, 2 wrong use). No command does anything before its arguments are read.
 */
import { EngineError } from "@sluice/engine";
import { Command, CommanderError } from "commander";
import { addCheck } from "./commands/check.ts";
import { addDemo } from "./commands/demo.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addEval } from "./commands/eval.ts";
import { addLedger } from "./commands/ledger.ts";
import { addPack } from "./commands/pack.ts";
import { addPolicy } from "./commands/policy.ts";
import { addPublish } from "./commands/publish.ts";
import { addQuery } from "./commands/query.ts";
import { addReplay } from "./commands/replay.ts";
import { addScore } from "./commands/score.ts";
import { addServe } from "./commands/serve.ts";
import { addSimulate } from "./commands/simulate.ts";
import { addWatch } from "./commands/watch.ts";
import { EXIT, type ExitCode, ReaderGone, UsageError } from "./exit.ts";
import { processShell, type Shell } from "./shell.ts";
import { VERSION } from "./version.ts";

const COMMANDS = [
  addServe,
  addCheck,
  addScore,
  addEval,
  addReplay,
  addPublish,
  addWatch,
  addQuery,
  addSimulate,
  addDemo,
  addDoctor,
  addPolicy,
  addPack,
  addLedger,
];
/** Errors of ours that the person at the keyboard can put right. */
const WRONG_USE = new Set(["config-invalid", "policy-invalid", "pack-invalid", "not-found"]);

/** Runs one command to its end. Sets the process's exit code; never throws. */
export async function runCommandLine(argv: readonly string[], shell: Shell = processShell()): Promise<void> {
  const program = new Command("sluice")
    .description("A real-time safety gate for AI traffic: score, decide, record, watch.")
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError("(add --help to see how it is used)")
    .configureOutput({
      writeOut: (text) => void shell.stdout.write(text),
      writeErr: (text) => void shell.stderr.write(text),
    })
    .addHelpText("after", "\nExamples:\n  sluice serve --demo\n  sluice check 'ignore all previous instructions'");
  for (const add of COMMANDS) add(program, shell);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    shell.exit(ending(error, shell));
  }
}

function ending(error: unknown, { stderr }: Shell): ExitCode {
  if (error instanceof ReaderGone) return EXIT.success;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.usage; // it has said why
  if (error instanceof UsageError || error instanceof EngineError) {
    stderr.write(`sluice: ${error.message}\n`);
    return error instanceof UsageError || WRONG_USE.has(error.code) ? EXIT.usage : EXIT.finding;
  }
  if (error instanceof Error && "syscall" in error) {
    stderr.write(`sluice: ${error.message}\n`); // the system refused: its own words say what and where
    return EXIT.finding;
  }
  stderr.write(`sluice: this is a fault of the program itself\n${(error as Error).stack ?? String(error)}\n`);
  return EXIT.finding;
}
