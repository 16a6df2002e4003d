/**
 * Decisions as they come into SLUICE_DECISIONS, in the stream's order, each once. A consumer without memory of its
 * own is made at the stream and pulled from; whatever happens to it, to the connection or to the server, the next one
 * begins behind the last stream sequence that was handed over.
 */
import { EngineError } from "@sluice/engine";
import type { FollowDecisionsOptions, NatsMessage, NatsSubscription } from "./contracts.ts";
import { type DecisionsConsumer, makeConsumer } from "./decisions-consumer.ts";

/** Messages asked for at a time, and so the most that wait for a slow reader. */
const PULL_MAX = 256;
const PULL_EXPIRES_MS = 20_000;
const HEARTBEAT_MS = 2_000;
/** The server says something at least each `HEARTBEAT_MS` while it owes us an answer. */
const SILENCE_MAX_MS = 5_000;
const RETRY_MS = 250;

/**
 * @throws {EngineError} (by the promise) `broker-unfit` when there is no such stream yet, `broker-refused`,
 *   `broker-unreachable`. Later faults are waited out.
 */
export async function followNatsDecisions(options: FollowDecisionsOptions): Promise<NatsSubscription> {
  const follower = new Follower(options);
  await follower.open();
  void follower.run();
  return { close: () => follower.close() };
}

class Follower {
  readonly #options: FollowDecisionsOptions;
  readonly #inbox: string;
  readonly #queue: NatsMessage[] = [];
  readonly #leave: (() => void)[] = [];
  #subscription: NatsSubscription | undefined;
  #consumer: DecisionsConsumer | undefined;
  /** Of the consumer in use; what an earlier one still sends is not listened to. */
  #generation = 0;
  #lastSeq: number | undefined;
  #isAsked = false;
  #isClosed = false;
  #wake: () => void = () => {};

  constructor(options: FollowDecisionsOptions) {
    this.#options = options;
    this.#inbox = options.link.newInbox();
  }

  async open(): Promise<void> {
    const { link } = this.#options;
    const forget = () => {
      this.#consumer = undefined;
      this.#wake();
    };
    this.#leave.push(
      link.onDisconnected(forget),
      link.onConnected(() => this.#wake()),
    );
    try {
      await this.#renew();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Until closed. Never rejects: what went wrong is tried again. */
  async run(): Promise<void> {
    while (!this.#isClosed) {
      try {
        if (!this.#options.link.isConnected) await this.#rest(SILENCE_MAX_MS);
        else if (this.#consumer === undefined) await this.#renew();
        else await this.#step(this.#consumer);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error; // our own bug
        this.#consumer = undefined;
        await this.#rest(RETRY_MS);
      }
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const leave of this.#leave.splice(0)) leave();
    this.#subscription?.close();
    this.#consumer = undefined;
    this.#queue.length = 0;
    this.#wake();
  }

  async #renew(): Promise<void> {
    this.#generation += 1;
    this.#queue.length = 0;
    this.#isAsked = false;
    await this.#listen();
    const consumer = await makeConsumer(this.#options, this.#lastSeq);
    this.#lastSeq = consumer.behindSeq;
    this.#consumer = consumer;
  }

  /** To this consumer alone: its messages bear the stream's subjects, so only the subscription tells them apart. */
  async #listen(): Promise<void> {
    const generation = this.#generation;
    this.#subscription?.close();
    this.#subscription = await this.#options.link.subscribe(this.#inboxNow(), (message) => {
      if (generation !== this.#generation) return;
      this.#queue.push(message); // no more than was asked for
      this.#wake();
    });
    if (this.#isClosed) this.#subscription.close();
  }

  /** Takes what has come, or waits for something to come. */
  async #step(consumer: DecisionsConsumer): Promise<void> {
    const message = this.#queue.shift();
    if (message !== undefined) return this.#take(message, consumer);
    if (!this.#isAsked) {
      const pull = { batch: PULL_MAX, expires: PULL_EXPIRES_MS * 1e6, idle_heartbeat: HEARTBEAT_MS * 1e6 };
      this.#options.link.publish(consumer.nextSubject, JSON.stringify(pull), { reply: this.#inboxNow() });
      this.#isAsked = true;
      consumer.owed = PULL_MAX;
    }
    const hasCome = await this.#rest(SILENCE_MAX_MS);
    if (!hasCome) this.#consumer = undefined; // the server forgot it, or hangs
  }

  async #take(message: NatsMessage, consumer: DecisionsConsumer): Promise<void> {
    const { status } = message;
    if (status === 100) return; // still there
    if (status === 404 || status === 408) {
      this.#isAsked = false; // nothing more came in time: ask again
      return;
    }
    const place = placeOf(message.reply);
    if (status !== 0 || place === undefined || place.consumerSeq !== consumer.nextConsumerSeq) {
      this.#consumer = undefined; // it is gone, or something was lost on the way
      return;
    }
    consumer.nextConsumerSeq += 1;
    consumer.owed -= 1;
    if (consumer.owed === 0) this.#isAsked = false;
    this.#lastSeq = place.streamSeq;
    await this.#options.onDecision(message.data);
  }

  /** True when something woke it. */
  #rest(delayMs: number): Promise<boolean> {
    if (this.#isClosed) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), delayMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  #inboxNow(): string {
    return `${this.#inbox}.${this.#generation}`;
  }
}

/**
 * `$JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<time>.<pending>`, with two more tokens in front
 * of the stream on servers that know their domain.
 */
function placeOf(reply: string): { readonly streamSeq: number; readonly consumerSeq: number } | undefined {
  const tokens = reply.split(".");
  if (tokens[0] !== "$JS" || tokens[1] !== "ACK" || tokens.length < 9) return undefined;
  const at = tokens.length >= 11 ? 2 : 0;
  const [streamSeq, consumerSeq] = [Number(tokens[5 + at]), Number(tokens[6 + at])];
  return Number.isSafeInteger(streamSeq) && Number.isSafeInteger(consumerSeq) ? { streamSeq, consumerSeq } : undefined;
}
