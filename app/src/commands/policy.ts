/** `sluice policy`: finds what in a policy cannot happen, and reads cgcp's policy file into ours. */
import { EngineError } from "@sluice/engine";
import { formatFinding, type LintFinding, lintPolicy, type PolicyDocument } from "@sluice/policy";
import type { Command } from "commander";
import { EXIT } from "../exit.ts";
import { lineWriter } from "../line-writer.ts";
import { openPack } from "../pack.ts";
import { readPolicy } from "../policy.ts";
import type { Shell } from "../shell.ts";
import { examples } from "./options.ts";

interface LintFlags {
  readonly pack?: string;
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
    .option("--pack <file>", "pack whose scores are gone through (default: the one that comes along)")
    .action((name: string, flags: LintFlags) => lintCommand(name, flags, shell));
  examples(lint, "sluice policy lint policy.yaml", "sluice policy lint cgcp");
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

function summary(findings: readonly LintFinding[]): string {
  const warnings = findings.filter(({ severity }) => severity === "warning").length;
  return findings.length === 0
    ? "everything in this policy can happen"
    : `${warnings} warnings, ${findings.length - warnings} notes`;
}
