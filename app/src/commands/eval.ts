/** `sluice eval`: how well decisions fit the labels of a file, by source and category, with intervals. */
import type { Engine } from "@sluice/engine";
import type { Command } from "commander";
import { evaluate, type GroupReport, type Judgement, RESAMPLES } from "../evaluation/evaluation.ts";
import { evaluationTable } from "../evaluation/evaluation-table.ts";
import { readLabelled } from "../evaluation/labelled-record.ts";
import { EXIT, UsageError } from "../exit.ts";
import { type Line, openLines } from "../line-reader.ts";
import { lineWriter } from "../line-writer.ts";
import { offlineEngine } from "../offline.ts";
import { type Progress, startProgress } from "../progress.ts";
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
  const input = openLines(file, shell);
  const engine = await offlineEngine(flags);
  const progress = startProgress(shell, { label: "evaluating", total: input.sizeBytes });
  const judgements: Judgement[] = [];
  const faults: string[] = [];
  let unlabelledCount = 0;
  for await (const lines of input.lines) {
    for (const line of lines) {
      const judged = judgeLine(engine, line);
      if (judged === "unlabelled") unlabelledCount += 1;
      else if (typeof judged === "string") faults.push(judged);
      else judgements.push(judged);
    }
    progress.update(input.readBytes());
  }
  progress.stop();
  await engine.stop();
  if (judgements.length === 0)
    throw new UsageError(`no labelled record in the input${faults[0] ? ` (${faults[0]})` : ""}`);
  const groups = withIntervals(judgements, shell);
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

function withIntervals(judgements: readonly Judgement[], shell: Shell): GroupReport[] {
  let progress: Progress | undefined;
  const groups = evaluate(judgements, RESAMPLES, (done, total) => {
    progress ??= startProgress(shell, { label: "intervals", total });
    progress.update(done);
  });
  progress?.stop();
  return groups;
}

/** @returns a fault in words when the line is no record or no event. */
function judgeLine(engine: Engine, line: Line): Judgement | "unlabelled" | `line ${number}: ${string}` {
  const record = readLabelled(line);
  if ("message" in record) return `line ${line.number}: ${record.message}`;
  const answer = engine.evaluate(record.event);
  if ("reason" in answer) return `line ${line.number}: ${answer.message}`;
  const { label, category, source } = record;
  if (label === undefined) return "unlabelled";
  const { risk, action } = answer.decision;
  return { label, category, source, risk, isFlagged: action !== "allow" };
}

const FAULTS_SHOWN = 10;
