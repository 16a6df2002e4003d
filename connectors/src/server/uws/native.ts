/**
 * The part of uWebSockets.js that is used here, as versions 20.30 and later have it. The package's own types lack some
 * of it (`close` of an app) and name things as they are not.
 */
/** Strings go out as UTF-8. */
export type NativeText = string | Uint8Array;

/** Lives until `end`, a `tryEnd` that is done, `close` or the abort handler: touching it afterwards throws. */
export interface NativeResponse {
  writeStatus(status: string): NativeResponse;
  /** Written as it is: `key: value` and a line end. */
  writeHeader(key: string, value: string): NativeResponse;
  /** A piece in chunked encoding; false when it waits in this process. */
  write(chunk: NativeText): boolean;
  end(body?: NativeText, closeConnection?: boolean): NativeResponse;
  endWithoutBody(reportedContentLength?: number, closeConnection?: boolean): NativeResponse;
  /** Sends what the kernel takes: `[all of it was taken, the answer is complete]`. */
  tryEnd(rest: NativeText, totalBytes: number): readonly [boolean, boolean];
  /** @param handler told how much has left so far; answers whether it could go on */
  onWritable(handler: (offset: number) => boolean): NativeResponse;
  onAborted(handler: () => void): NativeResponse;
  /** The buffer is gone when the handler returns. */
  onData(handler: (chunk: ArrayBuffer, isLast: boolean) => void): NativeResponse;
  /** Stops and starts reading from the peer. */
  pause(): void;
  resume(): void;
  /** Cuts the connection. */
  close(): NativeResponse;
  /** Gathers the writes of `write` into one packet. */
  cork(write: () => void): NativeResponse;
  /** 4 or 16 bytes. */
  getRemoteAddress(): ArrayBuffer;
  upgrade(userData: object, key: string, protocol: string, extensions: string, context: NativeContext): void;
}

/** Lives until the handler returns. */
export interface NativeRequest {
  /** Upper case, as sent. */
  getCaseSensitiveMethod(): string;
  getUrl(): string;
  /** Undefined or "" when there is none. */
  getQuery(): string | undefined;
  getHeader(lowerCaseName: string): string;
  forEach(each: (lowerCaseName: string, value: string) => void): void;
}

/** Lives from `open` to `close`. */
export interface NativeSocket {
  /** 1: sent, 0: waits, 2: dropped. */
  send(message: NativeText, isBinary: boolean, compress: boolean): number;
  getBufferedAmount(): number;
  /** Sends a close frame. The close handler runs before it returns. */
  end(code: number, reason: string): void;
  /** Cuts the connection. The close handler runs before it returns. */
  close(): void;
  ping(): number;
  /** What is sent within leaves in one write, as far as it fits. */
  cork(send: () => void): NativeSocket;
  getUserData(): object;
}

export interface NativeBehavior {
  readonly compression: number;
  readonly maxPayloadLength: number;
  readonly maxBackpressure: number;
  /** Seconds; 0: never. */
  readonly idleTimeout: number;
  readonly sendPingsAutomatically: boolean;
  upgrade(response: NativeResponse, request: NativeRequest, context: NativeContext): void;
  open(socket: NativeSocket): void;
  message(socket: NativeSocket, message: ArrayBuffer, isBinary: boolean): void;
  drain(socket: NativeSocket): void;
  pong(socket: NativeSocket): void;
  close(socket: NativeSocket, code: number): void;
}

/** Handles of native objects: nothing here looks into them. */
export type NativeContext = { readonly __context: never };
export type NativeListenSocket = { readonly __listenSocket: never };

export interface NativeApp {
  any(pattern: string, handler: (response: NativeResponse, request: NativeRequest) => void): NativeApp;
  ws(pattern: string, behavior: NativeBehavior): NativeApp;
  listen(host: string, port: number, options: number, done: (socket: NativeListenSocket | false) => void): NativeApp;
  /** Cuts all connections, and listens no more. */
  close(): NativeApp;
}

export interface NativeUws {
  App(): NativeApp;
  /** Reads both files before it returns. */
  SSLApp(options: { readonly key_file_name: string; readonly cert_file_name: string }): NativeApp;
  us_listen_socket_close(socket: NativeListenSocket): void;
  us_socket_local_port(socket: NativeListenSocket): number;
}
