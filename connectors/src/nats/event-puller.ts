/**
 * Pulls events and settles them. One pull at a time, for as much as there is room for; the server answers it with
 * events, with a heartbeat while it has none, and with a status when it is over. Invariant: what is held (waiting for
 * the reader, with the reader, or waiting for its retry) and what the pull may still bring are together at most
 * `inFlightMax`.
 */
import { EngineError, type PartState } from "@sluice/engine";
import { ACK, AGAIN_NOW, againAfter, deliveriesOf, TERMINATE, WORKING } from "./ack-reply.ts";
import { ConsumerWatch } from "./consumer-watch.ts";
import type { NatsConsumerState, NatsFeed, NatsMessage, NatsSourceOptions } from "./contracts.ts";
import { deliveredTooOften, EventDelivery, type Settlement } from "./event-delivery.ts";
import { counter, gauge } from "./metric.ts";
import { Signal } from "./signal.ts";
import { CONSUMER, EVENTS_STREAM } from "./stream-config.ts";
import { subjectOrganisations } from "./subject-organisations.ts";

export interface EventPullerOptions extends NatsSourceOptions {
  readonly inFlightMax: number;
  readonly inFlightBytesMax: number;
}

const BATCH_MAX = 256;
/** After which a batch takes no more. */
const BATCH_BYTES = 256 * 1024;
const PULL_MAX = 1_024;
/** Subject and headers of a message, beyond its payload. */
const ENVELOPE_BYTES = 8 * 1024;
/** Nanoseconds, as the server takes them: how long a pull stands, and how often it hears of one that waits. */
const PATIENCE = { expires: 30e9, idle_heartbeat: 2e9 };
const SILENCE_MAX_MS = 5_000;
const BACK_OFF_FIRST_MS = 100;
const BACK_OFF_MAX_MS = 5_000;
const NEXT_SUBJECT = `$JS.API.CONSUMER.MSG.NEXT.${EVENTS_STREAM}.${CONSUMER}`;
const ACK_PREFIX = `$JS.ACK.${EVENTS_STREAM}.`;

export class EventPuller implements Settlement {
  readonly #options: EventPullerOptions;
  readonly #inbox: string;
  readonly #changed = new Signal();
  readonly #arrived = new Signal();
  readonly #endings: (() => void)[] = [];
  readonly #watch: ConsumerWatch;
  /** Waiting for the reader, from `#start` on. */
  #waiting: EventDelivery[] = [];
  /** In the order in which the server heard of them. */
  readonly #held = new Set<EventDelivery>();
  #heldBytes = 0;
  /** What the pull under way may still bring. */
  #owed = 0;
  #pulls = 0;
  #heardMs = 0;
  #consumer: NatsConsumerState = { ackWaitMs: 10_000, deliverMax: 10 };
  #feed: NatsFeed | undefined;
  #isStale = false;
  #isStopped = false;
  #why = "";
  /** Subject that this user may not publish to; looked at anew with each pull. */
  #denied = "";
  /** Settled while there was no connection. */
  #lateAcks: string[] = [];
  readonly #organisationOf = subjectOrganisations();
  #counts = { delivered: 0, redelivered: 0, tooOften: 0 };

  constructor(options: EventPullerOptions) {
    this.#options = options;
    this.#inbox = options.streams.link.newInbox();
    this.#watch = new ConsumerWatch({ ...options, onDropped: (why) => this.#renew(why) });
  }

  /** @throws {EngineError} `broker-…`, `config-invalid`. */
  async start(): Promise<void> {
    const { streams, inFlightBytesMax } = this.#options;
    const { link } = streams;
    if (inFlightBytesMax < link.payloadBytesMax) {
      const message = `inFlightBytesMax must be at least the server's max_payload, ${link.payloadBytesMax} bytes`;
      throw new EngineError("config-invalid", message);
    }
    this.#consumer = await streams.ensure();
    this.#feed = await link.subscribe(`${this.#inbox}.*`, (message) => this.#receive(message));
    const timer = setInterval(() => this.#keepAlive(), this.#consumer.ackWaitMs / 3);
    timer.unref();
    this.#endings.push(
      () => clearInterval(timer),
      link.onDisconnected(() => this.#renew("the connection to the NATS server is gone")),
      link.onConnected(() => this.#changed.raise()),
      link.onDenied(({ operation, subject }) => {
        const isOurs = subject === NEXT_SUBJECT || subject.startsWith(ACK_PREFIX);
        if (operation === "publish" && isOurs) this.#denied = subject;
      }),
    );
    if (this.#isStopped) this.#endWhenSettled();
    else void this.#run();
  }

  /** Pulls no more and gives back what the reader has not got. What the reader has can still be settled. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#changed.raise();
    this.#arrived.raise();
    void this.#feed?.drain();
    for (const delivery of this.#waiting.splice(0)) this.#settle(delivery, AGAIN_NOW);
    this.#endWhenSettled();
  }

  /** The next batch, up to 256; empty when none waits. */
  take(): readonly EventDelivery[] {
    let bytes = 0;
    let count = 0;
    while (count < this.#waiting.length && count < BATCH_MAX && bytes < BATCH_BYTES) {
      bytes += this.#waiting[count++]?.value.length ?? 0;
    }
    if (count === 0) return [];
    const batch = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    return batch;
  }

  /** Resolves when there may be a batch. */
  arrived(): Promise<void> {
    return this.#waiting.length > 0 || this.#isStopped ? Promise.resolve() : this.#arrived.next();
  }

  acknowledge(delivery: EventDelivery): void {
    this.#settle(delivery, ACK);
  }

  acknowledgeRefused(delivery: EventDelivery, isWhole: boolean): void {
    const word = isWhole ? TERMINATE : ACK;
    const { deadLetter } = this.#options;
    if (deadLetter === undefined) this.#settle(delivery, word);
    else void deadLetter.flush().then(() => this.#settle(delivery, word));
  }

  /** A retry never uses up the last delivery: the event is then held here and handed over again. */
  retry(delivery: EventDelivery, delayMs: number): void {
    if (delivery.deliveries + 1 < this.#consumer.deliverMax) {
      this.#settle(delivery, againAfter(delayMs));
      return;
    }
    setTimeout(() => {
      if (this.#isStopped) this.#settle(delivery, WORKING);
      else this.#hand(delivery);
    }, delayMs).unref();
  }

  state(): PartState {
    const flight = `${this.#held.size} of ${this.#options.inFlightMax} events in flight`;
    if (this.#isStopped) return { state: "stopped", detail: flight };
    if (this.#denied !== "") return { state: "failed", detail: `no permission for ${this.#denied}; grant it` };
    if (this.#why !== "") return { state: "failed", detail: `${this.#why}; trying again; ${flight}` };
    return { state: "ready", detail: `${EVENTS_STREAM}, ${flight}` };
  }

  metrics() {
    const { delivered, redelivered, tooOften } = this.#counts;
    return [
      counter("sluice_nats_deliveries_total", "Events that the NATS server delivered, repeats included.", delivered),
      counter("sluice_nats_redeliveries_total", "Of those, the ones that it had delivered before.", redelivered),
      counter("sluice_nats_delivered_too_often_total", "Events dead-lettered without being decided.", tooOften),
      counter("sluice_nats_consumers_remade_total", "Consumers found out of step and made anew.", this.#watch.remade),
      gauge("sluice_nats_in_flight", "Deliveries that are not settled.", this.#held.size),
    ];
  }

  async #run(): Promise<void> {
    const { link } = this.#options.streams;
    let backOffMs = BACK_OFF_FIRST_MS;
    while (!this.#isStopped) {
      if (!link.isConnected) {
        await this.#changed.next();
        continue;
      }
      if (this.#isStale && !(await this.#restore())) {
        await this.#changed.next(backOffMs);
        backOffMs = Math.min(BACK_OFF_MAX_MS, backOffMs * 2);
        continue;
      }
      backOffMs = BACK_OFF_FIRST_MS;
      if (this.#owed === 0 && this.#hasRoom()) this.#pull();
      await this.#changed.next(SILENCE_MAX_MS);
      const isSilent = performance.now() - this.#heardMs > SILENCE_MAX_MS;
      if (this.#owed > 0 && isSilent) this.#renew("the NATS server owes events and says nothing");
    }
  }

  /** Streams and consumer as they must be, after they may have been lost. False when that failed. */
  async #restore(): Promise<boolean> {
    const { streams, log } = this.#options;
    this.#isStale = false;
    try {
      this.#consumer = await streams.ensure();
    } catch (error) {
      this.#renew(error instanceof EngineError ? error.message : String(error));
      log?.({ level: "warn", event: "nats-source-waits", message: this.#why });
      return false;
    }
    this.#why = "";
    for (const reply of this.#lateAcks.splice(0)) streams.link.publish(reply, ACK);
    return true;
  }

  #renew(why: string): void {
    this.#watch.suspect();
    this.#why = why;
    this.#isStale = true;
    this.#owed = 0;
    this.#changed.raise();
  }

  #hasRoom(): boolean {
    const { inFlightMax, inFlightBytesMax, streams } = this.#options;
    const worthwhile = Math.min(BATCH_MAX, Math.max(1, inFlightMax >> 2));
    const isFew = this.#held.size <= inFlightMax - worthwhile;
    return isFew && this.#heldBytes + streams.link.payloadBytesMax <= inFlightBytesMax;
  }

  #pull(): void {
    const { inFlightMax, inFlightBytesMax, streams } = this.#options;
    const bytesMax = inFlightBytesMax - this.#heldBytes + ENVELOPE_BYTES;
    this.#owed = Math.min(PULL_MAX, inFlightMax - this.#held.size);
    this.#pulls += 1;
    this.#denied = "";
    this.#heardMs = performance.now();
    const pull = { batch: this.#owed, max_bytes: bytesMax, ...PATIENCE };
    streams.link.publish(NEXT_SUBJECT, JSON.stringify(pull), { reply: `${this.#inbox}.${this.#pulls}` });
  }

  #receive(message: NatsMessage): void {
    this.#heardMs = performance.now();
    const deliveries = deliveriesOf(message.reply);
    if (deliveries !== undefined) this.#receiveEvent(message, deliveries);
    else if (message.subject === `${this.#inbox}.${this.#pulls}`) this.#receiveStatus(message.status);
  }

  #receiveEvent(message: NatsMessage, deliveries: number): void {
    this.#counts.delivered += 1;
    this.#watch.heard();
    if (deliveries > 1) this.#counts.redelivered += 1;
    if (this.#owed > 0) this.#owed -= 1;
    if (this.#owed === 0) this.#changed.raise();
    const orgId = this.#organisationOf(message.subject);
    const delivery = new EventDelivery(message, orgId, deliveries, this);
    this.#held.add(delivery);
    this.#heldBytes += delivery.value.length;
    if (this.#isStopped) this.#settle(delivery, AGAIN_NOW);
    else if (deliveries >= this.#consumer.deliverMax) this.#refuse(delivery);
    else this.#hand(delivery);
  }

  #receiveStatus(status: number): void {
    if (status === 100) return void this.#watch.beat(); // a heartbeat
    this.#owed = 0;
    if (status === 503) this.#renew("JetStream does not answer yet");
    else if (status === 409) this.#isStale = this.#heldBytes === 0; // no room in bytes, or the consumer is gone
    this.#changed.raise();
  }

  #hand(delivery: EventDelivery): void {
    this.#waiting.push(delivery);
    this.#arrived.raise();
  }

  /** What may have killed those that had it before is kept aside instead. */
  #refuse(delivery: EventDelivery): void {
    const { deadLetter } = this.#options;
    if (deadLetter === undefined) {
      this.#hand(delivery);
      return;
    }
    this.#counts.tooOften += 1;
    deadLetter.put(deliveredTooOften(delivery), "nats", delivery.value);
    this.acknowledgeRefused(delivery, true);
  }

  #settle(delivery: EventDelivery, word: Uint8Array | string): void {
    const { link } = this.#options.streams;
    if (!this.#held.delete(delivery)) return;
    this.#heldBytes -= delivery.value.length;
    if (link.isConnected) link.publish(delivery.reply, word);
    else if (word === ACK && this.#lateAcks.length < this.#options.inFlightMax) this.#lateAcks.push(delivery.reply);
    if (this.#owed === 0) this.#changed.raise();
    if (this.#isStopped) this.#endWhenSettled();
  }

  /** Tells the server of what takes long, so that it is not delivered again meanwhile. */
  #keepAlive(): void {
    const nowMs = performance.now();
    for (const delivery of this.#held) {
      if (nowMs - delivery.heardMs < this.#consumer.ackWaitMs / 3) continue;
      delivery.heardMs = nowMs;
      this.#options.streams.link.publish(delivery.reply, WORKING);
    }
  }

  #endWhenSettled(): void {
    if (this.#held.size === 0) for (const end of this.#endings.splice(0)) end();
  }
}
