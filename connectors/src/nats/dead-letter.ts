/**
 * Refused events on `sluice.dead`, beside the dead letter on disk: the reason in headers, the refusal as JSON, and with
 * it the payload where the policy retains all text. Sent again until it is stored, for a minute at most; what is beyond
 * the bounds or given up is counted. Never throws, and never holds up the engine.
 */
import { randomUUID } from "node:crypto";
import { EngineError, type PartState, type Rejection } from "@sluice/engine";
import type { NatsDeadLetter, NatsDeadLetterOptions, NatsHeaders } from "./contracts.ts";
import { counter } from "./metric.ts";
import { ResendingPublisher } from "./resending-publisher.ts";
import { DEAD_SUBJECT } from "./subjects.ts";

/** A larger payload is cut to this. */
export const DEAD_PAYLOAD_BYTES_MAX = 64 * 1024;
const HELD_MAX = 4_096;
const HELD_BYTES_MAX = 16 * 1024 * 1024;
const IN_FLIGHT_MAX = 256;
const GIVE_UP_AFTER_MS = 60_000;
const HEADER_CHARS_MAX = 512;

export function natsDeadLetter({ link, retainsText, log }: NatsDeadLetterOptions): NatsDeadLetter {
  const run = randomUUID();
  let puts = 0;
  let refused = 0;
  const publisher = new ResendingPublisher({
    link,
    subjectPrefix: DEAD_SUBJECT,
    inFlightMax: IN_FLIGHT_MAX,
    heldMax: HELD_MAX,
    heldBytesMax: HELD_BYTES_MAX,
    onTrouble(why, forMs) {
      const isEnough = forMs > GIVE_UP_AFTER_MS || why.startsWith("no permission");
      if (!isEnough) return undefined;
      const message = `dead letters are not kept on ${DEAD_SUBJECT}: ${why}; those on disk are`;
      log?.({ level: "error", event: "nats-dead-letter-lost", message });
      return new EngineError("broker-unfit", message);
    },
  });
  const lost = () => refused + publisher.counts.lost;

  return {
    put(rejection, source, payload) {
      const data = retainsText() && payload !== undefined ? payload.subarray(0, DEAD_PAYLOAD_BYTES_MAX) : NO_PAYLOAD;
      if (!publisher.hasRoom(data.length)) {
        refused += 1;
        return;
      }
      const isCut = data.length < (payload?.length ?? 0) && data.length > 0;
      const headers = { ...headersOf(rejection, source), ...(isCut ? { "Sluice-Cut": "true" } : {}) };
      // Copied: what it is a view of is let go of when the delivery is settled.
      publisher.push({
        subject: DEAD_SUBJECT,
        data: Uint8Array.from(data),
        headers: { ...headers, "Nats-Msg-Id": `${run}-${puts++}` },
      });
    },
    flush: () => publisher.flush(),
    async close() {
      publisher.close();
    },
    report: {
      name: "nats-dead-letter",
      isVital: false,
      state(): PartState {
        const detail = `${publisher.counts.stored} kept, ${lost()} lost`;
        if (publisher.trouble === "") return { state: "ready", detail };
        return { state: "failed", detail: `${detail}; ${publisher.trouble}` };
      },
      metrics: () => [
        counter("sluice_nats_dead_letters_total", "Refused events kept in the stream.", publisher.counts.stored),
        counter("sluice_nats_dead_letters_lost_total", "Refused events that the stream did not get.", lost()),
      ],
    },
  };
}

const NO_PAYLOAD = new Uint8Array(0);

/** The rejection, whole: no part of it holds text of the event. */
function headersOf({ reason, field, index, event_id, message }: Rejection, source: string): NatsHeaders {
  return {
    "Sluice-Reason": reason,
    "Sluice-Source": printable(source),
    "Sluice-Field": printable(field),
    "Sluice-Index": String(index),
    ...(event_id === undefined ? {} : { "Sluice-Event-Id": printable(event_id) }),
    "Sluice-Message": printable(message),
  };
}

/** Header values are printable ASCII: what is not is percent-encoded, and so is the percent sign before a digit. */
function printable(text: string): string {
  const escaped = text.replace(/[^\x20-\x7e]|%(?=[0-9A-F]{2})/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""),
  );
  return escaped.slice(0, HEADER_CHARS_MAX);
}
