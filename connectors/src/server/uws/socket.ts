/**
 * One WebSocket over uWebSockets.js. What waits to be sent is bounded by the route's `bufferedBytesMax`; a frame that
 * does not fit is not taken, and the handler hears `drain` once everything before it has left.
 */
import type { PortSocket, SendResult, SocketHandlers } from "../port.ts";
import { Pulse } from "../pulse.ts";
import type { Topics } from "../topics.ts";
import type { NativeSocket } from "./native.ts";

const TEXT = false;
const COMPRESSED = false;
/** What `send` answers when nothing waits. */
const SENT = 1;
const DROPPED = 2;

export class UwsSocket implements PortSocket {
  readonly #native: NativeSocket;
  readonly #bufferedBytesMax: number;
  readonly #topics: Topics;
  readonly #pulse = new Pulse();
  #handlers: SocketHandlers | undefined;
  #owesDrain = false;
  #isOpen = true;

  constructor(native: NativeSocket, bufferedBytesMax: number, topics: Topics) {
    this.#native = native;
    this.#bufferedBytesMax = bufferedBytesMax;
    this.#topics = topics;
  }

  /** Starts handing over frames. */
  attach(handlers: SocketHandlers): void {
    this.#handlers = handlers;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get bufferedBytes(): number {
    return this.#isOpen ? this.#native.getBufferedAmount() : 0;
  }

  send(text: string | Uint8Array): SendResult {
    if (!this.#isOpen) return "dropped";
    const native = this.#native;
    const buffered = native.getBufferedAmount();
    if (buffered > 0) {
      const length = typeof text === "string" ? Buffer.byteLength(text) : text.byteLength;
      if (buffered + length > this.#bufferedBytesMax) {
        this.#owesDrain = true;
        return "dropped";
      }
    }
    const result = native.send(text, TEXT, COMPRESSED);
    if (result === SENT) return "sent";
    this.#owesDrain = true;
    return result === DROPPED ? "dropped" : "queued";
  }

  together(send: () => void): void {
    if (this.#isOpen) this.#native.cork(send);
    else send();
  }

  /** The library reads as long as the socket is open. */
  pause(): boolean {
    return false;
  }

  resume(): void {}

  subscribe(topic: string): void {
    if (this.#isOpen) this.#topics.subscribe(topic, this);
  }

  close(code: number, reason: string): void {
    if (this.#isOpen) this.#native.end(code, reason);
  }

  terminate(): void {
    if (this.#isOpen) this.#native.close();
  }

  /** Ends a peer that gave no sign of life since the last beat. */
  beat(): void {
    if (!this.#isOpen) return;
    if (this.#pulse.beat(this.#native.getBufferedAmount())) this.#native.ping();
    else this.terminate();
  }

  onMessage(message: ArrayBuffer): void {
    this.#pulse.heard();
    const copy = Buffer.allocUnsafe(message.byteLength);
    copy.set(new Uint8Array(message));
    this.#handlers?.message(copy);
  }

  onPong(): void {
    this.#pulse.heard();
  }

  onDrain(): void {
    if (!this.#owesDrain || !this.#isOpen || this.#native.getBufferedAmount() > 0) return;
    this.#owesDrain = false;
    this.#handlers?.drain();
  }

  onClose(): void {
    this.#isOpen = false;
    this.#topics.leave(this);
    this.#handlers?.close();
  }
}
