/**
 * What the streams and the consumer must be, and what is wrong with ones that were there before. A setting that only
 * tunes is kept as it was found; one that would break a guarantee is a fault, told with what it is and what it must be.
 */
import type { NatsStreamOptions } from "./contracts.ts";
import { DEAD_SUBJECT, DECISIONS_PREFIX, EVENTS_PREFIX } from "./subjects.ts";

export const EVENTS_STREAM = "SLUICE_EVENTS";
export const DECISIONS_STREAM = "SLUICE_DECISIONS";
export const DEAD_STREAM = "SLUICE_DEAD";
export const CONSUMER = "sluice-engine";

/** As JetStream spells it; durations in nanoseconds, 0 or -1 for no bound. */
export interface StreamConfig {
  readonly name: string;
  readonly subjects: readonly string[];
  readonly retention: "limits" | "interest" | "workqueue";
  readonly storage: "file" | "memory";
  readonly discard: "old" | "new";
  readonly max_bytes: number;
  readonly max_msgs: number;
  readonly max_age: number;
  readonly duplicate_window: number;
  readonly num_replicas: number;
  readonly no_ack?: boolean;
}
export interface ConsumerConfig {
  readonly durable_name: string;
  readonly ack_policy: "explicit" | "all" | "none";
  readonly deliver_policy: string;
  readonly replay_policy: string;
  /** Nanoseconds. */
  readonly ack_wait: number;
  readonly max_deliver: number;
  readonly max_ack_pending: number;
  readonly filter_subject?: string;
  readonly deliver_subject?: string;
}

const NANOS_PER_MS = 1_000_000;
const DUPLICATES_MS = 120_000;
const DEAD_MESSAGES_MAX = 1_000_000;

export function eventsStream(options: NatsStreamOptions): StreamConfig {
  const bounds = { discard: "new", max_bytes: options.eventsBytesMax, max_msgs: -1, max_age: 0 } as const;
  return { ...stream(EVENTS_STREAM, `${EVENTS_PREFIX}>`, options), retention: "workqueue", ...bounds };
}

export function decisionsStream(options: NatsStreamOptions): StreamConfig {
  const config = stream(DECISIONS_STREAM, `${DECISIONS_PREFIX}>`, options);
  return { ...config, max_age: options.keepMs * NANOS_PER_MS };
}

export function deadStream(options: NatsStreamOptions): StreamConfig {
  const bounds = { max_bytes: options.deadBytesMax, max_msgs: DEAD_MESSAGES_MAX };
  return { ...stream(DEAD_STREAM, DEAD_SUBJECT, options), ...bounds, max_age: options.keepMs * NANOS_PER_MS };
}

export function consumer(options: NatsStreamOptions): ConsumerConfig {
  return {
    durable_name: CONSUMER,
    ack_policy: "explicit",
    deliver_policy: "all",
    replay_policy: "instant",
    ack_wait: options.ackWaitMs * NANOS_PER_MS,
    max_deliver: options.deliverMax,
    max_ack_pending: options.ackPendingMax,
  };
}

function stream(name: string, subject: string, { ackWaitMs, deliverMax, keepMs, replicas }: NatsStreamOptions) {
  const duplicatesMs = Math.min(keepMs, Math.max(DUPLICATES_MS, ackWaitMs * deliverMax));
  return {
    name,
    subjects: [subject],
    retention: "limits",
    storage: "file",
    discard: "old",
    max_bytes: -1,
    max_msgs: -1,
    max_age: 0,
    duplicate_window: duplicatesMs * NANOS_PER_MS,
    num_replicas: replicas,
  } satisfies StreamConfig;
}

/** One clause a fault, such as `retention is "limits" and must be "workqueue"`. */
export function streamFaults(found: StreamConfig, wanted: StreamConfig): readonly string[] {
  const subject = wanted.subjects[0] ?? "";
  const faults = [
    found.subjects.includes(subject) || `subjects are ${JSON.stringify(found.subjects)} and must hold "${subject}"`,
    found.retention === wanted.retention || mustBe("retention", found.retention, wanted.retention),
    found.discard === wanted.discard || mustBe("discard", found.discard, wanted.discard),
    found.storage === "file" || mustBe("storage", found.storage, "file"),
    found.no_ack !== true || mustBe("no_ack", true, false),
    wanted.discard === "old" || found.max_bytes > 0 || mustBe("max_bytes", found.max_bytes, wanted.max_bytes),
    !isShorter(found.max_age, wanted.max_age) ||
      `max_age is ${seconds(found.max_age)} and must be ${wanted.max_age === 0 ? "none" : seconds(wanted.max_age)} or more`,
  ];
  return faults.filter((fault) => fault !== true);
}

/** @param duplicateWindow of the stream of decisions: it must outlast every delivery of an event, in nanoseconds. */
export function consumerFaults(found: ConsumerConfig, duplicateWindow: number): readonly string[] {
  const { ack_policy, filter_subject = "", deliver_subject, ack_wait, max_deliver } = found;
  const needed = ack_wait * max_deliver;
  const faults = [
    ack_policy === "explicit" || mustBe("ack_policy", ack_policy, "explicit"),
    deliver_subject === undefined || `deliver_subject is ${deliver_subject} and must be unset: events are pulled`,
    filter_subject === "" || filter_subject === `${EVENTS_PREFIX}>` || mustBe("filter_subject", filter_subject, ""),
    max_deliver >= 2 || mustBe("max_deliver", max_deliver, 10),
    duplicateWindow >= needed ||
      `ack_wait times max_deliver is ${seconds(needed)}, more than duplicate_window of ${DECISIONS_STREAM}, ${seconds(duplicateWindow)}`,
  ];
  return faults.filter((fault) => fault !== true);
}

const mustBe = (name: string, is: unknown, must: unknown) =>
  `${name} is ${JSON.stringify(is)} and must be ${JSON.stringify(must)}`;
const seconds = (nanos: number) => `${nanos / NANOS_PER_MS / 1000} s`;
/** 0 is for ever. */
const isShorter = (foundAge: number, wantedAge: number) => foundAge !== 0 && (wantedAge === 0 || foundAge < wantedAge);
