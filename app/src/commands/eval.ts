/** `sluice eval`: how well decisions fit the labels of a file, by source and category, with intervals. */
import type { Command } from "commander";
import { evaluate, type Judgement } from "../evaluation/evaluation.ts";
import { evaluationTable } from "../evaluation/evaluation-table.ts";
import { readLabelled } from "../evaluation/labelled-record.ts";
import { EXIT, UsageError } from "../exit.ts";
import { openLines } from "../line-reader.ts";
import { lineWriter } from "../line-writer.ts";
import { offlineEngine } from "../offline.ts";
import { startProgress } from "../progress.ts";
import type { Shell } from "../shell.ts";
import { examples, type OfflineFlags, withOfflineOptions } from "./options.ts";

interface Flags extends OfflineFlags {
  readonly json?: true;
}

export function addEval(program: Command, shell: Shell): void {
  const command = program
    .command("eval")
    .description("recall, false alarms, AUROC and AUPRC at tier general; flagged means more than allow")
    .argument("<file>", "NDJSON of labelled records or of simulated events; - for stdin")
    .option("--json", "one JSON object with everything (piped output is one line a group)")
    .action((file: string, flags: Flags) => evaluateFile(file, flags, shell));
  examples(
    withOfflineOptions(command),
    "sluice eval labelled.jsonl",
    "sluice eval labelled.jsonl --policy cgcp --json",
    "sluice simulate --events 5000 | sluice eval -",
  );
}

async function evaluateFile(file: string, flags: Flags, shell: Shell): Promise<void> {
  const engine = await offlineEngine(flags);
  const input = openLines(file, shell);
  const progress = startProgress(shell, { label: "evaluating", total: input.sizeBytes });
  const judgements: Judgement[] = [];
  const faults: string[] = [];
  let unlabelledCount = 0;
  for await (const lines of input.lines) {
    for (const line of lines) {
      const record = readLabelled(line);
      const answer = "message" in record ? record : engine.evaluate(record.event);
      if ("message" in answer || "message" in record)
        faults.push(`line ${line.number}: ${"message" in answer ? answer.message : ""}`);
      else if (record.label === undefined) unlabelledCount += 1;
      else {
        const { label, category, source } = record;
        judgements.push({
          label,
          category,
          source,
          risk: answer.decision.risk,
          isFlagged: answer.decision.action !== "allow",
        });
      }
    }
    progress.update(input.readBytes());
  }
  progress.stop();
  await engine.stop();
  if (judgements.length === 0)
    throw new UsageError(`no labelled record in the input${faults[0] ? ` (${faults[0]})` : ""}`);
  const groups = evaluate(judgements);
  const out = lineWriter(shell.stdout);
  if (flags.json) {
    const context = { policy: engine.policy.hash, pack: engine.pack.hash, tier: "general" };
    await out.write(
      JSON.stringify({ ...context, records: judgements.length, unlabelled: unlabelledCount, faults, groups }),
    );
  } else {
    const lines = shell.stdout.isTTY ? evaluationTable(groups) : groups.map((group) => JSON.stringify(group));
    for (const line of lines) await out.write(line);
  }
  await out.close();
  if (unlabelledCount > 0) shell.stderr.write(`${unlabelledCount} records without a label were left out\n`);
  for (const fault of faults.slice(0, FAULTS_SHOWN)) shell.stderr.write(`left out: ${fault}\n`);
  if (faults.length > FAULTS_SHOWN) shell.stderr.write(`left out: ${faults.length - FAULTS_SHOWN} more\n`);
  shell.exit(faults.length > 0 ? EXIT.finding : EXIT.success);
}

const FAULTS_SHOWN = 10;
