/** `sluice policy`: finds what in a policy cannot happen, and reads cgcp's policy file into ours. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { EngineError } from "@sluice/engine";
import { formatFinding, importCgcp, type LintFinding, lintPolicy, type PolicyDocument } from "@sluice/policy";
import type { Command } from "commander";
import { EXIT, UsageError } from "../exit.ts";
import { fileWriter, lineWriter } from "../line-writer.ts";
import { openPack } from "../pack.ts";
import { readPolicy } from "../policy.ts";
import type { Shell } from "../shell.ts";
import { examples } from "./options.ts";

interface LintFlags {
  readonly pack?: string;
}

interface ImportFlags {
  readonly out?: string;
}

export function addPolicy(program: Command, shell: Shell): void {
  const policy = examples(
    program.command("policy").description("policies: lint, import"),
    "sluice policy lint policy.yaml",
  );
  const lint = policy
    .command("lint")
    .description(
      "find thresholds no score reaches, tiers that never differ, actions that never happen; exits 1 on a warning",
    )
    .argument("<file|preset>", "a policy file, or one of our presets")
    .option("--pack <file>", "pack whose scores are gone through, or `rules` (default: rules and trained model)")
    .action((name: string, flags: LintFlags) => lintCommand(name, flags, shell));
  examples(lint, "sluice policy lint policy.yaml", "sluice policy lint cgcp");
  const imports = policy
    .command("import")
    .description("turn cgcp's policy_map.yaml into a policy of ours, which decides as the original does")
    .argument("<file>", "cgcp's policy file")
    .option("--out <file>", "write there instead of stdout")
    .action((file: string, flags: ImportFlags) => importCommand(file, flags, shell));
  examples(imports, "sluice policy import policy_map.yaml --out policy.yaml");
}

async function lintCommand(name: string, { pack }: LintFlags, shell: Shell): Promise<void> {
  let document: PolicyDocument;
  try {
    document = readPolicy(name);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== "policy-invalid") throw error;
    shell.stderr.write(`${error.message}\n`); // a policy that is none is the gravest finding
    shell.exit(EXIT.finding);
    return;
  }
  const findings = lintPolicy(document, openPack(pack).pack);
  const out = lineWriter(shell.stdout);
  for (const finding of findings)
    await out.write(shell.stdout.isTTY ? formatFinding(finding) : JSON.stringify(finding));
  if (shell.stdout.isTTY) await out.write(summary(findings));
  await out.close();
  shell.exit(findings.some(({ severity }) => severity === "warning") ? EXIT.finding : EXIT.success);
}

async function importCommand(file: string, { out: path }: ImportFlags, shell: Shell): Promise<void> {
  const policy = importCgcp(readText(file), basename(file));
  const out = path === undefined ? lineWriter(shell.stdout) : fileWriter(path);
  await out.write(policy.trimEnd());
  await out.close();
  if (path !== undefined) shell.stderr.write(`wrote ${path}; look it over with: sluice policy lint ${path}\n`);
  shell.exit(EXIT.success);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as Error).message}`, { cause: error });
  }
}

function summary(findings: readonly LintFinding[]): string {
  const warnings = findings.filter(({ severity }) => severity === "warning").length;
  return findings.length === 0
    ? "everything in this policy can happen"
    : `${warnings} warnings, ${findings.length - warnings} notes`;
}
