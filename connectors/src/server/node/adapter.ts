/**
 * The server port on node:http (or node:https) and `ws`: no native code, runs on every Node.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { JSON_HEADERS, problem } from "../answer.ts";
import { listenError } from "../listen-error.ts";
import type { ListenAddress, PortHandlers, PortOptions, ServerAdapter, ServerPort } from "../port.ts";
import { type ExchangeState, NodeExchange } from "./exchange.ts";
import { readAgain } from "./read-again.ts";
import { NodeSockets, refuse } from "./sockets.ts";

export function nodeAdapter(): ServerAdapter {
  return createNodePort;
}

function createNodePort(handlers: PortHandlers, options: PortOptions): ServerPort {
  const { limits } = options;
  const state: ExchangeState = { bodyBytesHeld: 0, bodyBytesHeldMax: limits.bodyBytesHeldMax, isClosing: false };
  const server = createHttpServer(options);
  const sockets = new NodeSockets(handlers, state);
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
  server.on("upgrade", (message, socket, head) => {
    if (message.headers.upgrade?.toLowerCase() === "websocket") void sockets.upgrade({ message, socket, head });
    else readAgain(server, message, socket, head);
  });
  server.on("clientError", onClientError);
  server.on("connection", (socket) => {
    connectionCount += 1;
    socket.on("close", () => {
      connectionCount -= 1;
    });
  });
  const heart = setInterval(() => sockets.beat(), limits.pingIntervalMs);
  heart.unref();

  return {
    name: "node",
    listen: (host, port) => listen(server, host, port),
    publish: (topic, text) => sockets.publish(topic, text),
    get connectionCount() {
      return connectionCount;
    },
    async close(deadlineMs) {
      clearInterval(heart);
      if (!server.listening) return;
      state.isClosing = true;
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
    server.once("error", (error) => reject(listenError(host, port, error)));
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
