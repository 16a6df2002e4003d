/**
 * The body of one request over uWebSockets.js, whose chunks come whether anybody asks for them or not.
 * Invariant: a chunk is copied before its callback returns; what comes before `read` stops the peer; what comes after
 * a refusal is passed over. All bodies of a server together hold at most `bodyBytesHeldMax`.
 */
import type { BodyOutcome } from "../port.ts";
import type { NativeResponse } from "./native.ts";
import type { ExchangeState } from "./state.ts";

const EMPTY = new Uint8Array(0);
/** An unread rest up to this is left to pass by, so that the connection can be kept. */
const DISCARD_BYTES_MAX = 64 * 1024;

export class IncomingBody {
  readonly #response: NativeResponse;
  readonly #state: ExchangeState;
  /** -1: chunked, so not known. */
  readonly #length: number;
  #chunks: Buffer[] = [];
  #total = 0;
  #isWhole = false;
  /** Nothing more of it is wanted. */
  #isOver = false;
  #isPaused = false;
  /** The peer took too long: it is not listened to any more, however little is missing. */
  #isLate = false;
  #bytesMax = 0;
  #done: ((body: BodyOutcome) => void) | undefined;
  /** Sweeps that it has lived through: see `ExchangeState.unfinished`. */
  sweeps = 0;
  readonly #onTimeout: () => void;

  /** @param onTimeout answers a peer that takes too long */
  constructor(response: NativeResponse, length: number, state: ExchangeState, onTimeout: () => void) {
    this.#response = response;
    this.#length = length;
    this.#state = state;
    this.#onTimeout = onTimeout;
    state.unfinished.add(this);
    response.onData((chunk, isLast) => this.#take(chunk, isLast));
  }

  read(bytesMax: number, done: (body: BodyOutcome) => void): void {
    if (this.#isOver) done("aborted");
    else if (this.#length > bytesMax) done("too-large");
    else this.#start(bytesMax, done);
  }

  #start(bytesMax: number, done: (body: BodyOutcome) => void): void {
    this.#bytesMax = bytesMax;
    this.#done = done;
    if (this.#isPaused) {
      this.#isPaused = false;
      this.#response.resume();
    }
    this.#settle();
  }

  /** The peer is gone, or has been answered: what was read is let go. */
  abort(): void {
    if (!this.#isOver) this.#finish("aborted");
  }

  /** It has not come whole in time. */
  timeOut(): void {
    this.#isLate = true;
    this.#onTimeout();
  }

  /**
   * Called when the answer is about to leave.
   * @returns true when the rest must not be read: the peer is not listened to any more, and its connection will end
   */
  refuse(): boolean {
    const isRestSmall = !this.#isLate && this.#length >= 0 && this.#length - this.#total <= DISCARD_BYTES_MAX;
    this.abort();
    if (this.#isWhole || isRestSmall) {
      if (this.#isPaused) this.#response.resume();
      return false;
    }
    this.#response.pause();
    return true;
  }

  #take(chunk: ArrayBuffer, isLast: boolean): void {
    if (isLast) {
      this.#isWhole = true;
      this.#state.unfinished.delete(this);
    }
    if (this.#isOver) return;
    const { byteLength } = chunk;
    if (byteLength > 0) {
      const copy = Buffer.allocUnsafe(byteLength);
      copy.set(new Uint8Array(chunk));
      this.#chunks.push(copy);
      this.#total += byteLength;
      this.#state.bodyBytesHeld += byteLength;
    }
    if (this.#done !== undefined) this.#settle();
    else if (!isLast && !this.#isPaused) {
      this.#isPaused = true;
      this.#response.pause();
    }
  }

  #settle(): void {
    if (this.#total > this.#bytesMax) this.#finish("too-large");
    else if (this.#state.bodyBytesHeld > this.#state.bodyBytesHeldMax) this.#finish("busy");
    else if (this.#isWhole) this.#finish(this.#bytes());
  }

  #bytes(): Uint8Array {
    if (this.#chunks.length === 1) return this.#chunks[0]!;
    return this.#chunks.length === 0 ? EMPTY : Buffer.concat(this.#chunks, this.#total);
  }

  #finish(outcome: BodyOutcome): void {
    const done = this.#done;
    this.#isOver = true;
    this.#done = undefined;
    this.#chunks = [];
    this.#state.bodyBytesHeld -= this.#total;
    this.#state.unfinished.delete(this);
    done?.(outcome);
  }
}
