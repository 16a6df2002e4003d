/**
 * `sluice replay`: decides a file of events again, offline: `decided_at` is the event time, `latency_us` 0, state
 * starts empty, file order. Two runs give the same bytes. A repeat is answered as first and not printed again.
 */
import { type Engine, type IngestOutcome, volatileLedger } from "@sluice/engine";
import type { Command } from "commander";
import { decisionLine } from "../decision-line.ts";
import { EXIT } from "../exit.ts";
import { type Line, openLines } from "../line-reader.ts";
import { fileWriter, lineWriter } from "../line-writer.ts";
import { offlineEngine } from "../offline.ts";
import { startProgress } from "../progress.ts";
import type { Shell } from "../shell.ts";
import { examples, type OfflineFlags, withOfflineOptions } from "./options.ts";

interface Flags extends OfflineFlags {
  readonly out?: string;
}
/** A repeat further from its first than this many events is decided as a new one; it bounds the memory. */
const REPEAT_DISTANCE_MAX = 250_000;

export function addReplay(program: Command, shell: Shell): void {
  const command = program
    .command("replay")
    .description("decide a file of events again, offline; the same file and policy give the same bytes")
    .argument("<file>", "NDJSON of events, as `/ingest` takes them; - for stdin")
    .option("--out <file>", "write the decisions there instead of stdout")
    .action((file: string, flags: Flags) => replay(file, flags, shell));
  examples(
    withOfflineOptions(command),
    "sluice replay events.jsonl > decisions.jsonl",
    "sluice replay events.jsonl --policy stricter.yaml --out decisions.jsonl",
  );
}

async function replay(file: string, flags: Flags, shell: Shell): Promise<void> {
  const input = openLines(file, shell);
  const engine = await offlineEngine({ ...flags, ledger: volatileLedger(REPEAT_DISTANCE_MAX) });
  const out = flags.out === undefined ? lineWriter(shell.stdout) : fileWriter(flags.out);
  const forPeople = flags.out === undefined && shell.stdout.isTTY === true;
  const progress = startProgress(shell, { label: "replaying", total: forPeople ? undefined : input.sizeBytes });
  const totals = { decisions: 0, repeats: 0, rejected: 0 };

  async function take(line: number, outcome: Pick<IngestOutcome, "decisions" | "rejected">): Promise<void> {
    for (const { decision, json, duplicate } of outcome.decisions) {
      if (duplicate) totals.repeats += 1;
      else {
        totals.decisions += 1;
        await out.write(forPeople ? decisionLine(decision) : json);
      }
    }
    for (const rejection of outcome.rejected) {
      totals.rejected += 1;
      shell.stderr.write(`${JSON.stringify({ type: "rejected", line, ...rejection })}\n`);
    }
  }

  try {
    for await (const lines of input.lines) {
      for (let at = 0; at < lines.length; at += WAITING_MAX) {
        const group = lines.slice(at, at + WAITING_MAX);
        const outcomes = await Promise.all(group.map((line) => decideLine(engine, line)));
        for (const [index, outcome] of outcomes.entries()) await take(group[index]?.number ?? 0, outcome);
      }
      progress.update(input.readBytes());
      if (shell.stop.aborted) break;
    }
    await out.close();
  } finally {
    progress.stop();
    await engine.stop();
  }
  const { decisions, repeats, rejected } = totals;
  shell.stderr.write(`replayed: ${decisions} decisions, ${repeats} repeats, ${rejected} rejected\n`);
  shell.exit(EXIT.success);
}

/** Lines given to the engine at a time. */
const WAITING_MAX = 256;

const decideLine = async (engine: Engine, { bytes, refusal }: Line) =>
  refusal === undefined ? engine.ingest(bytes) : { decisions: [], rejected: [refusal] };
