/**
 * `sluice simulate`: labelled synthetic traffic, to stdout or to a running server. The same seed gives the same bytes.
 */
import { type Command, InvalidArgumentError } from "commander";
import { EXIT } from "../exit.ts";
import { postEvents } from "../http/post-events.ts";
import { lineWriter } from "../line-writer.ts";
import { createPacer } from "../pacer.ts";
import { startProgress } from "../progress.ts";
import { pause, type Shell } from "../shell.ts";
import { type SimulatedEvent, simulatedTraffic } from "../simulate/traffic.ts";
import { examples, positiveNumber, serverUrl, wholeNumber } from "./options.ts";

interface Flags {
  readonly events: number;
  readonly rate?: number;
  readonly seed: number;
  readonly start?: number;
  readonly http?: URL;
}
/** Fixed, so that the same command gives the same bytes on any day. */
const START_MS = Date.UTC(2026, 0, 1);
/** Without a rate events lie three minutes apart, as cgcp's do. */
const SPACING_MS = 180_000;
const HTTP_RATE = 20;

export function addSimulate(program: Command, shell: Shell): void {
  const command = program
    .command("simulate")
    .description(
      "labelled synthetic traffic of eight organisations: 70 % normal, 15 % escalation, 10 % research, 5 % jailbreak",
    )
    .option("--events <n>", "how many; 0 goes on until stopped", wholeNumber(0, 1e9), 1000)
    .option(
      "--rate <r>",
      `events a second (default: stdout as fast as it goes, --http ${HTTP_RATE})`,
      positiveNumber(1e6),
    )
    .option("--seed <s>", "another seed gives other traffic", wholeNumber(0, 2 ** 32 - 1), 1)
    .option("--start <time>", "first event time, RFC 3339 (default: 2026-01-01T00:00:00Z; now with --http)", instant)
    .option("--http <url>", "send to this server instead of printing", serverUrl)
    .action((flags: Flags) => (flags.http === undefined ? print(flags, shell) : send(flags, flags.http, shell)));
  examples(
    command,
    "sluice simulate --events 5000 --seed 7 > traffic.jsonl",
    "sluice simulate --events 0 --rate 50 --http http://127.0.0.1:8080",
  );
}

async function print(flags: Flags, shell: Shell): Promise<void> {
  const out = lineWriter(shell.stdout);
  const next = generator(flags, START_MS);
  const pacer = createPacer(flags.rate);
  for (let count = 0; !isDone(count, flags) && !shell.stop.aborted; count += 1) {
    await pacer.take(1, shell.stop);
    await out.write(JSON.stringify(next()));
    if (flags.rate !== undefined) await out.flush();
  }
  await out.close();
  shell.exit(EXIT.success);
}

async function send(flags: Flags, server: URL, shell: Shell): Promise<void> {
  const rate = flags.rate ?? HTTP_RATE;
  const next = generator({ ...flags, rate }, Date.now());
  const pacer = createPacer(rate);
  const progress = startProgress(shell, { label: "simulating", total: flags.events === 0 ? undefined : flags.events });
  // About ten requests a second, however high the rate.
  const batchMax = Math.max(1, Math.min(1000, Math.round(rate / 10)));
  const retrying = (reason: string, delayMs: number) =>
    void shell.stderr.write(`${reason}; trying again in ${delayMs} ms\n`);
  let sent = 0;
  let rejected = 0;
  while (!isDone(sent, flags) && !shell.stop.aborted) {
    const count = flags.events === 0 ? batchMax : Math.min(batchMax, flags.events - sent);
    await pacer.take(count, shell.stop);
    if (shell.stop.aborted) break;
    const events = Array.from({ length: count }, () => Buffer.from(JSON.stringify(next())));
    const answer = await postEvents(events, { server, stop: shell.stop, pause, retrying, unreachableMaxMs: 30_000 });
    if (answer === undefined) break;
    sent += count;
    rejected += answer.rejected.length;
    progress.update(sent);
  }
  progress.stop();
  const out = lineWriter(shell.stdout);
  await out.write(shell.stdout.isTTY ? `${sent} sent, ${rejected} refused` : JSON.stringify({ sent, rejected }));
  await out.close();
  shell.exit(rejected > 0 ? EXIT.finding : EXIT.success);
}

function generator({ seed, start, rate }: Flags, defaultStartMs: number): () => SimulatedEvent {
  const traffic = simulatedTraffic({ seed, startMs: start ?? defaultStartMs });
  const spacingMs = rate === undefined ? SPACING_MS : 1000 / rate;
  return () => traffic.next(spacingMs);
}

const isDone = (count: number, { events }: Flags) => events > 0 && count >= events;

function instant(text: string): number {
  const timeMs = /^\d{4}-\d\d-\d\d([T ]|$)/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(timeMs)) throw new InvalidArgumentError("give a time like 2026-01-01T00:00:00Z.");
  return timeMs;
}
