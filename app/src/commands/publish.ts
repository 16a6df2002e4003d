/** `sluice publish`: sends a file of events to a running server, in order, each at least once and recorded once. */
import { ACTIONS, type Action, type Rejection } from "@sluice/engine";
import type { Command } from "commander";
import { EXIT } from "../exit.ts";
import { type IngestAnswer, postEvents } from "../http/post-events.ts";
import { type Line, openLines } from "../line-reader.ts";
import { lineWriter } from "../line-writer.ts";
import { createPacer } from "../pacer.ts";
import { startProgress } from "../progress.ts";
import { pause, type Shell } from "../shell.ts";
import { examples, positiveNumber, serverUrl, wholeNumber } from "./options.ts";

interface Flags {
  readonly http: URL;
  readonly batch: number;
  readonly rate?: number;
}
/** A batch stays below the payload limit of the server (8 MiB) with room to spare. */
const BATCH_BYTES_MAX = 4 * 1024 * 1024;
const UNREACHABLE_MAX_MS = 30_000;

export function addPublish(program: Command, shell: Shell): void {
  const command = program
    .command("publish")
    .description(
      "send events to a server; sends again after 429, 503 and lost connections; exits 1 when some are refused",
    )
    .argument("<file>", "NDJSON of events; - for stdin")
    .requiredOption("--http <url>", "address of the server", serverUrl)
    .option("--batch <n>", "events a request", wholeNumber(1, 10_000), 100)
    .option("--rate <r>", "events a second (default: as fast as the server takes them)", positiveNumber(1e6))
    .action((file: string, flags: Flags) => publish(file, flags, shell));
  examples(
    command,
    "sluice publish events.jsonl --http http://127.0.0.1:8080",
    "sluice simulate --events 500 | sluice publish - --http http://127.0.0.1:8080 --rate 50",
  );
}

async function publish(file: string, flags: Flags, shell: Shell): Promise<void> {
  const input = openLines(file, shell);
  const progress = startProgress(shell, { label: "publishing", total: input.sizeBytes });
  const pacer = createPacer(flags.rate);
  const totals = emptyTotals();
  const options = {
    server: flags.http,
    stop: shell.stop,
    pause,
    retrying: (reason: string, delayMs: number) =>
      void shell.stderr.write(`${reason}; trying again in ${delayMs} ms\n`),
    unreachableMaxMs: UNREACHABLE_MAX_MS,
  };
  try {
    for await (const lines of input.lines) {
      for (const line of lines) if (line.refusal !== undefined) refuse(totals, line.refusal, line, shell);
      const fitting = lines.filter(({ refusal }) => refusal === undefined);
      for (const batch of batches(fitting, flags.batch)) {
        await pacer.take(batch.length, shell.stop);
        const answer = await postEvents(
          batch.map(({ bytes }) => bytes),
          options,
        );
        if (answer !== undefined) add(totals, answer, batch, shell);
      }
      progress.update(input.readBytes());
      if (shell.stop.aborted) break;
    }
  } finally {
    progress.stop();
  }
  const out = lineWriter(shell.stdout);
  await out.write(shell.stdout.isTTY ? inWords(totals) : JSON.stringify(totals));
  await out.close();
  shell.exit(totals.rejected > 0 ? EXIT.finding : EXIT.success);
}

interface Totals {
  processed: number;
  duplicates: number;
  rejected: number;
  readonly actions: Record<Action, number>;
}
const emptyTotals = (): Totals => ({
  processed: 0,
  duplicates: 0,
  rejected: 0,
  actions: { allow: 0, warn: 0, redact: 0, escalate: 0, block: 0 },
});

function add(totals: Totals, answer: IngestAnswer, batch: readonly Line[], shell: Shell): void {
  totals.processed += answer.processed;
  totals.duplicates += answer.duplicates;
  for (const action of ACTIONS) totals.actions[action] += answer.actions[action] ?? 0;
  for (const rejection of answer.rejected) refuse(totals, rejection, batch[rejection.index], shell);
}

function refuse(totals: Totals, rejection: Rejection, line: Line | undefined, { stderr }: Shell): void {
  totals.rejected += 1;
  stderr.write(`${JSON.stringify({ type: "rejected", line: line?.number, ...rejection })}\n`);
}

function inWords({ processed, duplicates, rejected, actions }: Totals): string {
  const taken = ACTIONS.map((action) => `${action} ${actions[action]}`).join(", ");
  return `${processed} processed (${taken}), ${duplicates} of them repeats; ${rejected} refused`;
}

/** Cuts by count and by bytes; a line is never cut. */
function* batches(lines: readonly Line[], countMax: number): Generator<readonly Line[]> {
  let batch: Line[] = [];
  let bytes = 0;
  for (const line of lines) {
    if (batch.length > 0 && (batch.length === countMax || bytes + line.bytes.length > BATCH_BYTES_MAX)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += line.bytes.length;
  }
  if (batch.length > 0) yield batch;
}
