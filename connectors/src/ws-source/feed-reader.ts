/**
 * The life of a WebSocket source: connect, read, lose, wait, connect again; and where the feed goes on. Invariant: a
 * number is acknowledged to the peer only when every frame up to it is settled and the position is on disk.
 */
import { setTimeout } from "node:timers/promises";
import { type Delivery, EngineError, type Metric, type PartState } from "@sluice/engine";
import { isLoopback } from "../server/guard.ts";
import { backoffMs } from "./backoff.ts";
import { feedMetrics } from "./feed-metrics.ts";
import { feedWords } from "./feed-words.ts";
import { type FrameOrder, frameOrder } from "./frame-order.ts";
import { FramesInFlight } from "./frames-in-flight.ts";
import { type Link, type LinkEnd, openLink } from "./link.ts";
import { type PositionStore, positionFile } from "./position-file.ts";
import { ackFrame, frameTooLarge, type Position, readFrame, resumeFrame } from "./protocol.ts";
import type { WsSourceOptions } from "./ws-source.ts";

export class FeedReader {
  readonly #counts = { connections: 0, frames: 0, bytes: 0, refused: 0, gaps: 0 };
  readonly #name: string;
  readonly #options: WsSourceOptions;
  readonly #words: ReturnType<typeof feedWords>;
  readonly #store: PositionStore;
  /** Up to where everything is settled. */
  #position: Position;
  #flight: FramesInFlight;
  #link: Link | undefined;
  #order: FrameOrder | undefined;
  #isOpen = false;
  #isResumable = false;
  #isFailed = false;
  #state: PartState = { state: "starting", detail: "not connected yet" };

  constructor(name: string, options: WsSourceOptions) {
    const { url, positionPath: path } = options;
    this.#name = name;
    this.#options = options;
    this.#words = feedWords(name, url, options.log);
    const host = url.hostname.replace(/^\[|\]$/g, "");
    if (options.token !== undefined && url.protocol === "ws:" && !isLoopback(host)) this.#words.tokenInClear();
    this.#store = positionFile({
      path,
      url,
      onSaved: (position) => this.#acknowledge(position),
      onFailed: (error) => this.#words.notSaved(error),
    });
    this.#position = this.#store.start ?? { feed: undefined, seq: 0 };
    this.#flight = this.#newFlight();
  }

  async *read(signal: AbortSignal): AsyncGenerator<readonly Delivery<Uint8Array>[]> {
    this.#flight = this.#newFlight();
    this.#isFailed = false;
    const returned = new AbortController();
    const stopping = AbortSignal.any([signal, returned.signal]);
    stopping.addEventListener("abort", () => this.#link?.close(1000, "stopping"));
    const connecting = this.#keepConnected(stopping);
    try {
      yield* this.#flight.batches(stopping);
    } finally {
      returned.abort();
      await connecting;
      if (!this.#isFailed) this.#state = { state: "stopped", detail: "stopped" };
    }
  }

  #newFlight(): FramesInFlight {
    const { inFlightMax: framesMax, inFlightBytesMax: bytesMax } = this.#options;
    const pause = () => this.#link?.pause();
    return new FramesInFlight({ framesMax, bytesMax, pause, resume: () => this.#link?.resume() });
  }

  state(): PartState {
    return this.#state;
  }

  metrics(): readonly Metric[] {
    const flight = this.#flight;
    return feedMetrics(this.#name, { ...this.#counts, flight, isUp: this.#isOpen, recordedSeq: this.#position.seq });
  }

  flush(): Promise<void> {
    return this.#store.idle();
  }

  async #keepConnected(signal: AbortSignal): Promise<void> {
    const { stableAfterMs } = this.#options;
    let failures = 0;
    while (!signal.aborted && !this.#isFailed) {
      const startMs = performance.now();
      const end = await this.#connection();
      if (signal.aborted || this.#isFailed) return;
      failures = performance.now() - startMs >= stableAfterMs ? 1 : failures + 1;
      const delayMs = backoffMs(failures, this.#options);
      this.#state = { state: "starting", detail: `connection ${end.reason} (${end.code}); trying again` };
      this.#words.lost(end, delayMs);
      await setTimeout(delayMs, undefined, { signal }).catch(() => {}); // rejects only when aborted: the loop looks
    }
  }

  /** One connection; resolves with how it ended. */
  #connection(): Promise<LinkEnd> {
    return new Promise((resolve) => {
      this.#link = openLink(this.#options, {
        open: (isResumable) => this.#opened(isResumable),
        frame: (bytes) => this.#take(bytes),
        end: (end) => {
          if (end.reason === "too-large") this.#skipLarge();
          this.#isOpen = false;
          this.#link = undefined;
          resolve(end);
        },
      });
    });
  }

  #opened(isResumable: boolean): void {
    this.#counts.connections += 1;
    this.#isOpen = true;
    this.#isResumable = isResumable;
    this.#state = { state: "ready", detail: isResumable ? "connected, resumes" : "connected, does not resume" };
    this.#words.connected(isResumable, this.#position.seq);
    if (this.#flight.isPaused) this.#link?.pause();
    if (!isResumable) return;
    this.#startOrder();
    this.#link?.send(resumeFrame(this.#position));
  }

  /** Frames of one log in one connection; those of an earlier connection may still be settled and count as well. */
  #startOrder(): void {
    const { feed, seq } = this.#position;
    this.#order = frameOrder(seq, (recordedSeq) => {
      if (this.#position.feed !== feed || recordedSeq <= this.#position.seq) return;
      this.#position = { feed, seq: recordedSeq };
      this.#store.save(this.#position);
    });
  }

  #acknowledge({ feed, seq }: Position): void {
    if (this.#isOpen && this.#isResumable && feed === this.#position.feed) this.#link?.send(ackFrame(seq));
  }

  #take(bytes: Uint8Array): void {
    this.#counts.frames += 1;
    this.#counts.bytes += bytes.byteLength;
    const frame = readFrame(bytes, this.#isResumable);
    if (frame.kind === "events") this.#flight.push(bytes, () => {});
    else if (frame.kind === "numbered") this.#takeNumbered(bytes, frame.seq);
    else if (frame.kind === "feed") this.#takeFeed(frame.feed);
    else if (frame.kind === "live") this.#giveUp();
    else {
      this.#counts.refused += 1;
      this.#options.onReject(frame.rejection);
    }
  }

  #takeNumbered(bytes: Uint8Array, seq: number): void {
    const order = this.#order!;
    const arrival = order.arrive(seq);
    if (arrival.kind === "backwards") {
      this.#words.backwards(seq);
      this.#link?.close(1002, "numbers must rise");
      return;
    }
    if (arrival.kind === "gap") {
      this.#counts.gaps += 1;
      this.#words.gap(arrival.from, arrival.to);
    }
    this.#flight.push(bytes, order.take(seq));
  }

  /** Another log than the one we asked for: its numbers say nothing about those we know. */
  #takeFeed(feed: string): void {
    if (feed === this.#position.feed) return;
    if (this.#position.seq > 0) this.#words.otherFeed(this.#position.seq);
    this.#position = { feed, seq: 0 };
    this.#startOrder();
  }

  /** Asked for again it would come again for ever: it counts as refused, like any frame that cannot be read. */
  #skipLarge(): void {
    const { onReject, frameBytesMax } = this.#options;
    this.#counts.refused += 1;
    onReject(frameTooLarge(frameBytesMax));
    const seq = this.#isResumable ? this.#order?.nextSeq : undefined;
    if (seq === undefined || this.#order === undefined) return;
    this.#order.arrive(seq);
    this.#order.take(seq)();
  }

  #giveUp(): void {
    const message =
      "the peer sends the decisions of a Sluice (/live), which are no events: give the address of a feed of events";
    this.#isFailed = true;
    this.#state = { state: "failed", detail: message };
    this.#words.failed(message);
    this.#link?.close(1008, "this is no feed of events");
    this.#flight.fail(new EngineError("source-lost", message));
  }
}
