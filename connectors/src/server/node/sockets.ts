/** All WebSockets of a server on `ws`: one `ws` server a route, because the frame limit is a route's own. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { JSON_HEADERS, problem } from "../answer.ts";
import type { PortHandlers, SendResult, SocketRoute, UpgradeAccept } from "../port.ts";
import { Topics } from "../topics.ts";
import { type ExchangeState, httpHead, NodeExchange } from "./exchange.ts";
import { NodeSocket } from "./socket.ts";

interface Upgrade {
  readonly message: IncomingMessage;
  readonly socket: Duplex;
  /** Bytes that came behind the request. */
  readonly head: Buffer;
}

export class NodeSockets {
  readonly #handlers: PortHandlers;
  readonly #state: ExchangeState;
  readonly #servers = new Map<SocketRoute, WebSocketServer>();
  readonly #subprotocols = new WeakMap<IncomingMessage, string>();
  readonly #topics = new Topics();
  readonly #open = new Set<NodeSocket>();

  constructor(handlers: PortHandlers, state: ExchangeState) {
    this.#handlers = handlers;
    this.#state = state;
  }

  async upgrade(upgrade: Upgrade): Promise<void> {
    const { message, socket } = upgrade;
    const destroy = () => socket.destroy();
    socket.on("error", destroy); // a peer that leaves while the answer is sought
    if (this.#state.isClosing) return refuse(socket, 503, problem("the server is stopping: connect again later"));
    const exchange = new NodeExchange(message, undefined, this.#state, false);
    const answer = await this.#handlers.upgrade(exchange);
    if (socket.destroyed) return;
    if (!("route" in answer)) return refuse(socket, answer.status, answer.body, answer.headers);
    socket.off("error", destroy);
    this.#accept(answer, upgrade, exchange);
  }

  publish(topic: string, text: string): Readonly<Record<SendResult, number>> {
    return this.#topics.publish(topic, text);
  }

  /** Pings every peer, and ends those that are gone. */
  beat(): void {
    for (const socket of this.#open) socket.beat();
  }

  closeAll(): void {
    for (const socket of this.#open) socket.close(1001, "the server is stopping");
  }

  terminateAll(): void {
    for (const socket of this.#open) socket.terminate();
  }

  #accept({ route, subprotocol }: UpgradeAccept, { message, socket, head }: Upgrade, exchange: NodeExchange): void {
    if (subprotocol !== undefined) this.#subprotocols.set(message, subprotocol);
    this.#serverOf(route).handleUpgrade(message, socket, head, (ws) => {
      const nodeSocket = new NodeSocket(ws, socket, route.bufferedBytesMax, this.#topics);
      this.#open.add(nodeSocket);
      ws.on("close", () => this.#open.delete(nodeSocket));
      nodeSocket.attach(route.open(nodeSocket, exchange));
    });
  }

  #serverOf(route: SocketRoute): WebSocketServer {
    const known = this.#servers.get(route);
    if (known !== undefined) return known;
    const server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false, // costs more than it saves on one machine, and lets a peer make us work
      maxPayload: route.frameBytesMax,
      skipUTF8Validation: true, // text that is not UTF-8 is answered as such by the detector, not by closing the socket
      handleProtocols: (_offered, message) => this.#subprotocols.get(message) ?? false,
    });
    server.on("wsClientError", (error, socket) => {
      refuse(socket, 400, problem(`not a WebSocket upgrade: ${error.message}`));
    });
    this.#servers.set(route, server);
    return server;
  }
}

/** Answers on a socket that has no response object, and ends it. */
export function refuse(socket: Duplex, status: number, body: string, headers = JSON_HEADERS): void {
  const length = String(Buffer.byteLength(body));
  const head = httpHead(status, { ...headers, "content-length": length, connection: "close" });
  socket.end(head + body, () => socket.destroy());
}
