/**
 * One connection to a peer, from the try to its end: the only file of the source that knows `ws`. It ends in one of few
 * ways, each told once. A peer that says nothing between two pings is taken for dead; while we do not read, its answers
 * cannot be heard, so it is not asked.
 */
import type { IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import { RESUME_PROTOCOL } from "./protocol.ts";

export interface LinkOptions {
  readonly url: URL;
  readonly token: string | undefined;
  readonly frameBytesMax: number;
  readonly connectTimeoutMs: number;
  readonly pingEveryMs: number;
}

export interface LinkHandlers {
  open(isResumable: boolean): void;
  /** Bytes are the handler's to keep; text is not checked to be UTF-8. */
  frame(bytes: Uint8Array): void;
  /** Last call. */
  end(end: LinkEnd): void;
}

/** `code`: of the system, of HTTP or of the close frame; nothing that the peer wrote in words. */
export interface LinkEnd {
  readonly reason: "unreachable" | "timeout" | "refused" | "closed" | "silent" | "too-large" | "broken";
  readonly code: string;
}

export interface Link {
  send(text: string): void;
  pause(): void;
  resume(): void;
  /** Says goodbye; a peer that does not answer is cut. */
  close(code: number, reason: string): void;
}

const CLOSE_TIMEOUT_MS = 2_000;
const TOO_LARGE = new Set(["WS_ERR_UNSUPPORTED_MESSAGE_LENGTH", "WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH"]);

export function openLink(options: LinkOptions, handlers: LinkHandlers): Link {
  const { url, token, frameBytesMax, connectTimeoutMs, pingEveryMs } = options;
  const ws = new WebSocket(url, [RESUME_PROTOCOL], {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    maxPayload: frameBytesMax,
    perMessageDeflate: false, // a small frame must not become a large one here
    skipUTF8Validation: true, // what is not UTF-8 is refused as such, and does not end the connection
  });
  let isResumable = false;
  let wasHeard = true;
  let end: LinkEnd | undefined;
  let beat: NodeJS.Timeout | undefined;

  function cut(why: LinkEnd): void {
    end ??= why;
    if (ws.isPaused) ws.resume(); // else its end is never read
    ws.terminate();
  }
  const connecting = setTimeout(() => cut({ reason: "timeout", code: `${connectTimeoutMs} ms` }), connectTimeoutMs);

  function ping(): void {
    if (ws.isPaused || ws.readyState !== WebSocket.OPEN) return;
    if (wasHeard) ws.ping();
    else cut({ reason: "silent", code: `${pingEveryMs} ms` });
    wasHeard = false;
  }
  const heard = () => {
    wasHeard = true;
  };
  ws.on("upgrade", (response: IncomingMessage) => {
    isResumable = response.headers["sec-websocket-protocol"] === RESUME_PROTOCOL;
    // RFC 6455 lets a server choose none; `ws` would take that for a fault and drop the connection with its frames.
    response.headers["sec-websocket-protocol"] ??= RESUME_PROTOCOL;
  });
  ws.on("unexpected-response", (_request, response) => {
    response.resume();
    cut({ reason: "refused", code: String(response.statusCode) });
  });
  ws.on("open", () => {
    clearTimeout(connecting);
    beat = setInterval(ping, pingEveryMs);
    handlers.open(isResumable);
  });
  ws.on("ping", heard).on("pong", heard);
  ws.on("message", (data: Buffer) => {
    heard();
    if (end === undefined) handlers.frame(data);
  });
  ws.on("error", (error: NodeJS.ErrnoException) => {
    end ??= endOf(error, ws.readyState === WebSocket.CONNECTING || beat === undefined);
  });
  ws.on("close", (code) => {
    clearTimeout(connecting);
    clearInterval(beat);
    handlers.end(end ?? { reason: "closed", code: String(code) });
  });
  return {
    send: (text) => void (ws.readyState === WebSocket.OPEN && ws.send(text)),
    pause: () => ws.pause(),
    resume() {
      wasHeard = true; // its answers could not be heard meanwhile
      ws.resume();
    },
    close(code, reason) {
      end ??= { reason: "closed", code: String(code) };
      if (ws.isPaused) ws.resume(); // else the peer's close frame is never read
      ws.close(code, reason);
      setTimeout(() => ws.terminate(), CLOSE_TIMEOUT_MS).unref();
    },
  };
}

function endOf({ code = "unknown" }: NodeJS.ErrnoException, isConnecting: boolean): LinkEnd {
  if (TOO_LARGE.has(code)) return { reason: "too-large", code };
  return { reason: isConnecting ? "unreachable" : "broken", code };
}
