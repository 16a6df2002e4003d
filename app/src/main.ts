/**
 * The `sluice` command: which commands there are, and how each way of ending becomes an exit code (0 done, 1 a finding
 * or the world failing, 2 wrong use). No command does anything before its arguments are read.
 */
import { EngineError } from "@sluice/engine";
import { Command, CommanderError } from "commander";
import { EXIT, type ExitCode, ReaderGone, UsageError } from "./exit.ts";
import { processShell, type Shell } from "./shell.ts";
import { VERSION } from "./version.ts";

type AddCommand = (program: Command, shell: Shell) => void;
/** In the order of the help. Loaded by name when asked for: all of them together take twice as long. */
const COMMANDS: Readonly<Record<string, () => Promise<AddCommand>>> = {
  serve: async () => (await import("./commands/serve.ts")).addServe,
  check: async () => (await import("./commands/check.ts")).addCheck,
  score: async () => (await import("./commands/score.ts")).addScore,
  eval: async () => (await import("./commands/eval.ts")).addEval,
  replay: async () => (await import("./commands/replay.ts")).addReplay,
  publish: async () => (await import("./commands/publish.ts")).addPublish,
  watch: async () => (await import("./commands/watch.ts")).addWatch,
  query: async () => (await import("./commands/query.ts")).addQuery,
  simulate: async () => (await import("./commands/simulate.ts")).addSimulate,
  demo: async () => (await import("./commands/demo.ts")).addDemo,
  doctor: async () => (await import("./commands/doctor.ts")).addDoctor,
  policy: async () => (await import("./commands/policy.ts")).addPolicy,
  pack: async () => (await import("./commands/pack.ts")).addPack,
  ledger: async () => (await import("./commands/ledger.ts")).addLedger,
};
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
  try {
    for (const load of asked(argv[2])) (await load())(program, shell);
    await program.parseAsync([...argv]);
  } catch (error) {
    shell.exit(ending(error, shell));
  }
}

/** The command that is named; all of them for the help, and where none is of that name. */
function asked(name = ""): readonly (() => Promise<AddCommand>)[] {
  if (name === "--version" || name === "-V") return [];
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return load === undefined ? Object.values(COMMANDS) : [load];
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
