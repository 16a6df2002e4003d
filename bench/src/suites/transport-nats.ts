/**
 * NATS, each way beside a client that does the same and nothing else, on one nats-server with file storage. JetStream:
 * events in with explicit ack, one decision a message out; the consumer is held still while its stream is filled, and
 * the rate is read off the times at which the stream of decisions stored its first and its last message. Core: requests
 * to `sluice.check`, closed loop for the rate, open loop for the time that an answer takes.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type JetStreamManager, type NatsConnection } from "nats";
import { makeCorpus } from "../corpus.ts";
import { BARE_KINDS, bareStreams, SLUICE_STREAMS, type StreamPair } from "../load/bench-streams.ts";
import { freshBody } from "../load/fresh-bodies.ts";
import type { LoadResult } from "../load/load-client.ts";
import { startBroker } from "../load/nats-broker.ts";
import { measureRounds, median, ratioFigures, rounded } from "../load/rounds.ts";
import { runLoad, type ServerProcess, type SluiceProcess, startScript, startServer } from "../load/server-process.ts";
import type { Figure, SuiteResult } from "../record.ts";

const EVENTS_A_ROUND = 20_000;
const ROUNDS = 5;
const POLL_MS = 20;
const DEADLINE_MS = 60_000;
const FLUSH_EVERY = 500;
const CHECK_ROUNDS = 3;
const CHECK_WINDOW = 64;
const CHECK_PER_SECOND = 1000;
const CHECK_SECONDS = 4;

const { events } = makeCorpus({ seed: 5, phraseCount: 100, eventCount: 2000, eventBytes: 1000 });
const bodies = events.map((event) => freshBody([event]));

interface Party {
  /** `Sluice`, `lean` or `careful`. */
  readonly name: string;
  readonly process: ServerProcess;
  readonly streams: StreamPair;
}

interface Consumed {
  readonly eventsPerSecond: number;
  readonly cpuMicrosAnEvent: number;
}

export async function transportNatsSuite(): Promise<SuiteResult> {
  const broker = await startBroker();
  const connection = await connect({ servers: broker.url, noAsyncTraces: true });
  let sluice: SluiceProcess | undefined;
  const bares: Party[] = [];
  try {
    sluice = await startServer({ isRulesOnly: true, nats: broker.url });
    const { answerBytes } = await check(broker.url, SLUICE_STREAMS, 1);
    for (const kind of BARE_KINDS) {
      const bare = await startScript("bare-nats", broker.url, kind, String(Math.round(answerBytes)));
      bares.push({ name: kind, process: bare, streams: bareStreams(kind) });
    }
    const ours = { name: "Sluice", process: sluice, streams: SLUICE_STREAMS };
    const figures = [
      ...(await streamFigures(connection, [ours, ...bares])),
      ...(await requestFigures(broker.url, [ours, ...bares.slice(0, 1)])),
    ];
    await checkCounts(sluice.url);
    return {
      suite: "transport-nats",
      checked: "every event was decided once, every decision is in the stream",
      figures,
    };
  } finally {
    await connection.close();
    await Promise.all([sluice, ...bares.map((bare) => bare.process)].map((each) => each?.stop()));
    await broker.stop();
  }
}

async function streamFigures(connection: NatsConnection, parties: readonly Party[]): Promise<Figure[]> {
  const manager = await connection.jetstreamManager();
  let nextId = 0;
  const consume = (party: Party): Promise<Consumed> => {
    nextId += EVENTS_A_ROUND;
    return drain(connection, manager, party, nextId);
  };
  for (const party of parties) await consume(party); // warm
  const subjects = parties.map((party) => ({ name: party.name, measure: () => consume(party) }));
  const measured = await measureRounds<Consumed>(ROUNDS, subjects);
  const rates = (name: string) => (measured.get(name) ?? []).map(({ eventsPerSecond }) => eventsPerSecond);
  const times = (name: string) => (measured.get(name) ?? []).map(({ cpuMicrosAnEvent }) => cpuMicrosAnEvent);
  const name = "JetStream in, JetStream out";
  return [
    ...parties.flatMap((party) => [
      { name: `${name}: ${party.name}: events a second`, value: Math.round(median(rates(party.name))), unit: "1/s" },
      {
        name: `${name}: ${party.name}: its processor time`,
        value: rounded(median(times(party.name))),
        unit: "us an event",
      },
    ]),
    ...BARE_KINDS.flatMap((kind) => [
      ...ratioFigures(`${name}: Sluice / ${kind} by rate`, rates("Sluice"), rates(kind)),
      ...ratioFigures(`${name}: ${kind} / Sluice by its processor time`, times(kind), times("Sluice")),
    ]),
  ].filter(({ value }) => !Number.isNaN(value));
}

/** Fills the stream under a consumer that is held still, lets it go, and waits until all decisions are stored. */
async function drain(
  connection: NatsConnection,
  manager: JetStreamManager,
  { process: consumer, streams }: Party,
  firstId: number,
): Promise<Consumed> {
  await untilHolds(manager, streams.events.stream, 0); // the last round's acknowledgements may be on their way
  await manager.streams.purge(streams.decisions);
  process.kill(consumer.pid, "SIGSTOP");
  try {
    for (let i = 0; i < EVENTS_A_ROUND; i += 1) {
      const body = bodies[i % bodies.length] as (typeof bodies)[number];
      body.renew(firstId + i);
      connection.publish(streams.events.subject, body.bytes);
      if (i % FLUSH_EVERY === FLUSH_EVERY - 1) await connection.flush();
    }
    await untilHolds(manager, streams.events.stream, EVENTS_A_ROUND);
  } finally {
    process.kill(consumer.pid, "SIGCONT");
  }
  const cpuBefore = consumer.cpuSeconds() ?? Number.NaN;
  const { first_ts, last_ts } = await untilHolds(manager, streams.decisions, EVENTS_A_ROUND);
  const cpuSeconds = (consumer.cpuSeconds() ?? Number.NaN) - cpuBefore;
  return {
    eventsPerSecond: ((EVENTS_A_ROUND - 1) * 1000) / (Date.parse(last_ts) - Date.parse(first_ts)),
    cpuMicrosAnEvent: (cpuSeconds * 1e6) / EVENTS_A_ROUND,
  };
}

async function untilHolds(manager: JetStreamManager, stream: string, count: number) {
  const endMs = performance.now() + DEADLINE_MS;
  while (performance.now() < endMs) {
    const { state } = await manager.streams.info(stream);
    if (state.messages === count) return state;
    if (count > 0 && state.messages > count)
      throw new Error(`${stream} holds ${state.messages} messages, not ${count}`);
    await sleep(POLL_MS);
  }
  throw new Error(`${stream} did not come to hold ${count} messages within ${DEADLINE_MS} ms`);
}

async function check(url: string, { check: subject }: StreamPair, window: number, perSecond?: number) {
  const job = { url: `${url}/${subject}`, eventsABody: 1, firstId: 0, connections: 1, window };
  const rate = perSecond === undefined ? { seconds: 1 } : { seconds: CHECK_SECONDS, perSecond };
  const load = await runLoad({ ...job, ...rate }, events);
  if (load.failed > 0) throw new Error(`${subject}: ${load.failed} of ${load.sent} requests failed`);
  return load;
}

async function requestFigures(url: string, parties: readonly Party[]): Promise<Figure[]> {
  const subjects = parties.map(({ name, streams }) => ({ name, measure: () => check(url, streams, CHECK_WINDOW) }));
  const measured = await measureRounds<LoadResult>(CHECK_ROUNDS, subjects);
  const rates = (name: string) => (measured.get(name) ?? []).map(({ okPerSecond }) => okPerSecond);
  const name = "request to sluice.check";
  const figures: Figure[] = parties.map((party) => ({
    name: `${name}, ${CHECK_WINDOW} in flight: ${party.name}: requests a second`,
    value: Math.round(median(rates(party.name))),
    unit: "1/s",
  }));
  figures.push(...ratioFigures(`${name}: Sluice / lean by rate`, rates("Sluice"), rates("lean")));
  for (const party of parties) {
    const { latencyMs } = await check(url, party.streams, CHECK_WINDOW, CHECK_PER_SECOND);
    for (const [key, value] of Object.entries(latencyMs ?? {})) {
      const at = `${name}, open loop at ${CHECK_PER_SECOND}/s: ${party.name}: ${key}`;
      figures.push({ name: at, value, unit: "ms" });
    }
  }
  return figures;
}

/** @throws {Error} unless each event of each round was decided, and none was a repeat or refused. */
async function checkCounts(url: string): Promise<void> {
  const wanted = EVENTS_A_ROUND * (ROUNDS + 1);
  const { total_events: total, duplicates } = (await (await fetch(`${url}/metrics`)).json()) as {
    readonly total_events: number;
    readonly duplicates: number;
  };
  if (total !== wanted || duplicates !== 0)
    throw new Error(`${wanted} events: ${total} decided, ${duplicates} repeats`);
}
