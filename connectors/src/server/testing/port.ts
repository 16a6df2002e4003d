/**
 * Test material: a port that listens with handlers of the test's own, and a socket route that hands out its sockets.
 */
import { afterEach } from "vitest";
import {
  PORT_LIMITS,
  type PortHandlers,
  type PortLimits,
  type PortOptions,
  type PortSocket,
  type ServerAdapter,
  type ServerPort,
  type SocketRoute,
} from "../port.ts";

export const JSON_TYPE = { "content-type": "application/json" };

export interface Started {
  readonly server: ServerPort;
  readonly port: number;
}

const ports: ServerPort[] = [];
afterEach(async () => {
  for (const port of ports.splice(0)) await port.close(100);
});

/** It is closed after the test. */
export async function startPort(
  adapter: ServerAdapter,
  handlers: Partial<PortHandlers> = {},
  limits: Partial<PortLimits> = {},
  tls?: PortOptions["tls"],
): Promise<Started> {
  const all: PortHandlers = {
    request: (_request, response) => response.end(200, JSON_TYPE, "{}"),
    upgrade: () => ({ status: 404, headers: JSON_TYPE, body: "{}" }),
    socketRoutes: () => [],
    ...handlers,
  };
  const options = { limits: { ...PORT_LIMITS, ...limits } };
  const server = adapter(all, tls === undefined ? options : { ...options, tls });
  ports.push(server);
  return { server, port: (await server.listen("127.0.0.1", 0)).port };
}

/** One route at `/s` that sends back what it gets, and handlers that let everybody in. */
export function echoRoute(bufferedBytesMax: number, more: Partial<SocketRoute> = {}) {
  const drained: PortSocket[] = [];
  const opened: PortSocket[] = [];
  const closed: PortSocket[] = [];
  const route: SocketRoute = {
    path: "/s",
    frameBytesMax: 1_024,
    bufferedBytesMax,
    open(socket) {
      opened.push(socket);
      return {
        message: (data) => void socket.send(data),
        drain: () => drained.push(socket),
        close: () => closed.push(socket),
      };
    },
    ...more,
  };
  const handlers: Partial<PortHandlers> = { upgrade: () => ({ route }), socketRoutes: () => [route] };
  return { route, handlers, opened, drained, closed };
}

export async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) await sleep(5);
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
