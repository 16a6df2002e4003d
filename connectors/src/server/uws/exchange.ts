/**
 * One HTTP request and its answer over uWebSockets.js.
 * Invariant: all that the request says is copied here, because the native request is gone when its handler returns;
 * the native response is never touched after the answer has left or the peer is gone. Every write is corked.
 */
import { STATUS_CODES } from "node:http";
import type { BodyOutcome, Headers, PortRequest, PortResponse } from "../port.ts";
import { addressText } from "./address.ts";
import { IncomingBody } from "./body.ts";
import type { NativeRequest, NativeResponse } from "./native.ts";
import type { ExchangeState } from "./state.ts";

const EMPTY = new Uint8Array(0);
/** A larger answer leaves as the peer takes it, and never waits in native memory. */
const WHOLE_BYTES_MAX = 64 * 1024;
/**
 * Pieces are cut to this: a peer that takes bytes has taken more than so many before it is offered the next, so what
 * waits in native memory does not grow.
 */
const SLICE_BYTES = 16 * 1024;

export class UwsExchange implements PortRequest, PortResponse {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Of the headers, in characters. */
  readonly headerLength: number;
  /** Name, value, name, value, … */
  readonly #headers: readonly string[];
  readonly #response: NativeResponse;
  readonly #state: ExchangeState;
  readonly #body: IncomingBody | undefined;
  #address: string | undefined;
  #isAborted = false;
  /** An answer was given; it may still be leaving. */
  #isAnswered = false;
  /** The native response must not be touched. */
  #isGone = false;
  /** Lets go of pieces that nobody will take. */
  #dropPieces: (() => void) | undefined;

  constructor(response: NativeResponse, request: NativeRequest, state: ExchangeState, onTimeout: () => void) {
    this.method = request.getCaseSensitiveMethod();
    this.path = request.getUrl();
    this.query = request.getQuery() ?? "";
    const headers: string[] = [];
    let length = 0;
    request.forEach((name, value) => {
      headers.push(name, value);
      length += name.length + value.length + 4;
    });
    this.#headers = headers;
    this.headerLength = length;
    this.#response = response;
    this.#state = state;
    state.inFlight += 1;
    response.onAborted(() => this.#abort());
    const bodyLength = this.#bodyLength();
    this.#body = bodyLength === 0 ? undefined : new IncomingBody(response, bodyLength, state, onTimeout);
  }

  header(name: string): string {
    const headers = this.#headers;
    let value = "";
    for (let at = 0; at < headers.length; at += 2) {
      if (headers[at] !== name) continue;
      if (name === "host") return headers[at + 1]!;
      value = value === "" ? headers[at + 1]! : `${value}, ${headers[at + 1]}`;
    }
    return value;
  }

  /** "" when it is asked for only after the peer has gone. */
  get remoteAddress(): string {
    if (this.#address === undefined && this.#isGone) return "";
    this.#address ??= addressText(this.#response.getRemoteAddress());
    return this.#address;
  }

  /** NaN when the headers contradict themselves. */
  get declaredLength(): number {
    return this.#bodyLength();
  }

  readBody(bytesMax: number, done: (body: BodyOutcome) => void): void {
    if (this.#body === undefined) done(EMPTY);
    else this.#body.read(bytesMax, done);
  }

  get isAborted(): boolean {
    return this.#isAborted;
  }

  end(status: number, headers: Headers, body: string | Uint8Array): void {
    if (this.#isAnswered || this.#isGone) return;
    this.#isAnswered = true;
    const isCut = this.#body?.refuse() ?? false;
    if (this.method === "HEAD" || status === 304) this.#endWithoutBody(status, headers, body);
    else if (body.length > WHOLE_BYTES_MAX) this.#endAsTaken(status, headers, body, isCut);
    else this.#endWhole(status, headers, body, isCut);
  }

  stream(status: number, headers: Headers, pieces: Iterable<string | Uint8Array>): void {
    if (this.#isAnswered || this.#isGone) return;
    if (this.method === "HEAD") {
      this.end(status, headers, "");
      return;
    }
    this.#isAnswered = true;
    const isCut = this.#body?.refuse() ?? false;
    const response = this.#response;
    const slices = slicesOf(pieces);
    const pump = () => {
      while (!this.#isGone) {
        const { done, value } = slices.next();
        if (done === true) {
          response.end();
          this.#leave();
        } else if (!response.write(value)) return;
      }
    };
    this.#dropPieces = () => slices.return();
    response.onWritable(() => {
      response.cork(pump);
      return true;
    });
    response.cork(() => {
      writeHead(response, status, headers);
      if (isCut || this.#state.isClosing) response.writeHeader("connection", "close");
      pump();
    });
  }

  /** Hands the connection over to a WebSocket, or whatever `take` makes of the response: it is not ours any more. */
  release(take: (response: NativeResponse) => void): void {
    if (this.#isGone) return;
    this.#isAnswered = true;
    this.#leave();
    take(this.#response);
  }

  #endWhole(status: number, headers: Headers, body: string | Uint8Array, isCut: boolean): void {
    const response = this.#response;
    response.cork(() => {
      writeHead(response, status, headers);
      if (isCut) response.writeHeader("connection", "close").end(body);
      else response.end(body, this.#state.isClosing);
    });
    this.#leave();
  }

  /** The connection ends with it: the library would else leave such an answer open. It must not be touched after. */
  #endWithoutBody(status: number, headers: Headers, body: string | Uint8Array): void {
    const response = this.#response;
    const length = status === 304 ? undefined : Buffer.byteLength(body);
    response.cork(() => {
      writeHead(response, status, headers);
      response.endWithoutBody(length, true);
    });
    if (this.#isGone) return;
    this.#leave();
    try {
      response.close();
    } catch {
      // closed already, because the peer wished so: the native object knows it before its abort handler does
    }
  }

  #endAsTaken(status: number, headers: Headers, body: string | Uint8Array, isCut: boolean): void {
    const response = this.#response;
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    const { byteLength } = bytes;
    const send = (from: number) => {
      const [isTaken, isDone] = response.tryEnd(bytes.subarray(from), byteLength);
      if (isDone) this.#leave();
      return isTaken;
    };
    response.onWritable((offset) => {
      let isTaken = false;
      response.cork(() => {
        isTaken = send(offset);
      });
      return isTaken;
    });
    response.cork(() => {
      writeHead(response, status, headers);
      if (isCut || this.#state.isClosing) response.writeHeader("connection", "close");
      send(0);
    });
  }

  #abort(): void {
    this.#isAborted = true;
    if (this.#isGone) return;
    this.#leave();
    this.#dropPieces?.();
    this.#body?.abort();
  }

  #leave(): void {
    this.#isGone = true;
    this.#state.inFlight -= 1;
  }

  #bodyLength(): number {
    if (this.header("transfer-encoding") !== "") return -1;
    const length = this.header("content-length");
    return length === "" ? 0 : Number(length);
  }
}

function* slicesOf(pieces: Iterable<string | Uint8Array>): Generator<Uint8Array, void, undefined> {
  for (const piece of pieces) {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    for (let start = 0; start < bytes.byteLength; start += SLICE_BYTES) {
      yield bytes.subarray(start, start + SLICE_BYTES);
    }
  }
}

/** All headers by one native call: the first as name and value, the others behind it. Values are never a peer's. */
function writeHead(response: NativeResponse, status: number, headers: Headers): void {
  response.writeStatus(STATUS_LINES.get(status) ?? `${status}`);
  let first = "";
  let lines = "";
  for (const name in headers) {
    if (first === "") [first, lines] = [name, headers[name]!];
    else lines += `\r\n${name}: ${headers[name]}`;
  }
  if (first !== "") response.writeHeader(first, lines);
}
const STATUS_LINES = new Map(Object.entries(STATUS_CODES).map(([code, text]) => [Number(code), `${code} ${text}`]));
