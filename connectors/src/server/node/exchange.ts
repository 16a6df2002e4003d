/**
 * One HTTP request and its answer over node:http.
 * Invariant: a body over its limit is answered while the peer still sends and the rest is never kept; a connection
 * whose request was not read to its end is not used again.
 */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { BodyOutcome, Headers, PortRequest, PortResponse } from "../port.ts";

/** An unread body up to this is read and thrown away, so that the connection can be kept. */
const DISCARD_BYTES_MAX = 64 * 1024;
/**
 * How much more a refused peer may send, and how long it has to take its answer. Past the first nothing is read, but
 * the connection stays until the second has passed: closing with bytes unread resets the answer away under a peer that
 * still sends.
 */
const LINGER_MS = 2_000;
const LINGER_BYTES_MAX = 1024 * 1024;
const EMPTY = new Uint8Array(0);

/** What the requests of one server share. */
export interface ExchangeState {
  /** Bytes of bodies being read now. */
  bodyBytesHeld: number;
  readonly bodyBytesHeldMax: number;
  isClosing: boolean;
}

type BodyState = "none" | "unread" | "reading" | "read" | "refused";

export class NodeExchange implements PortRequest, PortResponse {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly remoteAddress: string;
  readonly #message: IncomingMessage;
  /** Absent on an upgrade, which has no answer of its own. */
  readonly #response: ServerResponse | undefined;
  readonly #state: ExchangeState;
  /** -1: chunked, so not known. */
  readonly #bodyLength: number;
  #body: BodyState;
  #awaitsContinue: boolean;

  constructor(
    message: IncomingMessage,
    response: ServerResponse | undefined,
    state: ExchangeState,
    awaitsContinue: boolean,
  ) {
    const url = message.url ?? "/";
    const queryStart = url.indexOf("?");
    this.method = message.method ?? "GET";
    this.path = queryStart < 0 ? url : url.slice(0, queryStart);
    this.query = queryStart < 0 ? "" : url.slice(queryStart + 1);
    this.remoteAddress = message.socket.remoteAddress ?? "";
    this.#message = message;
    this.#response = response;
    this.#state = state;
    const { "content-length": length, "transfer-encoding": encoding } = message.headers;
    this.#bodyLength = encoding !== undefined ? -1 : Number(length ?? 0);
    this.#body = this.#bodyLength === 0 ? "none" : "unread";
    this.#awaitsContinue = awaitsContinue;
  }

  header(name: string): string {
    const value = this.#message.headers[name];
    return value === undefined ? "" : typeof value === "string" ? value : value.join(", ");
  }

  readBody(bytesMax: number, done: (body: BodyOutcome) => void): void {
    if (this.#body === "none") done(EMPTY);
    else if (this.#bodyLength > bytesMax) done("too-large");
    else this.#collectBody(bytesMax, done);
  }

  #collectBody(bytesMax: number, done: (body: BodyOutcome) => void): void {
    this.#body = "reading";
    if (this.#awaitsContinue) this.#response?.writeContinue();
    this.#awaitsContinue = false;
    const message = this.#message;
    const chunks: Uint8Array[] = [];
    let total = 0;
    const finish = (state: BodyState, outcome: BodyOutcome) => {
      message.off("data", onData).off("end", onEnd).off("close", onLost).off("error", onLost);
      this.#state.bodyBytesHeld -= total;
      this.#body = state;
      done(outcome);
    };
    const onData = (chunk: Buffer) => {
      total += chunk.byteLength;
      this.#state.bodyBytesHeld += chunk.byteLength;
      chunks.push(chunk);
      if (total > bytesMax) finish("refused", "too-large");
      else if (this.#state.bodyBytesHeld > this.#state.bodyBytesHeldMax) finish("refused", "busy");
    };
    const onEnd = () => finish("read", chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, total));
    const onLost = () => finish("refused", "aborted");
    message.on("data", onData).on("end", onEnd).on("close", onLost).on("error", onLost);
  }

  get isAborted(): boolean {
    return this.#response === undefined || this.#response.destroyed || this.#message.socket.destroyed;
  }

  end(status: number, headers: Headers, body: string | Uint8Array): void {
    const response = this.#response;
    if (response === undefined || this.isAborted || response.headersSent) return;
    const length = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
    const isUnread =
      this.#body === "refused" ||
      (this.#body === "unread" &&
        (this.#bodyLength < 0 || this.#bodyLength > DISCARD_BYTES_MAX || this.#awaitsContinue));
    if (isUnread) {
      const socket = response.socket;
      const answer = { ...headers, "content-length": String(length), connection: "close" };
      // A pipelined request has no socket yet: its turn has not come, so it goes the ordinary way.
      if (socket === null) response.writeHead(status, answer).end(body);
      else this.#endAndLinger(httpHead(status, answer), body);
      return;
    }
    const answer: Record<string, string> = { ...headers, "content-length": String(length) };
    if (this.#state.isClosing) answer.connection = "close";
    response.writeHead(status, answer);
    response.end(body);
  }

  stream(status: number, headers: Headers, pieces: Iterable<string | Uint8Array>): void {
    const response = this.#response;
    if (response === undefined || this.isAborted || response.headersSent) return;
    response.writeHead(status, this.#state.isClosing ? { ...headers, connection: "close" } : { ...headers });
    const iterator = pieces[Symbol.iterator]();
    const pump = () => {
      while (!this.isAborted) {
        const { done, value } = iterator.next();
        if (done === true) {
          response.end();
          return;
        }
        if (!response.write(value)) {
          response.once("drain", pump);
          return;
        }
      }
    };
    response.once("close", () => iterator.return?.()); // a peer that left takes no more of them
    pump();
  }

  /** Answers past node:http, which would close with unread bytes in the kernel: the reset could overtake the answer. */
  #endAndLinger(head: string, body: string | Uint8Array): void {
    const message = this.#message;
    const { socket } = message;
    socket.write(head);
    if (this.method === "HEAD") socket.end();
    else socket.end(body);
    let discarded = 0;
    const cut = () => {
      clearTimeout(timer);
      socket.destroy();
    };
    const timer = setTimeout(cut, LINGER_MS);
    timer.unref();
    message.on("data", (chunk: Buffer) => {
      discarded += chunk.byteLength;
      if (discarded > LINGER_BYTES_MAX) message.pause();
    });
    message.on("end", cut).on("error", cut).on("close", cut);
  }
}

/** Status line and headers as they go on the wire. Values come from this program, never from a peer. */
export function httpHead(status: number, headers: Headers): string {
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n`;
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
  return `${head}\r\n`;
}
