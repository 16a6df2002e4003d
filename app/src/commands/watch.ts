/**
 * `sluice watch`: decisions as they are recorded, of a running server or out of the stream on NATS, until stopped; goes
 * on after a lost connection.
 */
import { ACTIONS, type Decision } from "@sluice/engine";
import { type Command, InvalidArgumentError } from "commander";
import { decisionLine } from "../decision-line.ts";
import { EXIT, UsageError } from "../exit.ts";
import { followLive } from "../http/follow-live.ts";
import { lineWriter } from "../line-writer.ts";
import { followStream } from "../nats/follow-stream.ts";
import { pause, type Shell } from "../shell.ts";
import { examples, serverUrl } from "./options.ts";
import { natsAddress, peerOf } from "./peer.ts";

interface Flags {
  readonly http?: URL;
  readonly nats?: string;
  readonly action?: string;
  readonly org?: string;
  readonly since?: string;
}

export function addWatch(program: Command, shell: Shell): void {
  const command = program
    .command("watch")
    .description("print decisions as they are recorded, until stopped; says ready on stderr once subscribed")
    .option("--http <url>", "address of the server", serverUrl)
    .option("--nats <url>", "address of the NATS server instead (or SLUICE_NATS)", natsAddress)
    .option("--action <actions>", `only these, separated by commas: ${ACTIONS.join(", ")}`, actionList)
    .option("--org <id>", "only this organisation")
    .option("--since <where>", "begin after this ledger sequence; over NATS at this time, or `new` (default) or `all`")
    .action((flags: Flags) => watch(flags, shell));
  examples(
    command,
    "sluice watch --http http://127.0.0.1:8080 --action block,escalate",
    "sluice watch --http http://127.0.0.1:8080 --since 0 > decisions.jsonl",
    "sluice watch --nats nats://127.0.0.1:4222 --org acme --since 2026-01-31T12:00:00Z",
  );
}

async function watch(flags: Flags, shell: Shell): Promise<void> {
  const peer = peerOf(flags, shell);
  const follow =
    "http" in peer
      ? overHttp(peer.http, sequence(flags.since), flags, shell)
      : overNats(peer.nats, sinceMs(flags.since), flags, shell);
  const out = lineWriter(shell.stdout);
  const stopping = new AbortController();
  let failure: unknown;
  const print: Print = async (lines) => {
    try {
      for (const line of lines) await out.write(line);
      await out.flush(); // someone is watching: never hold a line back
    } catch (error) {
      failure = error;
      stopping.abort();
    }
  };
  await follow(print, AbortSignal.any([shell.stop, stopping.signal]));
  if (failure !== undefined) throw failure;
  shell.exit(EXIT.success);
}

type Print = (lines: readonly string[]) => Promise<void>;
/** Resolves when `stop` aborts and all is printed. */
type Follow = (print: Print, stop: AbortSignal) => Promise<void>;

function overHttp(server: URL, since: number | undefined, { action, org }: Flags, { stdout, stderr }: Shell): Follow {
  return async (print, stop) => {
    let turn = Promise.resolve();
    let isFirst = true;
    const spelled = stdout.isTTY ? decisionLine : (decision: Decision) => JSON.stringify(decision);
    await followLive({
      server,
      filters: { ...(action ? { action } : {}), ...(org ? { org } : {}) },
      since,
      stop,
      pause,
      subscribed(seq) {
        stderr.write(isFirst ? "ready\n" : `connected again at ${seq}\n`);
        isFirst = false;
      },
      decisions(decisions) {
        turn = turn.then(() => print(decisions.map(spelled)));
      },
      gap: (from, to) =>
        void stderr.write(`gap: ${from} to ${to} were not delivered; see \`sluice ledger export --from\`\n`),
      lost: (reason, retryInMs) => void stderr.write(`${reason}; connecting again in ${retryInMs} ms\n`),
    });
    await turn;
  };
}

function overNats(url: string, since: number | undefined, { action, org }: Flags, { stdout, stderr }: Shell): Follow {
  const spelled = (json: string) => (stdout.isTTY ? decisionLine(JSON.parse(json) as Decision) : json);
  return (print, stop) =>
    followStream({
      url,
      actions: action?.split(",") as Decision["action"][] | undefined,
      orgId: org,
      sinceMs: since,
      stop,
      subscribed: () => void stderr.write("ready\n"),
      said: (message) => void stderr.write(`${message}\n`),
      decision: (json) => print([spelled(json)]),
    });
}

/** @throws {UsageError} */
function sequence(since: string | undefined): number | undefined {
  if (since === undefined) return undefined;
  if (/^\d{1,15}$/.test(since)) return Number(since);
  throw new UsageError("over --http give --since a ledger sequence, a whole number from 0");
}

/** @throws {UsageError} */
function sinceMs(since: string | undefined): number | undefined {
  if (since === undefined || since === "new") return undefined;
  if (since === "all") return 0;
  const atMs = /^\d{4}-\d\d-\d\dT/.test(since) ? Date.parse(since) : Number.NaN;
  if (!Number.isNaN(atMs)) return atMs;
  throw new UsageError("over --nats give --since a time like 2026-01-31T12:00:00Z, or new, or all");
}

function actionList(text: string): string {
  const unknown = text.split(",").find((action) => !(ACTIONS as readonly string[]).includes(action));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${ACTIONS.join(", ")}.`);
  return text;
}
