import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import {
  PORT_LIMITS,
  type PortHandlers,
  type PortLimits,
  type PortSocket,
  type SendResult,
  type ServerPort,
  type SocketRoute,
} from "../port.ts";
import { call, openSocket, raw } from "../testing/client.ts";
import { nodeAdapter } from "./adapter.ts";

const JSON_TYPE = { "content-type": "application/json" };
const ports: ServerPort[] = [];
afterEach(async () => {
  for (const port of ports.splice(0)) await port.close(100);
});

async function start(handlers: Partial<PortHandlers>, limits: Partial<PortLimits> = {}) {
  const all: PortHandlers = {
    request: (_request, response) => response.end(200, JSON_TYPE, "{}"),
    upgrade: () => ({ status: 404, headers: JSON_TYPE, body: "{}" }),
    socketRoutes: () => [],
    ...handlers,
  };
  const server = nodeAdapter()(all, { limits: { ...PORT_LIMITS, ...limits } });
  ports.push(server);
  return { server, port: (await server.listen("127.0.0.1", 0)).port };
}
/** One socket route that hands its socket to the test. */
function socketRoute(bufferedBytesMax: number, more: Partial<SocketRoute> = {}) {
  const drained: PortSocket[] = [];
  const opened: PortSocket[] = [];
  const route: SocketRoute = {
    path: "/s",
    frameBytesMax: 1_024,
    bufferedBytesMax,
    open(socket) {
      opened.push(socket);
      return { message: (data) => void socket.send(data), drain: () => drained.push(socket), close() {} };
    },
    ...more,
  };
  return { route, opened, drained };
}
const until = async (isDone: () => boolean) => {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe("a socket", () => {
  test("queues up to its bound, drops what does not fit, and says when it has drained", async () => {
    const { route, opened, drained } = socketRoute(1024 * 1024);
    const { port } = await start({ upgrade: () => ({ route }) });
    const peer = await openSocket(port, "/s");
    expect(opened[0]!.send("1")).toBe("sent");
    peer.ws.pause();
    const frame = JSON.stringify("x".repeat(65_000));
    const results: SendResult[] = [];
    while (results.filter((result) => result === "dropped").length < 3) {
      results.push(opened[0]!.send(frame));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(opened[0]!.bufferedBytes).toBeLessThanOrEqual(1024 * 1024 + 1_000); // and frame headers
    expect(results).toContain("queued");
    peer.ws.resume();
    await until(() => drained.length > 0);
    expect(opened[0]!.bufferedBytes).toBe(0);
    const taken = results.filter((result) => result !== "dropped").length;
    await peer.until((frames) => frames.length === taken + 1);
    peer.ws.terminate();
    await until(() => !opened[0]!.isOpen);
    expect(opened[0]!.send("late")).toBe("dropped");
  });

  test("takes a frame larger than its bound when nothing waits", async () => {
    const { route, opened } = socketRoute(10);
    const { port } = await start({ upgrade: () => ({ route }) });
    const peer = await openSocket(port, "/s");
    expect(opened[0]!.send(JSON.stringify("x".repeat(100_000)))).not.toBe("dropped");
    await peer.until((frames) => frames.length === 1);
  });

  test("hears its topic only, and publishing counts by result", async () => {
    const { route, opened } = socketRoute(1024);
    const { server, port } = await start({ upgrade: () => ({ route }) });
    const [one, two] = [await openSocket(port, "/s"), await openSocket(port, "/s")];
    opened[0]!.subscribe("news");
    expect(server.publish("news", '"hello"')).toEqual({ sent: 1, queued: 0, dropped: 0 });
    expect(server.publish("other", '"hello"')).toEqual({ sent: 0, queued: 0, dropped: 0 });
    await one.until((frames) => frames.length === 1);
    expect(two.frames).toEqual([]);
    one.ws.terminate();
    await until(() => !opened[0]!.isOpen);
    await until(() => server.publish("news", '"gone"').dropped === 0);
  });

  test("is not read while it is paused", async () => {
    const { route, opened } = socketRoute(1024);
    const { port } = await start({ upgrade: () => ({ route }) });
    const peer = await openSocket(port, "/s");
    expect(opened[0]!.pause()).toBe(true);
    peer.ws.send('"echo"');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(peer.frames).toEqual([]);
    opened[0]!.resume();
    await peer.until((frames) => frames.length === 1);
  });

  test("is closed with 1009 when a frame is over the route's limit", async () => {
    const { route } = socketRoute(1024);
    const { port } = await start({ upgrade: () => ({ route }) });
    const peer = await openSocket(port, "/s");
    peer.ws.send("x".repeat(2_000));
    expect(await peer.closed).toBe(1009);
  });

  test("is ended when its peer answers no ping, and kept when it does", async () => {
    const { route, opened } = socketRoute(1024);
    const { port } = await start({ upgrade: () => ({ route }) }, { pingIntervalMs: 40 });
    const silent = new WebSocket(`ws://127.0.0.1:${port}/s`, { autoPong: false });
    await new Promise((resolve) => silent.on("open", resolve));
    const alive = await openSocket(port, "/s");
    await until(() => !opened[0]!.isOpen);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(alive.ws.readyState).toBe(WebSocket.OPEN);
  });
});

describe("a request", () => {
  test("is answered piece by piece, as fast as the peer takes it", async () => {
    let made = 0;
    function* pieces() {
      for (; made < 2_000; made += 1) yield "x".repeat(64 * 1024);
    }
    const { port } = await start({ request: (_request, response) => response.stream(200, JSON_TYPE, pieces()) });
    const socket = connect(port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await new Promise((resolve) => socket.once("readable", resolve));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(made).toBeLessThan(2_000);
    socket.destroy();
  });

  test("is refused as busy when all bodies together are over their bound, and that is given back", async () => {
    const { port } = await start(
      {
        request: (request, response) =>
          request.readBody(1_000_000, (body) =>
            response.end(200, JSON_TYPE, JSON.stringify(typeof body === "string" ? body : body.byteLength)),
          ),
      },
      { bodyBytesHeldMax: 100_000 },
    );
    const send = (body: string) => call(port, "/", { method: "POST", body });
    expect((await send("x".repeat(90_000))).json).toBe(90_000);
    expect((await send("x".repeat(200_000))).json).toBe("busy");
    expect((await send("x".repeat(90_000))).json).toBe(90_000);
  });

  test("that wishes for another protocol is answered in HTTP/1.1, with its body", async () => {
    const { port } = await start({
      request: (request, response) =>
        request.readBody(100, (body) => response.end(200, JSON_TYPE, Buffer.from(body as Uint8Array))),
    });
    const wish = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
    const answer = await raw(port, (socket) => {
      socket.write(`POST / HTTP/1.1\r\nHost: a\r\n${wish}Content-Length: 7\r\n\r\n{"a":`);
      setTimeout(() => socket.write("1}"), 20);
      socket.on("data", (data) => String(data).includes('{"a":1}') && socket.end());
    });
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*\{"a":1\}$/);
  });

  test("whose headers do not end in time is answered with 408", async () => {
    const { port } = await start({}, { headersTimeoutMs: 100 });
    const answer = await raw(port, (socket) => socket.write("GET / HTTP/1.1\r\nHost: a\r\n"));
    expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"rejected":\[\]/);
  });

  test("beyond the connections that are allowed is not accepted", async () => {
    const { server, port } = await start({}, { connectionsMax: 1 });
    const first = connect(port, "127.0.0.1");
    await until(() => server.connectionCount === 1);
    expect(await raw(port, (socket) => socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))).toBe("");
    first.destroy();
    await until(() => server.connectionCount === 0);
    expect((await call(port, "/")).status).toBe(200);
  });
});
