/**
 * Keeps one WebSocket to `/live` open. After a loss it comes back with `?since=` the last sequence seen, so the server
 * resends what was missed; after `BACKOFF.attemptsMax` failed tries it stops and waits for `retryNow`.
 */
import { BACKOFF, backoffMs } from "./backoff.ts";
import { type Frame, readFrame } from "./frames.ts";

export type ConnectionState =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  | { readonly kind: "reconnecting"; readonly attempt: number; readonly retryAtMs: number }
  | { readonly kind: "lost" };

export interface Connection {
  /** Tries again at once, unless it is live. */
  retryNow(): void;
  /** Opens another socket in place of the one there is, at once: the address has changed. */
  reopen(): void;
  close(): void;
}

export interface ConnectionOptions {
  readonly url: (since: number | undefined) => string;
  readonly lastSeq: () => number | undefined;
  readonly onFrame: (frame: Frame) => void;
  readonly onState: (state: ConnectionState) => void;
  /** Milliseconds that reading and taking a frame took. */
  readonly onBusy?: (spentMs: number) => void;
}

export function connectLive(options: ConnectionOptions): Connection {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let isClosed = false;

  function open(): void {
    clearTimeout(timer);
    options.onState({ kind: "connecting" });
    const current = new WebSocket(options.url(options.lastSeq()));
    let isLive = false;
    socket = current;
    current.onmessage = (event) => {
      const startMs = performance.now();
      const frame = typeof event.data === "string" ? readFrame(event.data) : undefined;
      if (frame === undefined || socket !== current) return;
      if (!isLive) options.onState({ kind: "live" }); // a frame, not the handshake, proves that the server is well
      isLive = true;
      attempt = 0;
      options.onFrame(frame);
      options.onBusy?.(performance.now() - startMs);
    };
    current.onclose = () => {
      if (socket === current) onLoss();
    };
  }
  function onLoss(): void {
    socket = undefined;
    if (isClosed) return;
    attempt += 1;
    if (attempt > BACKOFF.attemptsMax) {
      options.onState({ kind: "lost" });
      return;
    }
    const delayMs = backoffMs(attempt, Math.random());
    options.onState({ kind: "reconnecting", attempt, retryAtMs: Date.now() + delayMs });
    timer = setTimeout(open, delayMs);
  }
  open();
  return {
    retryNow() {
      if (isClosed || socket !== undefined) return;
      attempt = 0;
      open();
    },
    reopen() {
      if (isClosed) return;
      const old = socket;
      socket = undefined;
      old?.close();
      open();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
