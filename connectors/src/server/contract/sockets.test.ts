/** The contract of the server port: WebSockets, their limits, and what a slow peer causes. */
import { describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { PortSocket, SendResult } from "../port.ts";
import { forEachAdapter } from "../testing/adapters.ts";
import { call, openSocket, raw, refusedUpgrade } from "../testing/client.ts";
import { echoRoute, JSON_TYPE, sleep, startPort, until } from "../testing/port.ts";

const MIB = 1024 * 1024;

forEachAdapter(({ adapter, traits }) => {
  describe("an upgrade", () => {
    test("is let in at once or later, with a subprotocol, and the request stays with the socket", async () => {
      const seen: string[] = [];
      const { route } = echoRoute(MIB, {
        open(_socket, request) {
          seen.push(`${request.path}?${request.query} ${request.header("x-who")} ${request.remoteAddress}`);
          return { message() {}, drain() {}, close() {} };
        },
      });
      for (const isLate of [false, true]) {
        const { port } = await startPort(adapter, {
          socketRoutes: () => [route],
          async upgrade(request) {
            if (isLate) await sleep(20);
            const isToken = request.header("sec-websocket-protocol") === "token";
            return isToken ? { route, subprotocol: "token" } : { route };
          },
        });
        const plain = await openSocket(port, "/s?a=b", { "x-who": "me" });
        const named = await openSocket(port, "/s", {}, ["token"]);
        expect([plain.ws.protocol, named.ws.protocol]).toEqual(["", "token"]);
        plain.ws.terminate();
        named.ws.terminate();
      }
      expect(seen).toEqual(["/s?a=b me 127.0.0.1", "/s?  127.0.0.1", "/s?a=b me 127.0.0.1", "/s?  127.0.0.1"]);
    });

    test("is refused with status, headers and body, at once or later, on a route and beside it", async () => {
      const { route } = echoRoute(MIB);
      const refusal = { status: 401, headers: { ...JSON_TYPE, "www-authenticate": "Bearer" }, body: '{"error":"no"}' };
      for (const upgrade of [() => refusal, () => sleep(10).then(() => refusal)]) {
        const { port } = await startPort(adapter, { socketRoutes: () => [route], upgrade });
        for (const path of ["/s", "/nowhere", "/"]) {
          const { status, headers, json } = await refusedUpgrade(port, path);
          expect([status, headers["www-authenticate"], json]).toEqual([401, "Bearer", { error: "no" }]);
        }
      }
    });

    test("whose peer leaves before it is let in leaves nothing open", async () => {
      const { route, opened } = echoRoute(MIB);
      let asked = 0;
      const { server, port } = await startPort(adapter, {
        socketRoutes: () => [route],
        async upgrade() {
          asked += 1;
          await sleep(50);
          return { route };
        },
      });
      const ws = new WebSocket(`ws://127.0.0.1:${port}/s`);
      ws.on("error", () => {});
      await until(() => asked === 1);
      ws.terminate();
      await sleep(80);
      await until(() => server.connectionCount === 0);
      expect(opened.filter((socket) => socket.isOpen)).toEqual([]);
    });

    test("that is no WebSocket handshake is answered with 400", async () => {
      const { handlers } = echoRoute(MIB);
      const { port } = await startPort(adapter, handlers);
      const answer = await raw(port, (socket) => {
        socket.write("GET /s HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        socket.once("data", () => setTimeout(() => socket.destroy(), 10));
      });
      expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*"rejected":\[\]/);
    });
  });

  describe("a socket", () => {
    test("queues up to its bound, drops what does not fit, and says when it has drained", async () => {
      const { handlers, opened, drained } = echoRoute(MIB);
      const { port } = await startPort(adapter, handlers);
      const peer = await openSocket(port, "/s");
      const [socket] = opened as [PortSocket];
      expect(socket.send("1")).toBe("sent");
      peer.ws.pause();
      const frame = JSON.stringify("x".repeat(65_000));
      const results: SendResult[] = [];
      while (results.filter((result) => result === "dropped").length < 3) {
        results.push(socket.send(frame));
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(socket.bufferedBytes).toBeLessThanOrEqual(MIB + 1_000); // and frame headers
      expect(results).toContain("queued");
      const drainedBefore = drained.length; // the kernel may take more now and then
      peer.ws.resume();
      await until(() => drained.length > drainedBefore);
      expect(socket.bufferedBytes).toBe(0);
      const taken = results.filter((result) => result !== "dropped").length;
      await peer.until((frames) => frames.length === taken + 1);
      peer.ws.terminate();
      await until(() => !socket.isOpen);
      expect(socket.send("late")).toBe("dropped");
      expect(socket.bufferedBytes).toBe(0);
    });

    test("sends frames together, whole and in order, whatever their size, and goes on when one send fails", async () => {
      const { handlers, opened } = echoRoute(8 * MIB);
      const { port } = await startPort(adapter, handlers);
      const peer = await openSocket(port, "/s");
      const socket = opened[0]!;
      const sizes = [1, 10, 20_000, 3, 200_000, 1_000, 2];
      socket.together(() => {
        for (const size of sizes) expect(socket.send(JSON.stringify("x".repeat(size)))).not.toBe("dropped");
      });
      expect(() =>
        socket.together(() => {
          throw new Error("a fault of the sender");
        }),
      ).toThrow("a fault of the sender");
      socket.send('"after"');
      await peer.until((frames) => frames.length === sizes.length + 1);
      expect(peer.frames.map((frame) => frame.length)).toEqual([...sizes, "after".length]);
      peer.ws.terminate();
      await until(() => !socket.isOpen);
      let result: SendResult | undefined;
      socket.together(() => {
        result = socket.send("late");
      });
      expect(result).toBe("dropped");
    });

    test("takes a frame larger than its bound when nothing waits", async () => {
      const { handlers, opened } = echoRoute(10);
      const { port } = await startPort(adapter, handlers);
      const peer = await openSocket(port, "/s");
      expect(opened[0]!.send(JSON.stringify("x".repeat(100_000)))).not.toBe("dropped");
      await peer.until((frames) => frames.length === 1);
    });

    test("gets text and binary frames up to its limit, and they are the handler's to keep", async () => {
      const kept: Uint8Array[] = [];
      const { handlers } = echoRoute(MIB, {
        open: () => ({ message: (data) => void kept.push(data), drain() {}, close() {} }),
      });
      const { port } = await startPort(adapter, handlers);
      const peer = await openSocket(port, "/s");
      for (let index = 0; index < 40; index += 1)
        peer.ws.send(index % 2 === 0 ? `t${index}` : Buffer.from(`b${index}`));
      peer.ws.send("x".repeat(1_024));
      await until(() => kept.length === 41);
      expect(kept.slice(0, 40).map((data) => Buffer.from(data).toString())).toEqual(
        Array.from({ length: 40 }, (_, index) => `${index % 2 === 0 ? "t" : "b"}${index}`),
      );
      expect(kept[40]).toHaveLength(1_024);
    });

    test("is closed when a frame is over the route's limit", async () => {
      const { handlers, closed } = echoRoute(1_024);
      const { port } = await startPort(adapter, handlers);
      const peer = await openSocket(port, "/s");
      peer.ws.send("x".repeat(2_000));
      expect(await peer.closed).toBe(traits.tooBigCode);
      await until(() => closed.length === 1);
    });

    test("that gets text which is no UTF-8 hands it over, or closes", async () => {
      const { handlers, closed } = echoRoute(1_024);
      const { port } = await startPort(adapter, handlers);
      const peer = await openSocket(port, "/s");
      const echoed = new Promise((resolve) => peer.ws.removeAllListeners("message").on("message", resolve));
      peer.ws.on("error", () => {}); // the echo is no UTF-8 either
      peer.ws.send(Buffer.from([0x22, 0xff, 0x22]), { binary: false });
      if (traits.takesBrokenText) await Promise.race([echoed, peer.closed]);
      else await until(() => closed.length === 1);
    });

    test("is closed with the code and reason that it is given, once", async () => {
      const { handlers, opened, closed } = echoRoute(1_024);
      const { port } = await startPort(adapter, handlers);
      const peer = await openSocket(port, "/s");
      opened[0]!.close(1013, "come again");
      opened[0]!.close(1000, "twice");
      expect(await peer.closed).toBe(1013);
      await until(() => closed.length === 1);
      expect(opened[0]!.isOpen).toBe(false);
    });

    test("pauses where it can, and says so where it cannot", async () => {
      const { handlers, opened } = echoRoute(1_024);
      const { port } = await startPort(adapter, handlers);
      const peer = await openSocket(port, "/s");
      expect(opened[0]!.pause()).toBe(traits.pauses);
      peer.ws.send('"echo"');
      if (traits.pauses) {
        await sleep(30);
        expect(peer.frames).toEqual([]);
        opened[0]!.resume();
      }
      await peer.until((frames) => frames.length === 1);
    });

    test("is ended when its peer answers no ping, and kept when it does", async () => {
      const { handlers, opened } = echoRoute(1_024);
      const { port } = await startPort(adapter, handlers, { pingIntervalMs: 150 });
      const silent = new WebSocket(`ws://127.0.0.1:${port}/s`, { autoPong: false });
      await new Promise((resolve) => silent.on("open", resolve));
      const alive = await openSocket(port, "/s");
      await until(() => !opened[0]!.isOpen);
      await sleep(450);
      expect(alive.ws.readyState).toBe(WebSocket.OPEN);
    });
  });

  describe("a topic", () => {
    test("is heard by those that take part, and publishing counts by result", async () => {
      const { handlers, opened } = echoRoute(1_024);
      const { server, port } = await startPort(adapter, handlers);
      const [one, two] = [await openSocket(port, "/s"), await openSocket(port, "/s")];
      opened[0]!.subscribe("news");
      opened[0]!.subscribe("other news");
      expect(server.publish("news", '"hello"')).toEqual({ sent: 1, queued: 0, dropped: 0 });
      expect(server.publish("none", '"hello"')).toEqual({ sent: 0, queued: 0, dropped: 0 });
      await one.until((frames) => frames.length === 1);
      expect(two.frames).toEqual([]);
      one.ws.terminate();
      await until(() => !opened[0]!.isOpen);
      expect(server.publish("news", '"gone"')).toEqual({ sent: 0, queued: 0, dropped: 0 });
      opened[0]!.subscribe("news");
      expect(server.publish("news", '"gone"')).toEqual({ sent: 0, queued: 0, dropped: 0 });
    });

    test("counts what a slow peer lost, and the others get all of it", async () => {
      const { handlers, opened, drained } = echoRoute(256 * 1024);
      const { server, port } = await startPort(adapter, handlers);
      const [slow, quick] = [await openSocket(port, "/s"), await openSocket(port, "/s")];
      for (const socket of opened) socket.subscribe("news");
      slow.ws.pause();
      const counts = { sent: 0, queued: 0, dropped: 0 };
      const text = JSON.stringify("x".repeat(64 * 1024));
      let published = 0;
      while (counts.dropped < 10) {
        const result = server.publish("news", text);
        for (const key of ["sent", "queued", "dropped"] as const) counts[key] += result[key];
        published += 1;
        await quick.until((frames) => frames.length === published);
      }
      slow.ws.resume();
      await slow.until((frames) => frames.length === 2 * published - counts.dropped - published);
      await until(() => drained.length > 0);
    });
  });

  test("HTTP goes on beside sockets", async () => {
    const { handlers } = echoRoute(1_024);
    const { server, port } = await startPort(adapter, handlers);
    const peer = await openSocket(port, "/s");
    expect((await call(port, "/")).status).toBe(200);
    expect((await call(port, "/s")).status).toBe(200);
    peer.ws.send('"still here"');
    await peer.until((frames) => frames.length === 1);
    expect(server.connectionCount).toBe(1);
  });
});
