/**
 * Test material: a feed of events over a real WebSocket server, that keeps what it was not told is recorded. It can be
 * killed without a goodbye, and started again on its port.
 */
import { WebSocket, WebSocketServer } from "ws";

export interface FeedPeerOptions {
  /** Default: it speaks `sluice.resume.v1`. */
  readonly isPlain?: boolean;
  /** Named in a frame of its own, when given. */
  readonly feed?: string;
  readonly port?: number;
  /** Sent at each connection. */
  readonly greeting?: readonly string[];
}

export interface FeedPeer {
  readonly url: URL;
  /** What sources said, in order: `{resume}` and `{ack}`. */
  readonly heard: Record<string, unknown>[];
  /** Request headers of each connection. */
  readonly headers: Record<string, unknown>[];
  /** Frames to be sent, by number from 1; a string that does not begin with `{"seq"` goes out as it is. */
  readonly log: string[];
  connections: number;
  /** Appends a frame and sends it to whoever is connected. */
  publish(events: readonly object[]): void;
  sendRaw(data: string | Uint8Array): void;
  /** Bytes that wait here because the source does not read. */
  bufferedBytes(): number;
  /** Stops reading, so that pings get no answer, and sends nothing more. */
  freeze(): void;
  /** Cuts every connection and closes the port, as a kill would. */
  kill(): Promise<void>;
  /** Takes connections again on the same port, with the log as it is. */
  restart(): Promise<void>;
}

export async function feedPeer({
  isPlain = false,
  feed,
  port = 0,
  greeting = [],
}: FeedPeerOptions = {}): Promise<FeedPeer> {
  let server: WebSocketServer;
  let sockets = new Set<WebSocket>();
  let boundPort = port;

  function listen(): Promise<void> {
    sockets = new Set();
    const handleProtocols = () => (isPlain ? (false as const) : "sluice.resume.v1");
    server = new WebSocketServer({ host: "127.0.0.1", port: boundPort, handleProtocols });
    server.on("connection", (socket, request) => {
      peer.connections += 1;
      peer.headers.push(request.headers);
      if (isPlain) sockets.add(socket);
      for (const frame of greeting) socket.send(frame);
      socket.on("close", () => sockets.delete(socket)).on("error", () => {});
      socket.on("message", (data) => {
        const said = JSON.parse(String(data)) as Record<string, unknown>;
        peer.heard.push(said);
        if (typeof said.resume === "number") resume(socket, said);
      });
    });
    return new Promise((resolve, reject) => {
      server.once("error", reject).once("listening", () => {
        boundPort = (server.address() as { port: number }).port;
        resolve();
      });
    });
  }
  function resume(socket: WebSocket, said: Record<string, unknown>): void {
    const isKnown = said.feed === feed;
    if (!isKnown && feed !== undefined) socket.send(JSON.stringify({ feed }));
    const from = isKnown ? (said.resume as number) : 0;
    for (const frame of peer.log.slice(from)) socket.send(frame);
    sockets.add(socket); // nothing is sent before the source has said where to begin
  }
  const peer: FeedPeer = {
    get url() {
      return new URL(`ws://127.0.0.1:${boundPort}/feed`);
    },
    heard: [],
    headers: [],
    log: [],
    connections: 0,
    publish(events) {
      const frame = JSON.stringify(isPlain ? { events } : { seq: peer.log.length + 1, events });
      peer.log.push(frame);
      peer.sendRaw(frame);
    },
    sendRaw(data) {
      for (const socket of sockets) if (socket.readyState === WebSocket.OPEN) socket.send(data);
    },
    bufferedBytes: () => [...sockets].reduce((sum, socket) => sum + socket.bufferedAmount, 0),
    freeze() {
      for (const socket of sockets) socket.pause();
    },
    kill() {
      for (const socket of server.clients) socket.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
    restart: () => listen(),
  };
  await listen();
  return peer;
}
