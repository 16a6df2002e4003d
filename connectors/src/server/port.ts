/**
 * The server port: what the routes need of an HTTP and WebSocket server, so small that node:http with `ws` and
 * uWebSockets.js both give it. Routing, security and meaning live above it, in one place for all adapters.
 * Invariant: everything a request says is copied before a handler runs, so a handler may await; every body, frame and
 * send buffer has a stated bound.
 */

export interface PortRequest {
  /** Upper case. */
  readonly method: string;
  /** As sent: percent-encoded, without the query. Always starts with `/`. */
  readonly path: string;
  /** As sent, without `?`; "" when there is none. */
  readonly query: string;
  /** By lower-case name; "" when absent. Repeated headers are joined by `, `, except `host`: the first one counts. */
  header(name: string): string;
  /** Address of the peer as the socket has it; no forwarding header is believed. */
  readonly remoteAddress: string;
  /**
   * Reads the whole body as it arrives. Call at most once, before the response ends. A body over `bytesMax` is given
   * up by its Content-Length at once, else when the limit is passed; the rest of it is never read.
   */
  readBody(bytesMax: number, done: (body: BodyOutcome) => void): void;
}

/**
 * Bytes are the caller's to keep. `busy`: bodies being read hold `bodyBytesHeldMax` together. `aborted`: the peer left.
 */
export type BodyOutcome = Uint8Array | "too-large" | "busy" | "aborted";

export type Headers = Readonly<Record<string, string>>;

export interface PortResponse {
  /** True once the peer has left; then `end` and `stream` do nothing. */
  readonly isAborted: boolean;
  /** Sends the whole answer. A request body that was not read and is not small closes the connection. */
  end(status: number, headers: Headers, body: string | Uint8Array): void;
  /** Sends pieces as fast as the peer takes them: the next one is asked for when the one before has left. */
  stream(status: number, headers: Headers, pieces: Iterable<string | Uint8Array>): void;
}

/**
 * `sent`: on its way. `queued`: waits in this process for the peer. `dropped`: the socket's `bufferedBytesMax` is
 * reached or the socket is closed, nothing of it was taken; a `drain` follows unless it closes.
 */
export type SendResult = "sent" | "queued" | "dropped";

export interface PortSocket {
  /** Text frame; bytes must be valid UTF-8. An empty buffer takes a frame of any size. */
  send(text: string | Uint8Array): SendResult;
  /** Runs `send`; the frames that it sends leave together, in as few writes as the transport can. */
  together(send: () => void): void;
  /** Bytes that wait in this process. */
  readonly bufferedBytes: number;
  readonly isOpen: boolean;
  /**
   * Stops reading from the peer, as far as the transport can; frames already here may still be handed over.
   * @returns false where the transport cannot pause: the caller then refuses what is over its bound.
   */
  pause(): boolean;
  resume(): void;
  /** Takes part in `ServerPort.publish` of this topic until it closes. */
  subscribe(topic: string): void;
  close(code: number, reason: string): void;
}

export interface SocketHandlers {
  /** Bytes are the handler's to keep; text frames are not checked to be UTF-8. */
  message(data: Uint8Array): void;
  /** What was buffered has left. */
  drain(): void;
  close(): void;
}

export interface Refusal {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface SocketRoute {
  readonly path: string;
  /** A larger frame from the peer closes its socket with 1009. */
  readonly frameBytesMax: number;
  /** Bound of what waits to be sent to one peer. */
  readonly bufferedBytesMax: number;
  open(socket: PortSocket, request: PortRequest): SocketHandlers;
}

/** An upgrade that may go on, with the subprotocol to confirm. */
export interface UpgradeAccept {
  readonly route: SocketRoute;
  readonly subprotocol?: string;
}

export interface PortHandlers {
  request(request: PortRequest, response: PortResponse): void;
  /** Asked before a socket is opened: security, authorisation and routing in one. */
  upgrade(request: PortRequest): UpgradeAccept | Refusal | Promise<UpgradeAccept | Refusal>;
  /** All routes that `upgrade` may answer with, each under its own path. Asked once, when the port starts to listen. */
  socketRoutes(): readonly SocketRoute[];
}

export interface PortLimits {
  readonly connectionsMax: number;
  /** Request line and headers together; over it the answer is 431. */
  readonly headerBytesMax: number;
  readonly urlBytesMax: number;
  /** All request bodies being read at one time. */
  readonly bodyBytesHeldMax: number;
  /** From the connection's first byte to the end of the headers. */
  readonly headersTimeoutMs: number;
  /** From the first byte to the end of the body. */
  readonly requestTimeoutMs: number;
  readonly keepAliveTimeoutMs: number;
  /** A socket whose peer answers no ping and takes no byte for one to two of these is ended. */
  readonly pingIntervalMs: number;
}

export const PORT_LIMITS: PortLimits = {
  connectionsMax: 10_000,
  headerBytesMax: 16 * 1024,
  urlBytesMax: 8 * 1024,
  bodyBytesHeldMax: 256 * 1024 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  keepAliveTimeoutMs: 30_000,
  pingIntervalMs: 30_000,
};

export interface PortOptions {
  readonly limits: PortLimits;
  /** PEM text. Without it the port speaks plain HTTP. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

export interface ServerPort {
  /** Shown by `/ready` and in benchmark reports. */
  readonly name: string;
  /**
   * @param port 0 takes any free one
   * @throws {EngineError} `port-in-use` when another program has it, `config-invalid` when the host is not ours
   */
  listen(host: string, port: number): Promise<ListenAddress>;
  /** Sends to every socket of a topic; counts by result. A dropped one is not told. */
  publish(topic: string, text: string): Readonly<Record<SendResult, number>>;
  readonly connectionCount: number;
  /**
   * Takes no more connections, lets requests in flight finish, closes sockets with 1001; what is left at `deadlineMs`
   * is cut.
   */
  close(deadlineMs: number): Promise<void>;
}

export type ServerAdapter = (handlers: PortHandlers, options: PortOptions) => ServerPort;
