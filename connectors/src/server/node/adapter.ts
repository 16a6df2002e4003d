/**
 * The server port on node:http (or node:https) and `ws`: no native code, runs on every Node.
 * Compression of frames is off: it costs more than it saves on one machine, and lets a peer make us work.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { EngineError } from "@sluice/engine";
import { WebSocketServer } from "ws";
import { JSON_HEADERS, problem } from "../answer.ts";
import type {
  ListenAddress,
  PortHandlers,
  PortOptions,
  Refusal,
  SendResult,
  ServerAdapter,
  ServerPort,
  SocketRoute,
  UpgradeAccept,
} from "../port.ts";
import { type ExchangeState, httpHead, NodeExchange } from "./exchange.ts";
import { NodeSocket } from "./socket.ts";

export function nodeAdapter(): ServerAdapter {
  return createNodePort;
}

function createNodePort(handlers: PortHandlers, options: PortOptions): ServerPort {
  const { limits } = options;
  const state: ExchangeState = { bodyBytesHeld: 0, bodyBytesHeldMax: limits.bodyBytesHeldMax, isClosing: false };
  const server = createHttpServer(options);
  const sockets = socketServers(handlers, state);
  let connectionCount = 0;

  const onRequest = (message: IncomingMessage, response: ServerResponse, awaitsContinue: boolean) => {
    const exchange = new NodeExchange(message, response, state, awaitsContinue);
    const url = message.url ?? "";
    if (url.length > limits.urlBytesMax) {
      return exchange.end(414, JSON_HEADERS, problem(`the URL is longer than ${limits.urlBytesMax} bytes`));
    }
    if (!url.startsWith("/")) return exchange.end(400, JSON_HEADERS, problem("the request target must be a path"));
    handlers.request(exchange, exchange);
  };
  server.on("request", (message, response) => onRequest(message, response, false));
  server.on("checkContinue", (message, response) => onRequest(message, response, true));
  server.on("upgrade", (message, socket, head) => void sockets.upgrade(message, socket, head));
  server.on("clientError", onClientError);
  server.on("connection", (socket) => {
    connectionCount += 1;
    socket.on("close", () => {
      connectionCount -= 1;
    });
  });
  const heart = setInterval(sockets.beat, limits.pingIntervalMs);
  heart.unref();

  return {
    name: "node",
    listen: (host, port) => listen(server, host, port),
    publish: sockets.publish,
    get connectionCount() {
      return connectionCount;
    },
    async close(deadlineMs) {
      if (!server.listening) return;
      state.isClosing = true;
      clearInterval(heart);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      sockets.closeAll();
      const deadline = setTimeout(() => {
        sockets.terminateAll();
        server.closeAllConnections();
      }, deadlineMs);
      await closed;
      clearTimeout(deadline);
      sockets.terminateAll();
    },
  };
}

function createHttpServer({ limits, tls }: PortOptions): Server {
  const options = {
    maxHeaderSize: limits.headerBytesMax,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(5_000, limits.headersTimeoutMs),
    noDelay: true,
  };
  const server = tls === undefined ? createServer(options) : createTlsServer({ ...options, ...tls });
  server.maxConnections = limits.connectionsMax;
  return server;
}

function listen(server: Server, host: string, port: number): Promise<ListenAddress> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      const advice = isTaken
        ? "another program listens there: stop it or choose another port"
        : "choose an address of this machine and a port that this user may open";
      reject(
        new EngineError(isTaken ? "port-in-use" : "config-invalid", `cannot listen on ${host}:${port}: ${advice}`, {
          cause: error,
        }),
      );
    });
    server.listen({ host, port }, () => {
      const address = server.address() as AddressInfo;
      resolve({ host: address.address, port: address.port });
    });
  });
}

/** A request that node:http could not read. It has no request to answer, so the answer is written by hand. */
function onClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  if (error.code === "HPE_HEADER_OVERFLOW") refuse(socket, 431, problem("the request's headers are too large"));
  else if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") refuse(socket, 408, problem("the request did not end in time"));
  else refuse(socket, 400, problem("this is no HTTP/1.1 request"));
}

function refuse(socket: Duplex, status: number, body: string, headers = JSON_HEADERS): void {
  const length = String(Buffer.byteLength(body));
  socket.end(httpHead(status, { ...headers, "content-length": length, connection: "close" }) + body, () =>
    socket.destroy(),
  );
}

/** All WebSockets of a server: one `ws` server a route, because the frame limit is a route's own. */
function socketServers(handlers: PortHandlers, state: ExchangeState) {
  const servers = new Map<SocketRoute, WebSocketServer>();
  const subprotocols = new WeakMap<IncomingMessage, string>();
  const topics = new Map<string, Set<NodeSocket>>();
  const open = new Set<NodeSocket>();

  function serverOf(route: SocketRoute): WebSocketServer {
    const known = servers.get(route);
    if (known !== undefined) return known;
    const server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: route.frameBytesMax,
      skipUTF8Validation: true, // text that is not UTF-8 is answered as such by the detector, not by closing the socket
      handleProtocols: (_offered, message) => subprotocols.get(message) ?? false,
    });
    server.on("wsClientError", (error, socket) =>
      refuse(socket, 400, problem(`not a WebSocket upgrade: ${error.message}`)),
    );
    servers.set(route, server);
    return server;
  }
  function accept(
    { route, subprotocol }: UpgradeAccept,
    message: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    exchange: NodeExchange,
  ): void {
    if (subprotocol !== undefined) subprotocols.set(message, subprotocol);
    serverOf(route).handleUpgrade(message, socket, head, (ws) => {
      const nodeSocket = new NodeSocket(ws, route.bufferedBytesMax, topics);
      open.add(nodeSocket);
      ws.on("close", () => open.delete(nodeSocket));
      nodeSocket.attach(route.open(nodeSocket, exchange));
    });
  }
  return {
    async upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
      const destroy = () => socket.destroy();
      socket.on("error", destroy); // a peer that leaves while the answer is sought
      if (state.isClosing) return refuse(socket, 503, problem("the server is stopping: connect again later"));
      const exchange = new NodeExchange(message, undefined, state, false);
      const answer: UpgradeAccept | Refusal = await handlers.upgrade(exchange);
      if (socket.destroyed) return;
      if (!("route" in answer)) return refuse(socket, answer.status, answer.body, answer.headers);
      socket.off("error", destroy);
      accept(answer, message, socket, head, exchange);
    },
    publish(topic: string, text: string): Readonly<Record<SendResult, number>> {
      const counts = { sent: 0, queued: 0, dropped: 0 };
      const subscribers = topics.get(topic);
      if (subscribers === undefined || subscribers.size === 0) return counts;
      const bytes = Buffer.from(text);
      for (const subscriber of subscribers) counts[subscriber.send(bytes)] += 1;
      return counts;
    },
    beat: () => {
      for (const socket of open) socket.beat();
    },
    closeAll: () => {
      for (const socket of open) socket.close(1001, "the server is stopping");
    },
    terminateAll: () => {
      for (const socket of open) socket.terminate();
    },
  };
}
