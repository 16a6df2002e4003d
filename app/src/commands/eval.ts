/** `sluice eval`: how well decisions fit the labels of a file, by source and category, with intervals. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "@sluice/engine";
import type { Command } from "commander";
import { evaluate, type GroupReport, type Judgement, RESAMPLES } from "../evaluation/evaluation.ts";
import { type EvaluationContext, evaluationReport } from "../evaluation/evaluation-report.ts";
import { evaluationTable } from "../evaluation/evaluation-table.ts";
import { type LabelledRecord, type RecordFault, readLabelled, rewritten } from "../evaluation/labelled-record.ts";
import { obfuscationReports, type Rejudge, SAMPLED_MAX, sampler } from "../evaluation/obfuscation-loss.ts";
import { reportPage } from "../evaluation/report-page.ts";
import { EXIT, UsageError } from "../exit.ts";
import { openLines } from "../line-reader.ts";
import { lineWriter } from "../line-writer.ts";
import { offlineEngine } from "../offline.ts";
import { type Progress, startProgress } from "../progress.ts";
import { seededRandom } from "../random.ts";
import type { Shell } from "../shell.ts";
import { examples, type OfflineFlags, withOfflineOptions } from "./options.ts";

interface Flags extends OfflineFlags {
  readonly json?: true;
  readonly report?: string;
}

export function addEval(program: Command, shell: Shell): void {
  const command = program
    .command("eval")
    .description("recall, false alarms, AUROC and AUPRC at tier general; flagged means more than allow")
    .argument("<file>", "NDJSON of labelled records or of simulated events; - for stdin")
    .option("--json", "one JSON object with everything (piped output is one line a group)")
    .option("--report <dir>", "write report.json and report.html: curves, false alarms by source, rewritten text")
    .action((file: string, flags: Flags) => evaluateFile(file, flags, shell));
  examples(
    withOfflineOptions(command),
    "sluice eval labelled.jsonl",
    "sluice eval labelled.jsonl --policy cgcp --json",
    "sluice eval labelled.jsonl --report evaluation",
    "sluice simulate --events 5000 | sluice eval -",
  );
}

async function evaluateFile(file: string, flags: Flags, shell: Shell): Promise<void> {
  const engine = await offlineEngine(flags);
  const judged = await judgeFile(file, engine, shell);
  const { judgements, faults, unlabelledCount } = judged;
  if (judgements.length === 0)
    throw new UsageError(`no labelled record in the input${faults[0] ? ` (${faults[0]})` : ""}`);
  const groups = withIntervals(judgements, shell);
  const hashes = { policy: engine.policy.hash, pack: engine.pack.hash, tier: "general" };
  const context = { ...hashes, records: judgements.length, unlabelled: unlabelledCount, faults };
  if (flags.report !== undefined) writeReport(flags.report, context, judged, groups, shell);
  await engine.stop();
  const out = lineWriter(shell.stdout);
  if (flags.json) await out.write(JSON.stringify({ ...context, groups }));
  else {
    const lines = shell.stdout.isTTY ? evaluationTable(groups) : groups.map((group) => JSON.stringify(group));
    for (const line of lines) await out.write(line);
  }
  await out.close();
  if (unlabelledCount > 0) shell.stderr.write(`${unlabelledCount} records without a label were left out\n`);
  for (const fault of faults.slice(0, FAULTS_SHOWN)) shell.stderr.write(`left out: ${fault}\n`);
  if (faults.length > FAULTS_SHOWN) shell.stderr.write(`left out: ${faults.length - FAULTS_SHOWN} more\n`);
  shell.exit(faults.length > 0 ? EXIT.finding : EXIT.success);
}

interface Judged {
  readonly judgements: readonly Judgement[];
  readonly faults: readonly string[];
  readonly unlabelledCount: number;
  /** A sample of the labelled records, as many of each label at most, to be judged again. */
  readonly sampled: readonly Rejudge[];
}

async function judgeFile(file: string, engine: Engine, shell: Shell): Promise<Judged> {
  const input = openLines(file, shell);
  const progress = startProgress(shell, { label: "evaluating", total: input.sizeBytes });
  const judgements: Judgement[] = [];
  const faults: string[] = [];
  const samples = {
    unsafe: sampler<LabelledRecord>(SAMPLED_MAX, seededRandom(1)),
    safe: sampler<LabelledRecord>(SAMPLED_MAX, seededRandom(2)),
  };
  let unlabelledCount = 0;
  for await (const lines of input.lines) {
    for (const line of lines) {
      const record = readLabelled(line);
      const judged = judge(engine, record);
      if (judged === "unlabelled") unlabelledCount += 1;
      else if (typeof judged === "string") faults.push(`line ${line.number}: ${judged}`);
      else {
        judgements.push(judged);
        samples[judged.label].offer(record as LabelledRecord);
      }
    }
    progress.update(input.readBytes());
  }
  progress.stop();
  const sampled = [...samples.unsafe.items, ...samples.safe.items].map((record): Rejudge => {
    return (rewrite) => {
      const judged = judge(engine, rewritten(record, rewrite));
      return typeof judged === "string" ? undefined : judged;
    };
  });
  return { judgements, faults, unlabelledCount, sampled };
}

function writeReport(
  directory: string,
  context: EvaluationContext,
  { judgements, sampled }: Judged,
  groups: readonly GroupReport[],
  shell: Shell,
): void {
  let progress: Progress | undefined;
  const obfuscation = obfuscationReports(sampled, (done, total) => {
    progress ??= startProgress(shell, { label: "rewriting", total });
    progress.update(done);
  });
  progress?.stop();
  const report = evaluationReport(context, judgements, groups, obfuscation);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(directory, "report.html"), reportPage(report));
  shell.stderr.write(`wrote ${join(directory, "report.json")} and report.html\n`);
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
function judge(engine: Engine, record: LabelledRecord | RecordFault): Judgement | string {
  if ("message" in record) return record.message;
  const answer = engine.evaluate(record.event);
  if ("reason" in answer) return answer.message;
  const { label, category, source } = record;
  if (label === undefined) return "unlabelled";
  const { risk, action } = answer.decision;
  return { label, category, source, risk, isFlagged: action !== "allow" };
}

const FAULTS_SHOWN = 10;
