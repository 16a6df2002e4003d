/** `sluice score`: one line a record with its risk and scores, for judging the detector with other tools. */
import { systemClock } from "@sluice/engine";
import type { Command } from "commander";
import { readLabelled } from "../evaluation/labelled-record.ts";
import { EXIT } from "../exit.ts";
import { openLines } from "../line-reader.ts";
import { lineWriter } from "../line-writer.ts";
import { offlineEngine } from "../offline.ts";
import { startProgress } from "../progress.ts";
import type { Shell } from "../shell.ts";
import { examples, type OfflineFlags, withOfflineOptions } from "./options.ts";

export function addScore(program: Command, shell: Shell): void {
  const command = program
    .command("score")
    .description("score each record of a file at tier general: id, risk, scores, action, us (microseconds)")
    .argument("<file>", "NDJSON of events or of {id, text, role}; - for stdin")
    .action((file: string, flags: OfflineFlags) => score(file, flags, shell));
  examples(
    withOfflineOptions(command),
    "sluice score labelled.jsonl > scores.jsonl",
    "sluice simulate | sluice score -",
  );
}

async function score(file: string, flags: OfflineFlags, shell: Shell): Promise<void> {
  const input = openLines(file, shell);
  const engine = await offlineEngine(flags);
  const out = lineWriter(shell.stdout);
  const progress = startProgress(shell, { label: "scoring", total: input.sizeBytes });
  let refusedCount = 0;
  const refuse = (line: number, message: string) => {
    refusedCount += 1;
    shell.stderr.write(`${JSON.stringify({ type: "rejected", line, message })}\n`);
  };
  try {
    for await (const lines of input.lines) {
      for (const line of lines) {
        const record = readLabelled(line);
        if ("message" in record) {
          refuse(record.line, record.message);
          continue;
        }
        const event = Buffer.from(JSON.stringify(record.event)); // not timed: a caller has its event as bytes
        const startedUs = systemClock.monotonicUs();
        const answer = engine.evaluate(event);
        const us = Math.round(systemClock.monotonicUs() - startedUs);
        if ("reason" in answer) {
          refuse(line.number, answer.message);
          continue;
        }
        const { risk, scores, action } = answer.decision;
        await out.write(JSON.stringify({ id: record.id, risk, scores, action, us }));
      }
      progress.update(input.readBytes());
      if (shell.stop.aborted) break;
    }
    await out.close();
  } finally {
    progress.stop();
    await engine.stop();
  }
  shell.exit(refusedCount > 0 ? EXIT.finding : EXIT.success);
}
