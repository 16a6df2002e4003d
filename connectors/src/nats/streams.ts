/**
 * The streams and the consumer that Sluice works on: created where they are missing, checked where they are not, never
 * changed. Invariant: after `ensure` resolved, what an existing stream would do to a guarantee is known to be nothing.
 */
import { EngineError } from "@sluice/engine";
import type { NatsConsumerState, NatsLink, NatsStreamOptions, NatsStreams, NatsWorkQueue } from "./contracts.ts";
import { API_ERRORS, callApi, isApiError, wordsOf } from "./jetstream-api.ts";
import type { ConsumerConfig, StreamConfig } from "./stream-config.ts";
import * as config from "./stream-config.ts";

const NANOS_PER_MS = 1_000_000;
const MIB = 1024 ** 2;

export const STREAM_OPTIONS: NatsStreamOptions = {
  eventsBytesMax: 1024 * MIB,
  ackWaitMs: 10_000,
  deliverMax: 10,
  ackPendingMax: 8_192,
  keepMs: 7 * 24 * 3_600_000,
  deadBytesMax: 64 * MIB,
  replicas: 1,
};

/** @throws {EngineError} `config-invalid` when an option is out of its range. */
export function openNatsStreams(link: NatsLink, options: Partial<NatsStreamOptions> = {}): NatsStreams {
  const settings = { ...STREAM_OPTIONS, ...options };
  checkOptions(settings);
  let round: Promise<NatsConsumerState> | undefined;
  return {
    link,
    ensure() {
      round ??= ensureAll(link, settings).finally(() => {
        round = undefined;
      });
      return round;
    },
    workQueue: () => workQueue(link),
    dropConsumer: () => dropConsumer(link),
  };
}

async function ensureAll(link: NatsLink, options: NatsStreamOptions): Promise<NatsConsumerState> {
  await ensureStream(link, config.eventsStream(options));
  const decisions = await ensureStream(link, config.decisionsStream(options));
  await ensureStream(link, config.deadStream(options));
  const { ack_wait, max_deliver } = await ensureConsumer(link, config.consumer(options), decisions.duplicate_window);
  return { ackWaitMs: ack_wait / NANOS_PER_MS, deliverMax: max_deliver };
}

async function ensureStream(link: NatsLink, wanted: StreamConfig): Promise<StreamConfig> {
  const { name } = wanted;
  let answer = await callApi<{ config: StreamConfig }>(link, `STREAM.INFO.${name}`);
  if (isApiError(answer) && answer.error.err_code === API_ERRORS.streamNotFound) {
    answer = await callApi<{ config: StreamConfig }>(link, `STREAM.CREATE.${name}`, wanted);
  }
  if (isApiError(answer)) {
    const message = `stream ${name} could not be created: ${wordsOf(answer.error)}; it needs ${JSON.stringify(wanted)}`;
    throw new EngineError("broker-unfit", message);
  }
  const faults = config.streamFaults(answer.config, wanted);
  if (faults.length > 0) throw unfit(`stream ${name}`, `nats stream edit ${name}`, faults);
  return answer.config;
}

async function ensureConsumer(link: NatsLink, wanted: ConsumerConfig, duplicateWindow: number) {
  const { EVENTS_STREAM: stream, CONSUMER: name } = config;
  let answer = await callApi<{ config: ConsumerConfig }>(link, `CONSUMER.INFO.${stream}.${name}`);
  if (isApiError(answer) && answer.error.err_code === API_ERRORS.consumerNotFound) {
    const body = { stream_name: stream, config: wanted };
    answer = await callApi<{ config: ConsumerConfig }>(link, `CONSUMER.DURABLE.CREATE.${stream}.${name}`, body);
  }
  if (isApiError(answer)) {
    const message = `consumer ${name} of ${stream} could not be created: ${wordsOf(answer.error)}; a work queue has one consumer: delete another one that reads ${stream}`;
    throw new EngineError("broker-unfit", message);
  }
  const faults = config.consumerFaults(answer.config, duplicateWindow);
  if (faults.length > 0) throw unfit(`consumer ${name} of ${stream}`, `nats consumer edit ${stream} ${name}`, faults);
  return answer.config;
}

interface ConsumerInfo {
  readonly num_pending: number;
  readonly num_ack_pending: number;
  readonly config: ConsumerConfig;
}

async function workQueue(link: NatsLink): Promise<NatsWorkQueue> {
  const { EVENTS_STREAM: stream, CONSUMER: name } = config;
  const streamInfo = await callApi<{ state: { messages: number } }>(link, `STREAM.INFO.${stream}`);
  const consumerInfo = await callApi<ConsumerInfo>(link, `CONSUMER.INFO.${stream}.${name}`);
  for (const answer of [streamInfo, consumerInfo]) {
    if (isApiError(answer)) throw new EngineError("broker-unfit", `${stream} is not there: ${wordsOf(answer.error)}`);
  }
  const { messages } = (streamInfo as { state: { messages: number } }).state;
  const { num_pending, num_ack_pending, config: found } = consumerInfo as ConsumerInfo;
  const unacknowledgedMax = found.max_ack_pending > 0 ? found.max_ack_pending : Number.POSITIVE_INFINITY;
  return { messages, pending: num_pending, unacknowledged: num_ack_pending, unacknowledgedMax };
}

async function dropConsumer(link: NatsLink): Promise<void> {
  const { EVENTS_STREAM: stream, CONSUMER: name } = config;
  const answer = await callApi<object>(link, `CONSUMER.DELETE.${stream}.${name}`);
  if (!isApiError(answer) || answer.error.err_code === API_ERRORS.consumerNotFound) return;
  throw new EngineError("broker-unfit", `consumer ${name} could not be deleted: ${wordsOf(answer.error)}`);
}

function unfit(what: string, edit: string, faults: readonly string[]): EngineError {
  const message = `${what} is there with settings that break a guarantee: ${faults.join("; ")}. Change them (${edit}), or delete it when nothing in it is needed: Sluice then makes its own`;
  return new EngineError("broker-unfit", message);
}

function checkOptions(options: NatsStreamOptions): void {
  const inRange = (name: keyof NatsStreamOptions, min: number, max: number) => {
    const value = options[name];
    return (
      (Number.isInteger(value) && value >= min && value <= max) || `${name} must be ${min} to ${max}, got ${value}`
    );
  };
  const faults = [
    inRange("eventsBytesMax", MIB, 2 ** 50),
    inRange("ackWaitMs", 100, 3_600_000),
    inRange("deliverMax", 2, 100),
    inRange("ackPendingMax", 1, 1_000_000),
    inRange("keepMs", 1_000, 366 * 24 * 3_600_000),
    inRange("deadBytesMax", MIB, 2 ** 50),
    inRange("replicas", 1, 5),
    options.ackWaitMs * options.deliverMax <= options.keepMs || "ackWaitMs times deliverMax must be at most keepMs",
  ].filter((fault) => fault !== true);
  if (faults.length > 0) throw new EngineError("config-invalid", `nats: ${faults.join("; ")}`);
}
