/**
 * Events into the stream SLUICE_EVENTS, one a message, many on their way at a time. Each line is read by the detector
 * first, so that what the server would refuse is refused here, with its line. The message id is made of the line's
 * bytes: the same line again, by a second run or after a lost acknowledgement, is stored once within the stream's
 * `duplicate_window`; later, or without ids, it is a repeat that the ledger answers as first. Decisions come another
 * way: `sluice watch`.
 */
import { hash } from "node:crypto";
import { connectNats, type NatsEventPublisher, type NatsLink, natsEventPublisher } from "@sluice/connectors";
import { type Engine, EngineError, type Log, type Rejection } from "@sluice/engine";
import type { Line } from "../line-reader.ts";
import { natsHosts } from "../nats/nats-url.ts";
import { offlineEngine } from "../offline.ts";
import type { Shell } from "../shell.ts";
import { type Refuse, type Sender, UNREACHABLE_MAX_MS } from "./sender.ts";
import { Wait } from "./wait.ts";

export interface NatsSenderOptions {
  readonly url: string;
  /** Messages sent and not yet acknowledged. */
  readonly inFlightMax: number;
  /** Sends `Nats-Msg-Id`. */
  readonly hasMessageIds: boolean;
}

/** Headers of a message: its id. */
const HEAD_BYTES_MAX = 256;
/** How long what is on its way may take after the command was told to stop. */
const STOP_PATIENCE_MS = 5_000;

/** @throws {EngineError} `broker-unreachable`, `broker-refused`, `broker-unfit`. */
export async function natsSender(options: NatsSenderOptions, shell: Shell, refuse: Refuse): Promise<Sender> {
  const { url, inFlightMax, hasMessageIds } = options;
  const reader = await offlineEngine({ policy: "default" });
  const log: Log = ({ message }) => void shell.stderr.write(`${message}\n`);
  const link = await connectNats({ url, name: "sluice publish", log });
  const publisher = natsEventPublisher(link, { inFlightMax });
  const { wait, end } = patience(link, natsHosts(url), shell.stop);

  async function send(lines: readonly Line[]): Promise<void> {
    for (const line of lines) {
      if (shell.stop.aborted) return;
      const readable = orgOf(reader, line, link);
      if (typeof readable === "object") refuse(readable, line);
      else {
        const id = hasMessageIds ? hash("sha256", line.bytes, "hex") : undefined;
        await wait.on(publisher.publish(readable, line.bytes, id));
      }
    }
  }
  return {
    send,
    finish: () => wait.on(publisher.flush()),
    totals: (rejected) => totals(publisher, rejected),
    async close() {
      end();
      await publisher.close();
      await link.close();
      await reader.stop();
    },
  };
}

/** The organisation whose subject the event goes to, or why the event would be refused. */
function orgOf(reader: Engine, { bytes }: Line, { payloadBytesMax }: NatsLink): string | Rejection {
  const answer = reader.evaluate(bytes);
  if ("reason" in answer) {
    if (answer.reason !== "too-many-events") return answer;
    return { ...answer, message: "The line holds several events; over NATS each needs a line of its own." };
  }
  const { org_id: orgId, event_id } = answer.decision;
  if (bytes.length + HEAD_BYTES_MAX <= payloadBytesMax) return orgId;
  const message = `The line has ${bytes.length} bytes, and the NATS server takes ${payloadBytesMax} a message with its headers; raise its max_payload.`;
  return { index: 0, event_id, field: "", reason: "event-too-large", message };
}

function totals({ stored, duplicates }: NatsEventPublisher, rejected: number) {
  return {
    json: JSON.stringify({ published: stored, duplicates, rejected }),
    words: `${stored} published, ${duplicates} of them were in the stream already; ${rejected} refused`,
  };
}

/** Ends the wait when the connection stays away for too long, which the link would bear for ever, or on a stop. */
function patience(link: NatsLink, hosts: string, stop: AbortSignal): { readonly wait: Wait; end(): void } {
  const wait = new Wait();
  let timer: NodeJS.Timeout | undefined;
  const seconds = UNREACHABLE_MAX_MS / 1000;
  const message = `the NATS server at ${hosts} stayed away for ${seconds} s; start it and publish the file again`;
  const gone = () => wait.fail(new EngineError("broker-unreachable", message));
  const away = link.onDisconnected(() => {
    timer = setTimeout(gone, UNREACHABLE_MAX_MS);
  });
  const back = link.onConnected(() => clearTimeout(timer));
  let stopTimer: NodeJS.Timeout | undefined;
  const stopping = () => {
    stopTimer = setTimeout(() => wait.end(), STOP_PATIENCE_MS);
  };
  stop.addEventListener("abort", stopping);
  return {
    wait,
    end() {
      clearTimeout(timer);
      clearTimeout(stopTimer);
      stop.removeEventListener("abort", stopping);
      away();
      back();
    },
  };
}
