/**
 * Messages into a stream, in order, each held until the stream has acknowledged it. Trouble of any kind means to send
 * again from the oldest one on, after a growing delay, until `onTrouble` says that it is enough: then all that is held
 * is lost, and counted. Bounded by count and bytes; who pushes asks for room first.
 */
import { EngineError } from "@sluice/engine";
import { AckedSender } from "./acked-sender.ts";
import type { NatsHeaders, NatsLink } from "./contracts.ts";
import { Signal } from "./signal.ts";

export interface OutgoingMessage {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers: NatsHeaders;
}

export interface ResendingPublisherOptions {
  readonly link: NatsLink;
  readonly subjectPrefix: string;
  readonly inFlightMax: number;
  /** Messages held, those in flight included. */
  readonly heldMax: number;
  readonly heldBytesMax: number;
  /** @returns why to give up; undefined to send again. `forMs`: since the last acknowledgement before the trouble. */
  readonly onTrouble: (why: string, forMs: number) => EngineError | undefined;
}

const BACK_OFF_FIRST_MS = 100;
const BACK_OFF_MAX_MS = 2_000;

export class ResendingPublisher {
  readonly #options: ResendingPublisherOptions;
  readonly #changed = new Signal();
  readonly #leave: () => void;
  #sender: AckedSender | undefined;
  #held: OutgoingMessage[] = [];
  #heldBytes = 0;
  /** Ordinals: of the oldest message held, and of the next to be sent. */
  #oldest = 0;
  #next = 0;
  /** In the order of their ends: the ordinal at which each is met. */
  readonly #flushes: { readonly end: number; readonly resolve: () => void }[] = [];
  #troubledAtMs: number | undefined;
  #why = "";
  #isClosed = false;
  #counts = { stored: 0, duplicates: 0, lost: 0 };
  #failure: EngineError | undefined;

  constructor(options: ResendingPublisherOptions) {
    this.#options = options;
    this.#leave = options.link.onConnected(() => this.#changed.raise());
    void this.#recover();
  }

  get counts(): { readonly stored: number; readonly duplicates: number; readonly lost: number } {
    return this.#counts;
  }
  /** Clause for people; "" when all is well. */
  get trouble(): string {
    return this.#why;
  }
  /** Why it gave up last. */
  get failure(): EngineError | undefined {
    return this.#failure;
  }

  hasRoom(bytes: number): boolean {
    const { heldMax, heldBytesMax } = this.#options;
    return this.#held.length < heldMax && (this.#held.length === 0 || this.#heldBytes + bytes <= heldBytesMax);
  }

  push(message: OutgoingMessage): void {
    this.#held.push(message);
    this.#heldBytes += message.data.length;
    this.#pump();
  }

  /** Resolves when there is room, or it was closed. */
  async room(bytes: number): Promise<void> {
    while (!this.hasRoom(bytes) && !this.#isClosed) await this.#changed.next();
  }

  /** Resolves when nothing that was pushed before is held. Cheap to wait for many times at once. */
  flush(): Promise<void> {
    const end = this.#oldest + this.#held.length;
    if (this.#oldest === end || this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => void this.#flushes.push({ end, resolve }));
  }

  close(): void {
    this.#isClosed = true;
    this.#leave();
    this.#sender?.close();
    this.#drop(this.#held.length);
    this.#changed.raise();
  }

  #pump(): void {
    const sender = this.#sender;
    if (sender === undefined) return;
    let isAnyTooLarge = false;
    while (sender.room > 0) {
      const message = this.#held[this.#next - this.#oldest];
      if (message === undefined) break;
      this.#next += 1;
      if (sender.send(message.subject, message.data, message.headers, this.#next)) continue;
      this.#counts.lost += 1;
      this.#counts.stored -= 1; // it leaves like one that is stored
      isAnyTooLarge = true;
    }
    if (isAnyTooLarge) this.#letGo(sender);
  }

  #onAcked(sender: AckedSender, isDuplicate: boolean): void {
    if (isDuplicate) this.#counts.duplicates += 1;
    this.#troubledAtMs = undefined;
    this.#why = "";
    this.#letGo(sender);
    this.#pump();
  }

  #letGo(sender: AckedSender): void {
    const count = sender.mark - this.#oldest;
    if (count <= 0) return;
    this.#counts.stored += count;
    this.#drop(count);
    this.#changed.raise();
  }

  #drop(count: number): void {
    for (const { data } of this.#held.splice(0, count)) this.#heldBytes -= data.length;
    this.#oldest += count;
    this.#next = Math.max(this.#next, this.#oldest);
    let met = 0;
    while ((this.#flushes[met]?.end ?? Number.POSITIVE_INFINITY) <= this.#oldest) met += 1;
    for (const { resolve } of this.#flushes.splice(0, met)) resolve();
  }

  #onTrouble(why: string): void {
    this.#why = why;
    this.#troubledAtMs ??= performance.now();
    void this.#recover();
  }

  async #recover(): Promise<void> {
    const { link } = this.#options;
    for (let backOffMs = 0; !this.#isClosed; backOffMs = Math.min(BACK_OFF_MAX_MS, 2 * backOffMs + BACK_OFF_FIRST_MS)) {
      if (this.#troubledAtMs !== undefined) {
        this.#giveUpIfEnough(this.#troubledAtMs);
        await pause(Math.max(backOffMs, BACK_OFF_FIRST_MS));
      }
      while (!link.isConnected && !this.#isClosed) await this.#changed.next();
      if (await this.#startOver()) return;
    }
  }

  #giveUpIfEnough(sinceMs: number): void {
    const failure = this.#options.onTrouble(this.#why, performance.now() - sinceMs);
    if (failure === undefined) return;
    this.#failure = failure;
    this.#counts.lost += this.#held.length;
    this.#troubledAtMs = undefined;
    this.#drop(this.#held.length);
    this.#changed.raise();
  }

  /** Sends all that is held, from the oldest on. */
  async #startOver(): Promise<boolean> {
    const { link, subjectPrefix, inFlightMax } = this.#options;
    try {
      this.#sender ??= await AckedSender.open({
        link,
        subjectPrefix,
        inFlightMax,
        onAcked: (isDuplicate) => this.#onAcked(this.#sender!, isDuplicate),
        onTrouble: (why) => this.#onTrouble(why),
      });
    } catch (error) {
      this.#why = error instanceof EngineError ? error.message : String(error);
      this.#troubledAtMs ??= performance.now();
      return false;
    }
    if (this.#isClosed) {
      this.#sender.close();
      return true;
    }
    this.#sender.reset(this.#oldest);
    if (this.#sender.isTroubled) return false; // gone again
    this.#next = this.#oldest;
    this.#pump();
    return true;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
