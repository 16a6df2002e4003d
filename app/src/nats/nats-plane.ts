/**
 * Everything that Sluice does on NATS, put together: where it starts, and in what order it ends. Invariant: an event is
 * taken only once its decision has a way out, and the connection stays until what was decided is published or the
 * deadline is over; what is missing from the stream then is published by the next start.
 */
import {
  connectNats,
  type NatsDeadLetter,
  type NatsLink,
  type NatsNotices,
  type NatsOutbox,
  type NatsStreams,
  type NatsSubscription,
  natsDeadLetter,
  natsSource,
  openNatsOutbox,
  openNatsStreams,
  publishNatsNotices,
  serveNatsCheck,
} from "@sluice/connectors";
import type { Alert, DeadLetter, Engine, Ledger, Log, PartReport } from "@sluice/engine";
import { bothDeadLetters } from "../dead-letter.ts";
import { natsHosts } from "./nats-url.ts";

export interface NatsPlaneOptions {
  readonly url: string;
  /** File that says how far the stream of decisions got; undefined: only the stream itself says so. */
  readonly cursorPath: string | undefined;
  /** Asked each time: whether refused events may lie in the dead letter as they came. */
  readonly retainsText: () => boolean;
  readonly log: Log;
}
export interface NatsTraffic {
  readonly engine: Engine;
  readonly ledger: Pick<Ledger, "read" | "lastSeq">;
  /** Gets what was delivered too often, besides `sluice.dead`. */
  readonly deadLetter: DeadLetter | undefined;
}
export interface NatsPlane {
  /** `sluice.dead`, for the engine. */
  readonly deadLetter: DeadLetter;
  /** Of the parts that run. */
  readonly reports: readonly PartReport[];
  /** Publishes decisions and takes events from now on; once. */
  start(traffic: NatsTraffic): Promise<void>;
  alert(alert: Alert): void;
  /** First step of the end: `sluice.check` is answered no more. */
  quiesce(): void;
  /** After the engine has stopped: publishes the rest, for as long as `drainMs` allows, and lets go. Idempotent. */
  close(drainMs?: number): Promise<void>;
}

/** Less than the 30 s that service managers commonly wait before they kill. */
const DRAIN_MS = 10_000;

/**
 * @throws {EngineError} `broker-unreachable`, `broker-refused`, `broker-unfit`: at the start each ends the process,
 *   because a gate that takes nothing must not look as if it were in place.
 */
export async function openNatsPlane({ url, cursorPath, retainsText, log }: NatsPlaneOptions): Promise<NatsPlane> {
  const link = await connectNats({ url, log });
  try {
    const streams = openNatsStreams(link);
    await streams.ensure();
    const fields = { servers: natsHosts(url), detail: link.report.state().detail };
    log({ level: "info", event: "nats-connected", message: "connected to NATS, the streams are sound", fields });
    const deadLetter = natsDeadLetter({ link, retainsText, log });
    return new Plane({ link, streams, deadLetter, cursorPath, log });
  } catch (error) {
    await link.close();
    throw error;
  }
}

interface PlaneParts {
  readonly link: NatsLink;
  readonly streams: NatsStreams;
  readonly deadLetter: NatsDeadLetter;
  readonly cursorPath: string | undefined;
  readonly log: Log;
}

class Plane implements NatsPlane {
  readonly #parts: PlaneParts;
  readonly reports: PartReport[];
  #outbox: NatsOutbox | undefined;
  #notices: NatsNotices | undefined;
  #check: NatsSubscription | undefined;
  #sourceEnd: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(parts: PlaneParts) {
    this.#parts = parts;
    this.reports = [parts.link.report, parts.deadLetter.report];
  }

  get deadLetter(): DeadLetter {
    return this.#parts.deadLetter;
  }

  async start({ engine, ledger, deadLetter: kept }: NatsTraffic): Promise<void> {
    const { link, streams, deadLetter, cursorPath, log } = this.#parts;
    this.#outbox = openNatsOutbox({
      ...{ streams, recorded$: engine.recorded$, ledger, log },
      ...(cursorPath === undefined ? {} : { cursorPath }),
    });
    this.#notices = publishNatsNotices({ link, windows$: engine.windows$ });
    this.#check = await serveNatsCheck({ link, engine });
    const put = bothDeadLetters(kept, deadLetter).put;
    const source = natsSource({ streams, log, deadLetter: { put, flush: () => deadLetter.flush() } });
    this.reports.push(source.report, this.#outbox.report);
    this.#sourceEnd = engine.attach(source).catch(() => {}); // an alert tells why
  }

  alert(alert: Alert): void {
    this.#notices?.alert(alert);
  }

  quiesce(): void {
    this.#check?.close();
  }

  close(drainMs = DRAIN_MS): Promise<void> {
    this.#closed ??= this.#end(drainMs);
    return this.#closed;
  }

  async #end(drainMs: number): Promise<void> {
    const { link, deadLetter, log } = this.#parts;
    this.quiesce();
    await this.#sourceEnd;
    const isDrained = (await this.#outbox?.drained(drainMs)) ?? true;
    if (!isDrained) {
      const message = "not every decision is in the stream yet; the next start on this data folder publishes the rest";
      log({ level: "warn", event: "nats-not-drained", message });
    }
    await Promise.race([deadLetter.flush(), pause(isDrained ? drainMs : 0)]);
    await this.#outbox?.close();
    this.#notices?.close();
    await deadLetter.close();
    await link.close();
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
