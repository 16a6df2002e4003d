/** Events to `/ingest`, a batch a request, each answered before the next is sent. */
import { ACTIONS, type Action } from "@sluice/engine";
import { type PostOptions, postEvents } from "../http/post-events.ts";
import type { Line } from "../line-reader.ts";
import { pause, type Shell } from "../shell.ts";
import { type Refuse, type Sender, UNREACHABLE_MAX_MS } from "./sender.ts";

export function httpSender(server: URL, shell: Shell, refuse: Refuse): Sender {
  const actions: Record<Action, number> = { allow: 0, warn: 0, redact: 0, escalate: 0, block: 0 };
  let processed = 0;
  let duplicates = 0;
  const options: PostOptions = {
    server,
    stop: shell.stop,
    pause,
    retrying: (reason, delayMs) => void shell.stderr.write(`${reason}; trying again in ${delayMs} ms\n`),
    unreachableMaxMs: UNREACHABLE_MAX_MS,
  };
  async function send(lines: readonly Line[]): Promise<void> {
    const events = lines.map(({ bytes }) => bytes);
    const answer = await postEvents(events, options);
    if (answer === undefined) return; // told to stop before there was one
    processed += answer.processed;
    duplicates += answer.duplicates;
    for (const action of ACTIONS) actions[action] += answer.actions[action] ?? 0;
    for (const rejection of answer.rejected) refuse(rejection, lines[rejection.index]);
  }
  return {
    send,
    async finish() {},
    totals(rejected) {
      const taken = ACTIONS.map((action) => `${action} ${actions[action]}`).join(", ");
      return {
        json: JSON.stringify({ processed, duplicates, rejected, actions }),
        words: `${processed} processed (${taken}), ${duplicates} of them repeats; ${rejected} refused`,
      };
    },
    async close() {},
  };
}
