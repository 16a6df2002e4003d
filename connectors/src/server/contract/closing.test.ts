/** The contract of the server port: taking a port, and letting go of it with everybody told. */
import { connect } from "node:net";
import { expect, test } from "vitest";
import { nodeAdapter } from "../node/adapter.ts";
import { PORT_LIMITS, type PortHandlers, type PortResponse } from "../port.ts";
import { forEachAdapter } from "../testing/adapters.ts";
import { call, openSocket } from "../testing/client.ts";
import { echoRoute, JSON_TYPE, sleep, startPort, until } from "../testing/port.ts";

const NO_HANDLERS: PortHandlers = {
  request() {},
  upgrade: () => ({ status: 404, headers: {}, body: "" }),
  socketRoutes: () => [],
};

forEachAdapter(({ adapter, name }) => {
  test("it listens on the address that it was given, and has its name", async () => {
    const { server } = await startPort(adapter);
    expect(server.name).toBe(name);
    const { server: other } = await startPort(adapter, {});
    expect(await other.close(100)).toBeUndefined();
  });

  test("a port that is taken is said to be taken, whichever adapter has it", async () => {
    for (const holder of [adapter, nodeAdapter()]) {
      const { port } = await startPort(holder);
      const second = adapter(NO_HANDLERS, { limits: PORT_LIMITS });
      await expect(second.listen("127.0.0.1", port)).rejects.toMatchObject({ code: "port-in-use" });
      await second.close(10);
    }
  });

  test("an address that is not this machine's, or no address, is a fault of the configuration", async () => {
    for (const host of ["203.0.113.7", "no-such-host.invalid"]) {
      const port = adapter(NO_HANDLERS, { limits: PORT_LIMITS });
      await expect(port.listen(host, 0)).rejects.toMatchObject({ code: "config-invalid" });
      await port.close(10);
    }
  });

  test("closing answers what is in flight, closes sockets with 1001, and takes nothing more", async () => {
    const { handlers } = echoRoute(1_024);
    const responses: PortResponse[] = [];
    const { server, port } = await startPort(adapter, {
      ...handlers,
      request: (_request, response) => void responses.push(response),
    });
    const peers = await Promise.all(Array.from({ length: 5 }, () => openSocket(port, "/s")));
    const answer = call(port, "/", { headers: { connection: "keep-alive" } });
    await until(() => responses.length === 1);
    let isClosed = false;
    const closed = server.close(5_000).then(() => {
      isClosed = true;
    });
    expect(await Promise.all(peers.map((peer) => peer.closed))).toEqual(Array(5).fill(1001));
    await expect(call(port, "/")).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(isClosed).toBe(false);
    responses[0]!.end(200, JSON_TYPE, '"last"');
    const { json, headers } = await answer;
    expect([json, headers.connection]).toEqual(["last", "close"]);
    await closed;
    expect(server.connectionCount).toBe(0);
  });

  test("what does not end is cut at the deadline", async () => {
    const responses: PortResponse[] = [];
    const { server, port } = await startPort(adapter, {
      request: (_request, response) => void responses.push(response),
    });
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{");
    await until(() => responses.length === 1);
    const gone = new Promise((resolve) => socket.on("close", resolve));
    await server.close(50);
    await gone;
    expect(responses[0]!.isAborted).toBe(true);
  });

  test("a connection that idles is closed with the server", async () => {
    const { server, port } = await startPort(adapter);
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await new Promise((resolve) => socket.once("data", resolve));
    const gone = new Promise((resolve) => socket.on("close", resolve));
    await server.close(2_000);
    await gone;
    await sleep(1);
    expect(server.connectionCount).toBe(0);
  });
});
