/**
 * `sluice publish`: sends a file of events to a running server or into a stream, in order, each at least once; it is
 * recorded once.
 */
import type { Command } from "commander";
import { EXIT } from "../exit.ts";
import { type Line, openLines } from "../line-reader.ts";
import { lineWriter } from "../line-writer.ts";
import { createPacer } from "../pacer.ts";
import { startProgress } from "../progress.ts";
import { httpSender } from "../publish/http-sender.ts";
import { natsSender } from "../publish/nats-sender.ts";
import type { Refuse, Sender } from "../publish/sender.ts";
import type { Shell } from "../shell.ts";
import { examples, positiveNumber, serverUrl, wholeNumber } from "./options.ts";
import { natsAddress, type Peer, peerOf } from "./peer.ts";

interface Flags {
  readonly http?: URL;
  readonly nats?: string;
  readonly batch: number;
  readonly inFlight: number;
  /** False by `--no-message-id`. */
  readonly messageId: boolean;
  readonly rate?: number;
}
/** A batch stays below the payload limit of the server (8 MiB) with room to spare. */
const BATCH_BYTES_MAX = 4 * 1024 * 1024;

export function addPublish(program: Command, shell: Shell): void {
  const command = program
    .command("publish")
    .description("send events to a server or to NATS, again where an answer is missing; exits 1 when some are refused")
    .argument("<file>", "NDJSON of events; - for stdin")
    .option("--http <url>", "address of the server", serverUrl)
    .option("--nats <url>", "address of the NATS server instead (or SLUICE_NATS)", natsAddress)
    .option(
      "--batch <n>",
      "events a request; over NATS events between two looks at the rate",
      wholeNumber(1, 10_000),
      100,
    )
    .option("--in-flight <n>", "over NATS: events sent and not yet acknowledged", wholeNumber(1, 65_536), 1_024)
    .option("--no-message-id", "over NATS: let a repeat reach the engine, which knows it by its ledger")
    .option("--rate <r>", "events a second (default: as fast as the other side takes them)", positiveNumber(1e6))
    .action((file: string, flags: Flags) => publish(file, flags, shell));
  examples(
    command,
    "sluice publish events.jsonl --http http://127.0.0.1:8080",
    "sluice publish events.jsonl --nats nats://127.0.0.1:4222",
    "sluice simulate --events 500 | sluice publish - --http http://127.0.0.1:8080 --rate 50",
  );
}

async function publish(file: string, flags: Flags, shell: Shell): Promise<void> {
  const peer = peerOf(flags, shell);
  const input = openLines(file, shell);
  let rejected = 0;
  const refuse: Refuse = (rejection, line) => {
    rejected += 1;
    shell.stderr.write(`${JSON.stringify({ type: "rejected", line: line?.number, ...rejection })}\n`);
  };
  const sender = await senderTo(peer, flags, shell, refuse);
  const progress = startProgress(shell, { label: "publishing", total: input.sizeBytes });
  const pacer = createPacer(flags.rate);
  try {
    for await (const lines of input.lines) {
      for (const line of lines) if (line.refusal !== undefined) refuse(line.refusal, line);
      const fitting = lines.filter(({ refusal }) => refusal === undefined);
      for (const batch of batches(fitting, flags.batch)) {
        await pacer.take(batch.length, shell.stop);
        await sender.send(batch);
      }
      progress.update(input.readBytes());
      if (shell.stop.aborted) break;
    }
    await sender.finish();
  } finally {
    progress.stop();
    await sender.close();
  }
  const { json, words } = sender.totals(rejected);
  const out = lineWriter(shell.stdout);
  await out.write(shell.stdout.isTTY ? words : json);
  await out.close();
  shell.exit(rejected > 0 ? EXIT.finding : EXIT.success);
}

async function senderTo(peer: Peer, flags: Flags, shell: Shell, refuse: Refuse): Promise<Sender> {
  if ("http" in peer) return httpSender(peer.http, shell, refuse);
  return natsSender({ url: peer.nats, inFlightMax: flags.inFlight, hasMessageIds: flags.messageId }, shell, refuse);
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
