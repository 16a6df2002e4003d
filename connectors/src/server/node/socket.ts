/**
 * One WebSocket over `ws`. What waits to be sent is bounded by the route's `bufferedBytesMax`; a frame that does not
 * fit is not taken, and the handler hears `drain` once everything before it has left.
 */
import type { Duplex } from "node:stream";
import { WebSocket } from "ws";
import type { PortSocket, SendResult, SocketHandlers } from "../port.ts";
import { Pulse } from "../pulse.ts";
import type { Topics } from "../topics.ts";

/** A peer that does not answer our close frame is cut after this. */
const CLOSE_TIMEOUT_MS = 5_000;

export class NodeSocket implements PortSocket {
  readonly #ws: WebSocket;
  readonly #stream: Duplex;
  readonly #bufferedBytesMax: number;
  readonly #topics: Topics;
  readonly #pulse = new Pulse();
  readonly #onWritten: () => void;
  #handlers: SocketHandlers | undefined;
  #owesDrain = false;

  /** @param stream that carries `ws` */
  constructor(ws: WebSocket, stream: Duplex, bufferedBytesMax: number, topics: Topics) {
    this.#ws = ws;
    this.#stream = stream;
    this.#bufferedBytesMax = bufferedBytesMax;
    this.#topics = topics;
    this.#onWritten = () => {
      if (!this.#owesDrain || ws.bufferedAmount > 0 || !this.isOpen) return;
      this.#owesDrain = false;
      this.#handlers?.drain();
    };
  }

  /** Starts handing over frames. */
  attach(handlers: SocketHandlers): void {
    this.#handlers = handlers;
    this.#ws.on("message", (data: Buffer) => {
      this.#pulse.heard();
      handlers.message(data);
    });
    this.#ws.on("pong", () => this.#pulse.heard());
    this.#ws.on("error", () => {}); // a broken frame or connection: `close` follows, and says all that a handler needs
    this.#ws.on("close", () => {
      this.#topics.leave(this);
      handlers.close();
    });
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN;
  }

  get bufferedBytes(): number {
    return this.#ws.bufferedAmount;
  }

  send(text: string | Uint8Array): SendResult {
    if (!this.isOpen) return "dropped";
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    const buffered = this.#ws.bufferedAmount;
    if (buffered > 0 && buffered + bytes.byteLength > this.#bufferedBytesMax) {
      this.#owesDrain = true;
      return "dropped";
    }
    this.#ws.send(bytes, { binary: false }, this.#onWritten);
    if (this.#ws.bufferedAmount === 0) return "sent";
    this.#owesDrain = true;
    return "queued";
  }

  together(send: () => void): void {
    this.#stream.cork();
    try {
      send();
    } finally {
      this.#stream.uncork();
    }
  }

  pause(): boolean {
    this.#ws.pause();
    return true;
  }

  resume(): void {
    this.#ws.resume();
  }

  subscribe(topic: string): void {
    if (this.isOpen) this.#topics.subscribe(topic, this);
  }

  close(code: number, reason: string): void {
    if (this.#ws.isPaused) this.#ws.resume(); // else the peer's close frame is never read
    this.#ws.close(code, reason);
    setTimeout(() => this.#ws.terminate(), CLOSE_TIMEOUT_MS).unref();
  }

  terminate(): void {
    this.#ws.terminate();
  }

  /** Ends a peer that gave no sign of life since the last beat. */
  beat(): void {
    if (this.#ws.isPaused || !this.isOpen) return;
    if (this.#pulse.beat(this.#ws.bufferedAmount)) this.#ws.ping();
    else this.#ws.terminate();
  }
}
