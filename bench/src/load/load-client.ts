/**
 * A load client, run as a process of its own so that it does not share an event loop with what it measures:
 *
 *     node load-client.js <job file>
 *
 * The job is a `LoadJob` as JSON; the result is printed as one line of JSON, a `LoadResult`.
 */
import { readFileSync } from "node:fs";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { type FreshBody, freshBody } from "./fresh-bodies.ts";
import { httpRequest, openHttpLink } from "./http-link.ts";
import { type LatencyRecorder, type LatencySummary, latencyRecorder } from "./latency.ts";
import type { Answer, Link } from "./link.ts";
import { openNatsLink } from "./nats-link.ts";
import { openLoop } from "./schedule.ts";
import { openSocketLink, socketFrame } from "./socket-link.ts";

export interface LoadJob {
  /** `http:` posts bodies, `ws:` sends frames, `nats:` requests from the subject that is its path. */
  readonly url: string;
  /** NDJSON, one event a line. */
  readonly eventsFile: string;
  readonly eventsABody: number;
  /** Ids of events count from here. */
  readonly firstId: number;
  readonly connections: number;
  /** Bodies that one connection may have unanswered; more than 1 not over HTTP. */
  readonly window: number;
  readonly seconds: number;
  /**
   * Bodies a second, sent when they are due, whatever came back (open loop); latency counts from when they were due.
   * Undefined: each connection sends as soon as it is answered (closed loop), which tells the rate that can be had.
   */
  readonly perSecond?: number;
}

export interface LoadResult {
  /** Bodies. */
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  /** Bodies answered well a second: of the measured time in a closed loop, of all in an open one. */
  readonly okPerSecond: number;
  /** Mean length of an answer. */
  readonly answerBytes: number;
  /** Undefined when nothing was answered well. */
  readonly latencyMs: LatencySummary | undefined;
  /** Processor time of this client as a share of the time that it ran: near 1, it was the limit. */
  readonly clientLoad: number;
}

/** A closed loop is not measured at first. */
const RAMP_SECONDS = 0.2;
const DRAIN_MS = 5000;
/**
 * How long an open loop rests at most between two looks at clock and sockets. A timer rests a millisecond at least,
 * which would stand in every latency; not resting at all would take a core from the server.
 */
const REST_MS = 0.1;
/** Buffers of a connection for each body that it may have unanswered: so many, so that bodies differ. */
const BUFFERS = 4;

const PROTOCOLS = {
  "http:": { open: openHttpLink, message: (body: Buffer, url: URL, type: string) => httpRequest(url, type, body) },
  "ws:": { open: openSocketLink, message: socketFrame },
  "nats:": { open: openNatsLink, message: (body: Buffer) => body },
};

interface Lane {
  readonly link: Link;
  readonly bodies: readonly FreshBody[];
  nextBody: number;
  /** When the bodies without an answer were due, oldest first. */
  readonly dueMs: number[];
}

class LoadRun {
  readonly latency: LatencyRecorder = latencyRecorder();
  readonly #job: LoadJob;
  readonly #lanes: Lane[] = [];
  /** Places for one more body, the lane once for each. */
  readonly #free: Lane[] = [];
  #nextId: number;
  sent = 0;
  ok = 0;
  failed = 0;
  answerBytes = 0;
  /** Called when an answer made room. */
  onRoom: () => void = () => {};

  constructor(job: LoadJob) {
    this.#job = job;
    this.#nextId = job.firstId;
  }

  async open(events: readonly Buffer[]): Promise<void> {
    const { connections, window } = this.#job;
    for (let i = 0; i < connections; i += 1) {
      const lane = { link: await this.#openLink(i), bodies: this.#bodies(events, i), nextBody: 0, dueMs: [] };
      this.#lanes.push(lane);
    }
    for (let i = 0; i < window; i += 1) this.#free.push(...this.#lanes);
  }

  get hasRoom(): boolean {
    return this.#free.length > 0;
  }
  get settled(): number {
    return this.ok + this.failed;
  }

  send(dueMs: number): void {
    const lane = this.#free.shift() as Lane;
    const body = lane.bodies[lane.nextBody] as FreshBody;
    lane.nextBody = (lane.nextBody + 1) % lane.bodies.length;
    body.renew(this.#nextId);
    this.#nextId += body.eventCount;
    lane.dueMs.push(dueMs);
    this.sent += 1;
    lane.link.send(body.bytes);
  }

  close(): void {
    for (const { link } of this.#lanes) link.close();
  }

  #openLink(index: number): Promise<Link> {
    const url = new URL(this.#job.url);
    const { open } = PROTOCOLS[url.protocol as keyof typeof PROTOCOLS];
    const fail = () => {
      for (const _ of this.#lanes[index]?.dueMs.splice(0) ?? []) this.failed += 1;
    };
    return open(url, (answer) => this.#answered(this.#lanes[index] as Lane, answer), fail);
  }

  #bodies(events: readonly Buffer[], lane: number): FreshBody[] {
    const { url: text, eventsABody: count, window } = this.#job;
    const url = new URL(text);
    const type = count === 1 ? "application/json" : "application/x-ndjson";
    const { message } = PROTOCOLS[url.protocol as keyof typeof PROTOCOLS];
    return Array.from({ length: BUFFERS * window }, (_, buffer) => {
      const from = (lane * BUFFERS * window + buffer) * count;
      const chosen = Array.from({ length: count }, (_, i) => events[(from + i) % events.length] as Buffer);
      return freshBody(chosen, (body) => message(body, url, type));
    });
  }

  #answered(lane: Lane, { isOk, bytes }: Answer): void {
    const dueMs = lane.dueMs.shift();
    if (dueMs === undefined) return;
    this.answerBytes += bytes;
    if (isOk) {
      this.ok += 1;
      this.latency.recordMs(performance.now() - dueMs);
    } else this.failed += 1;
    this.#free.push(lane);
    this.onRoom();
  }
}

async function runOpen(run: LoadRun, perSecond: number, seconds: number): Promise<number> {
  const schedule = openLoop(perSecond, seconds);
  const startMs = performance.now();
  const sendDue = () => {
    const due = schedule.dueCount(performance.now() - startMs);
    while (run.sent < due && run.hasRoom) run.send(startMs + schedule.dueMs(run.sent));
  };
  run.onRoom = sendDue; // what found no connection free is late, and counts so
  while (run.sent < schedule.total && performance.now() - startMs < seconds * 1000 + DRAIN_MS) {
    sendDue();
    rest(startMs + schedule.dueMs(run.sent) - performance.now());
    await nextTurn();
  }
  await settle(run, schedule.total);
  run.failed += schedule.total - run.settled;
  return run.ok / seconds;
}

const nobodyWakes = new Int32Array(new SharedArrayBuffer(4));

/** Holds the whole process still. */
function rest(untilDueMs: number): void {
  if (untilDueMs > 0) Atomics.wait(nobodyWakes, 0, 0, Math.min(REST_MS, untilDueMs));
}

async function runClosed(run: LoadRun, seconds: number): Promise<number> {
  let isOver = false;
  const fill = () => {
    while (!isOver && run.hasRoom) run.send(performance.now());
  };
  run.onRoom = fill;
  fill();
  await sleep(RAMP_SECONDS * 1000);
  const [startMs, startOk] = [performance.now(), run.ok];
  await sleep(seconds * 1000);
  const perSecond = ((run.ok - startOk) * 1000) / (performance.now() - startMs);
  isOver = true;
  await settle(run, run.sent);
  run.failed += run.sent - run.settled;
  return perSecond;
}

async function settle(run: LoadRun, count: number): Promise<void> {
  for (let waitedMs = 0; run.settled < count && waitedMs < DRAIN_MS; waitedMs += 5) await sleep(5);
}

async function perform(job: LoadJob): Promise<LoadResult> {
  const events = readFileSync(job.eventsFile, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Buffer.from(line));
  const run = new LoadRun(job);
  await run.open(events);
  const [cpu, startMs] = [process.cpuUsage(), performance.now()];
  const { perSecond, seconds } = job;
  const okPerSecond = await (perSecond === undefined ? runClosed(run, seconds) : runOpen(run, perSecond, seconds));
  const { user, system } = process.cpuUsage(cpu);
  const clientLoad = (user + system) / 1000 / (performance.now() - startMs);
  run.close();
  return {
    sent: run.sent,
    ok: run.ok,
    failed: run.failed,
    okPerSecond,
    answerBytes: run.answerBytes / Math.max(1, run.ok),
    latencyMs: run.latency.count > 0 ? run.latency.summary() : undefined,
    clientLoad: Number(clientLoad.toFixed(2)),
  };
}

console.log(JSON.stringify(await perform(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as LoadJob)));
