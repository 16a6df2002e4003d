/**
 * Events in over HTTP or WebSocket, beside the same transport and nothing else: on each server adapter one Sluice and
 * one server that counts bytes and answers as many, both driven by the same client. By closed loops for the rate that
 * can be had, in rounds; then by open loops for the time that an answer takes at a rate that both can bear.
 */
import { makeCorpus } from "../corpus.ts";
import type { Figure } from "../record.ts";
import { adaptersHere } from "./adapters.ts";
import type { LoadJob, LoadResult } from "./load-client.ts";
import { measureRounds, median, ratioFigures, rounded, type Subject } from "./rounds.ts";
import { runLoad, type ServerProcess, type SluiceProcess, startBareServer, startServer } from "./server-process.ts";

export interface Transport {
  /** For people: `POST /ingest`. */
  readonly name: string;
  readonly protocol: "http" | "ws";
  readonly path: string;
  /** In a closed loop. */
  readonly connections: number;
  readonly window: number;
}

const EVENT_COUNTS = [1, 64] as const;
const ROUNDS = 3;
const ROUND_SECONDS = 0.8;
/** So long that the code of Sluice is compiled as it stays. */
const PREPARE_SECONDS = 1.2;
const OPEN_PER_SECOND = 1000;
const OPEN_SECONDS = 3;
const OPEN_CONNECTIONS = 32;
/** No run sends so many events: each has the ids of a range of its own. */
const IDS_A_RUN = 1e8;

const { events } = makeCorpus({ seed: 4, phraseCount: 100, eventCount: 2000, eventBytes: 1000 });

interface Measured {
  readonly load: LoadResult;
  readonly eventsPerSecond: number;
  /** Of the server, all its threads. */
  readonly cpuMicrosAnEvent: number | undefined;
}

type Pace = Pick<LoadJob, "seconds" | "perSecond">;

/** A Sluice and its bare counterpart on one adapter. */
class Pair {
  readonly #transport: Transport;
  readonly sluice: SluiceProcess;
  readonly #bare: ServerProcess;
  /** By events a body: how long Sluice's answer is. */
  readonly #answerBytes = new Map<number, number>();
  #runs = 0;
  #eventsAnswered = 0;
  #bareAnswered = 0;

  constructor(transport: Transport, sluice: SluiceProcess, bare: ServerProcess) {
    this.#transport = transport;
    this.sluice = sluice;
    this.#bare = bare;
  }

  /** The lengths of the answers, and both servers warm. */
  async prepare(): Promise<void> {
    for (const count of EVENT_COUNTS) {
      const { answerBytes } = (await this.drive("Sluice", count, { seconds: PREPARE_SECONDS })).load;
      this.#answerBytes.set(count, Math.round(answerBytes));
      const bare = (await this.drive("bare", count, { seconds: PREPARE_SECONDS })).load;
      const [ours, theirs] = [Math.round(answerBytes), Math.round(bare.answerBytes)];
      if (ours !== theirs) throw new Error(`answers of ${theirs} bytes where Sluice's have ${ours}`);
    }
  }

  async drive(which: "Sluice" | "bare", eventsABody: number, pace: Pace): Promise<Measured> {
    const { protocol, path, connections, window } = this.#transport;
    const server = which === "Sluice" ? this.sluice : this.#bare;
    const query = which === "bare" ? `?answer=${this.#answerBytes.get(eventsABody)}` : "";
    const url = server.url.replace("http", protocol) + path + query;
    this.#runs += 1;
    const job: Omit<LoadJob, "eventsFile"> = {
      ...{ url, eventsABody, firstId: this.#runs * IDS_A_RUN },
      ...(pace.perSecond === undefined ? { connections, window } : { connections: OPEN_CONNECTIONS, window: 1 }),
      ...pace,
    };
    const cpuBefore = server.cpuSeconds();
    const load = await runLoad(job, events);
    const cpuAfter = server.cpuSeconds();
    if (load.failed > 0) throw new Error(`${which}, ${url}: ${load.failed} of ${load.sent} bodies failed`);
    if (which === "Sluice") this.#eventsAnswered += load.ok * eventsABody;
    else this.#bareAnswered += load.ok;
    const cpuSeconds = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
    return {
      load,
      eventsPerSecond: load.okPerSecond * eventsABody,
      cpuMicrosAnEvent: cpuSeconds && (cpuSeconds * 1e6) / (load.ok * eventsABody),
    };
  }

  /** @throws {Error} unless each event that was answered was decided once, and each body was counted. */
  async check(): Promise<void> {
    const metrics = (await (await fetch(`${this.sluice.url}/metrics`)).json()) as {
      readonly total_events: number;
      readonly duplicates: number;
    };
    const { total_events: total, duplicates } = metrics;
    if (total !== this.#eventsAnswered || duplicates !== 0) {
      throw new Error(`${this.#eventsAnswered} events were answered, ${total} decided, ${duplicates} repeats`);
    }
    const { payloads } = (await (await fetch(this.#bare.url)).json()) as { readonly payloads: number };
    if (payloads !== this.#bareAnswered) {
      throw new Error(`${this.#bareAnswered} bodies were answered, ${payloads} counted`);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([this.sluice.stop(), this.#bare.stop()]);
  }
}

export async function compareIngest(transport: Transport): Promise<{ checked: string; figures: Figure[] }> {
  const figures: Figure[] = [];
  const adapters = adaptersHere();
  for (const adapter of adapters) {
    const sluice = await startServer({ server: adapter, isRulesOnly: true });
    const pair = new Pair(transport, sluice, await startBareServer(adapter));
    try {
      if (sluice.adapter !== adapter) throw new Error(`asked for ${adapter}, got ${sluice.adapter}`);
      await pair.prepare();
      const name = `${transport.name} on ${adapter}`;
      figures.push(...(await rateFigures(name, pair)), ...(await latencyFigures(name, pair)));
      await pair.check();
    } finally {
      await pair.stop();
    }
  }
  const checked = `on ${adapters.join(" and ")}: every event answered was decided once, every bare body counted`;
  return { checked, figures };
}

async function rateFigures(name: string, pair: Pair): Promise<Figure[]> {
  const subjects = EVENT_COUNTS.flatMap((count) =>
    (["Sluice", "bare"] as const).map((which) => ({
      name: `${which} ${count}`,
      measure: () => pair.drive(which, count, { seconds: ROUND_SECONDS }),
    })),
  );
  const measured = await measureRounds<Measured>(ROUNDS, subjects as readonly Subject<Measured>[]);
  return EVENT_COUNTS.flatMap((count) => {
    const ours = measured.get(`Sluice ${count}`) ?? [];
    const theirs = measured.get(`bare ${count}`) ?? [];
    return comparison(`${name}, ${count} ${count === 1 ? "event" : "events"} a body`, ours, theirs);
  });
}

function comparison(name: string, ours: readonly Measured[], theirs: readonly Measured[]): Figure[] {
  const rates = (all: readonly Measured[]) => all.map(({ eventsPerSecond }) => eventsPerSecond);
  const times = (all: readonly Measured[]) => all.map(({ cpuMicrosAnEvent }) => cpuMicrosAnEvent ?? Number.NaN);
  const one = (who: string, all: readonly Measured[]): Figure[] => [
    { name: `${name}: ${who}: events a second`, value: Math.round(median(rates(all))), unit: "1/s" },
    { name: `${name}: ${who}: server's processor time`, value: rounded(median(times(all))), unit: "us an event" },
    {
      name: `${name}: ${who}: load of the client`,
      value: median(all.map(({ load }) => load.clientLoad)),
      unit: "of a core",
    },
  ];
  const added = median(times(ours).map((time, round) => time - (times(theirs)[round] as number)));
  return [
    ...one("Sluice", ours),
    ...one("bare", theirs),
    { name: `${name}: what Sluice adds`, value: rounded(added), unit: "us an event" },
    // Three times the bare server's, less its own.
    {
      name: `${name}: what a third would leave for it`,
      value: rounded(2 * median(times(theirs))),
      unit: "us an event",
    },
    ...ratioFigures(`${name}: Sluice / bare by rate`, rates(ours), rates(theirs)),
    ...ratioFigures(`${name}: bare / Sluice by server's processor time`, times(theirs), times(ours)),
  ].filter(({ value }) => !Number.isNaN(value));
}

async function latencyFigures(name: string, pair: Pair): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const which of ["Sluice", "bare"] as const) {
    const pace = { seconds: OPEN_SECONDS, perSecond: OPEN_PER_SECOND };
    const { latencyMs } = (await pair.drive(which, 1, pace)).load;
    for (const [key, value] of Object.entries(latencyMs ?? {})) {
      figures.push({ name: `${name}, open loop at ${OPEN_PER_SECOND} events/s: ${which}: ${key}`, value, unit: "ms" });
    }
  }
  return figures;
}
