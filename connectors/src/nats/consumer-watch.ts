/**
 * Finds a consumer that is out of step with its stream, and deletes it so that it is made anew. A server that was
 * killed may come back with a consumer that is older or newer than its stream. nats-server 2.9 then stands still: for
 * each acknowledgement that it waits for and whose message is gone it spends one of its turns, which come about once
 * a second in quiet, while new events wait behind; and messages that the consumer takes for acknowledged stay in the
 * stream for ever. In a work queue every message is pending or unacknowledged, and that is looked at. What a new
 * consumer brings again are repeats.
 */
import type { EngineError, Log } from "@sluice/engine";
import type { NatsStreams, NatsWorkQueue } from "./contracts.ts";

export interface ConsumerWatchOptions {
  readonly streams: NatsStreams;
  readonly log?: Log;
  /** The consumer was deleted, and why. */
  readonly onDropped: (why: string) => void;
}

/** Heartbeats in a row, with nothing between, after which an idle consumer is looked at. */
const BEATS_MIN = 2;
/** Looks in a row that must find the same: one may fall between a message and its delivery. */
const FINDINGS_MIN = 2;

export class ConsumerWatch {
  readonly #options: ConsumerWatchOptions;
  /** The server may have been killed since stream and consumer were last seen empty. */
  #isSuspect = true;
  #beats = 0;
  #findings = 0;
  #isLooking = false;
  #remade = 0;

  constructor(options: ConsumerWatchOptions) {
    this.#options = options;
  }

  /** Consumers that were deleted for it. */
  get remade(): number {
    return this.#remade;
  }

  /** The connection was lost, or what is asked of the server has to be asked again. */
  suspect(): void {
    this.#isSuspect = true;
    this.#beats = 0;
  }

  /** An event came. */
  heard(): void {
    this.#beats = 0;
    this.#findings = 0;
  }

  /** The server has nothing for us, it says. Never rejects. */
  async beat(): Promise<void> {
    this.#beats += 1;
    if (!this.#isSuspect || this.#isLooking || this.#beats < BEATS_MIN) return;
    this.#isLooking = true;
    try {
      await this.#look();
    } catch (error) {
      this.#isSuspect = false; // until the connection is lost again: this user may not look, or nobody answers
      const { message } = error as EngineError;
      this.#options.log?.({ level: "warn", event: "nats-source-waits", message });
    } finally {
      this.#isLooking = false;
    }
  }

  async #look(): Promise<void> {
    const { streams, log, onDropped } = this.#options;
    const queue = await streams.workQueue();
    if (this.#beats < BEATS_MIN) return; // an event came meanwhile
    if (queue.messages === 0 && queue.unacknowledged === 0) this.#isSuspect = false;
    this.#findings = isOutOfStep(queue) ? this.#findings + 1 : 0;
    if (this.#findings < FINDINGS_MIN) return;
    this.#findings = 0;
    await streams.dropConsumer();
    this.#remade += 1;
    const { messages, pending, unacknowledged } = queue;
    const found = `${messages} messages, of which it knew ${pending} pending and ${unacknowledged} unacknowledged`;
    const message = `the consumer was out of step with its stream (${found}); it is made anew, and they come again`;
    log?.({ level: "warn", event: "nats-consumer-remade", message });
    onDropped(message);
  }
}

/** Of a consumer that said it has nothing to deliver. */
function isOutOfStep({ messages, pending, unacknowledged, unacknowledgedMax }: NatsWorkQueue): boolean {
  const owesEvents = pending > 0 && unacknowledged < unacknowledgedMax;
  return owesEvents || messages !== pending + unacknowledged;
}
