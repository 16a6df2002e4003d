/** `sluice watch`: decisions of a running server as they are recorded; goes on after a lost connection. */
import { ACTIONS, type Decision } from "@sluice/engine";
import { type Command, InvalidArgumentError } from "commander";
import { decisionLine } from "../decision-line.ts";
import { EXIT } from "../exit.ts";
import { followLive } from "../http/follow-live.ts";
import { lineWriter } from "../line-writer.ts";
import { pause, type Shell } from "../shell.ts";
import { examples, serverUrl, wholeNumber } from "./options.ts";

interface Flags {
  readonly http: URL;
  readonly action?: string;
  readonly org?: string;
  readonly since?: number;
}

export function addWatch(program: Command, shell: Shell): void {
  const command = program
    .command("watch")
    .description("print decisions as they are recorded, until stopped; says ready on stderr once subscribed")
    .requiredOption("--http <url>", "address of the server", serverUrl)
    .option("--action <actions>", `only these, separated by commas: ${ACTIONS.join(", ")}`, actionList)
    .option("--org <id>", "only this organisation")
    .option("--since <seq>", "begin after this ledger sequence", wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .action((flags: Flags) => watch(flags, shell));
  examples(
    command,
    "sluice watch --http http://127.0.0.1:8080 --action block,escalate",
    "sluice watch --http http://127.0.0.1:8080 --since 0 > decisions.jsonl",
  );
}

async function watch(flags: Flags, shell: Shell): Promise<void> {
  const out = lineWriter(shell.stdout);
  const stopping = new AbortController();
  const stop = AbortSignal.any([shell.stop, stopping.signal]);
  let failure: unknown;
  let turn = Promise.resolve();
  const print = (decisions: readonly Decision[]) => {
    turn = turn
      .then(async () => {
        for (const decision of decisions) {
          await out.write(shell.stdout.isTTY ? decisionLine(decision) : JSON.stringify(decision));
        }
        await out.flush(); // someone is watching: never hold a line back
      })
      .catch((error: unknown) => {
        failure = error;
        stopping.abort();
      });
  };
  let isFirst = true;
  await followLive({
    server: flags.http,
    filters: { ...(flags.action ? { action: flags.action } : {}), ...(flags.org ? { org: flags.org } : {}) },
    since: flags.since,
    stop,
    pause,
    subscribed(seq) {
      shell.stderr.write(isFirst ? "ready\n" : `connected again at ${seq}\n`);
      isFirst = false;
    },
    decisions: print,
    gap: (from, to) =>
      void shell.stderr.write(`gap: ${from} to ${to} were not delivered; see \`sluice ledger export --from\`\n`),
    lost: (reason, retryInMs) => void shell.stderr.write(`${reason}; connecting again in ${retryInMs} ms\n`),
  });
  await turn;
  if (failure !== undefined) throw failure;
  shell.exit(EXIT.success);
}

function actionList(text: string): string {
  const unknown = text.split(",").find((action) => !(ACTIONS as readonly string[]).includes(action));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${ACTIONS.join(", ")}.`);
  return text;
}
