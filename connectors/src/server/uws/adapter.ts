/**
 * The server port on uWebSockets.js: native HTTP and WebSocket, where a binary for this Node exists. What it cannot do
 * as node:http does is listed in docs/decisions/0007-two-server-adapters.md and held by `contract/`.
 */
import { JSON_HEADERS, problem } from "../answer.ts";
import type { PortHandlers, PortLimits, PortOptions, ServerAdapter, ServerPort } from "../port.ts";
import { UwsExchange } from "./exchange.ts";
import { listen } from "./listen.ts";
import type { NativeListenSocket, NativeRequest, NativeResponse, NativeUws } from "./native.ts";
import { UwsSockets } from "./sockets.ts";
import type { ExchangeState } from "./state.ts";
import { tlsApp } from "./tls-files.ts";

/** A body that takes longer than `requestTimeoutMs` is found after at most one part of so many more. */
const SWEEPS = 4;
/** A close frame that has left this process is given so long to leave the kernel, and its peer to answer it. */
const GOODBYE_MS = 100;
const CLOSE_POLL_MS = 10;

export function uwsAdapter(uws: NativeUws): ServerAdapter {
  return (handlers, options) => createUwsPort(uws, handlers, options);
}

function createUwsPort(uws: NativeUws, handlers: PortHandlers, { limits, tls }: PortOptions): ServerPort {
  const state: ExchangeState = {
    inFlight: 0,
    bodyBytesHeld: 0,
    bodyBytesHeldMax: limits.bodyBytesHeldMax,
    unfinished: new Set(),
    isClosing: false,
  };
  const app = tls === undefined ? uws.App() : tlsApp(uws, tls);
  const connectionCount = () => state.inFlight + sockets.count;
  const receive = (response: NativeResponse, request: NativeRequest) => {
    const exchange = new UwsExchange(response, request, state, () => {
      exchange.end(408, JSON_HEADERS, problem("the request did not end in time"));
    });
    const fault = faultOf(exchange, limits) ?? crowdOf(connectionCount(), limits, state);
    if (fault === undefined) return exchange;
    exchange.end(fault.status, JSON_HEADERS, problem(fault.error));
    return undefined;
  };
  const sockets: UwsSockets = new UwsSockets(handlers, receive);
  app.any("/*", (response, request) => {
    const exchange = receive(response, request);
    if (exchange === undefined) return;
    if (exchange.header("upgrade").toLowerCase() === "websocket") void sockets.refuse(exchange);
    else handlers.request(exchange, exchange);
  });
  let listenSocket: NativeListenSocket | undefined;
  let timers: readonly NodeJS.Timeout[] = [];

  return {
    name: "uws",
    async listen(host, port) {
      for (const route of handlers.socketRoutes()) sockets.addRoute(app, route);
      const listening = await listen(uws, app, host, port);
      listenSocket = listening.socket;
      timers = [
        setInterval(() => sockets.beat(), limits.pingIntervalMs),
        setInterval(() => sweep(state), limits.requestTimeoutMs / SWEEPS),
      ];
      for (const timer of timers) timer.unref();
      return listening.address;
    },
    publish: (topic, text) => sockets.publish(topic, text),
    get connectionCount() {
      return connectionCount();
    },
    async close(deadlineMs) {
      if (state.isClosing) return;
      state.isClosing = true;
      for (const timer of timers) clearInterval(timer);
      if (listenSocket !== undefined) uws.us_listen_socket_close(listenSocket);
      const endMs = performance.now() + deadlineMs;
      const goodbyeMs = sockets.count === 0 ? 0 : Math.min(GOODBYE_MS, deadlineMs);
      sockets.closeAll();
      await pause(goodbyeMs);
      while (state.inFlight > 0 && performance.now() < endMs) await pause(CLOSE_POLL_MS);
      app.close();
    },
  };
}

/** Why a request cannot be taken as it is. */
function faultOf(exchange: UwsExchange, limits: PortLimits) {
  const { urlBytesMax, headerBytesMax } = limits;
  if (exchange.path.length + exchange.query.length + 1 > urlBytesMax) {
    return { status: 414, error: `the URL is longer than ${urlBytesMax} bytes` };
  }
  if (exchange.headerLength > headerBytesMax) return { status: 431, error: "the request's headers are too large" };
  if (Number.isNaN(exchange.declaredLength)) return { status: 400, error: "this is no HTTP/1.1 request" };
  return undefined;
}

function crowdOf(connectionCount: number, { connectionsMax }: PortLimits, { isClosing }: ExchangeState) {
  if (isClosing) return { status: 503, error: "the server is stopping: connect again later" };
  if (connectionCount <= connectionsMax) return undefined;
  return { status: 503, error: `${connectionsMax} requests and sockets are open: try again later` };
}

function sweep({ unfinished }: ExchangeState): void {
  for (const body of unfinished) {
    body.sweeps += 1;
    if (body.sweeps > SWEEPS) body.timeOut();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
