/** The contract of the server port: answers leave as fast as the peer takes them, and never after it has left. */
import { connect } from "node:net";
import { expect, test } from "vitest";
import type { PortResponse } from "../port.ts";
import { forEachAdapter } from "../testing/adapters.ts";
import { call } from "../testing/client.ts";
import { JSON_TYPE, sleep, startPort, until } from "../testing/port.ts";

const TEXT_TYPE = { "content-type": "text/plain" };

forEachAdapter(({ adapter }) => {
  test("pieces are asked for as fast as the peer takes them, and come whole and in order", async () => {
    let made = 0;
    function* pieces() {
      for (; made < 2_000; made += 1)
        yield made % 2 === 0 ? String.fromCharCode(97 + (made % 26)).repeat(32_000) : Buffer.alloc(32_000, 98);
    }
    const { port } = await startPort(adapter, {
      request: (_request, response) => response.stream(200, TEXT_TYPE, pieces()),
    });
    const socket = connect(port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await new Promise((resolve) => socket.once("readable", resolve));
    for (let before = -1; before !== made; await sleep(50)) before = made; // until the kernel takes no more
    expect(made).toBeLessThan(2_000);
    socket.on("data", () => {});
    await until(() => made === 2_000);
    socket.destroy();
    made = 1_950;
    const { text } = await call(port, "/");
    expect(text).toHaveLength(50 * 32_000);
    expect(text.slice(0, 2)).toBe("aa".replaceAll("a", String.fromCharCode(97 + (1_950 % 26))));
    expect(text.endsWith("b".repeat(32_000))).toBe(true);
  });

  test("a slow reader of pieces holds no more of them in this process than the kernel took", async () => {
    let made = 0;
    function* pieces() {
      for (; made < 1_500; made += 1) yield "x".repeat(256 * 1024);
    }
    const { port } = await startPort(adapter, {
      request: (_request, response) => response.stream(200, TEXT_TYPE, pieces()),
    });
    const socket = connect(port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    let taken = 0;
    for (let round = 0; round < 150; round += 1) {
      const chunk = socket.read(64 * 1024) as Buffer | null;
      taken += chunk?.byteLength ?? 0;
      await sleep(2);
    }
    const waiting = made * 256 * 1024 - taken;
    // The kernel's buffers take up to some megabytes on each side, the client's stream a little.
    expect(waiting).toBeLessThan(40 * 1024 * 1024);
    socket.destroy();
  });

  test("a large body comes whole, to quick and slow readers", async () => {
    const body = Buffer.from(JSON.stringify("0123456789".repeat(2_000_000)));
    const { port } = await startPort(adapter, { request: (_request, response) => response.end(200, JSON_TYPE, body) });
    expect((await call(port, "/")).text === body.toString()).toBe(true);
    const socket = connect(port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    await sleep(50);
    let bytes = 0;
    let last = "";
    socket.on("data", (chunk) => {
      bytes += chunk.byteLength;
      last = String(chunk.subarray(-10));
      socket.pause();
      setImmediate(() => socket.resume());
    });
    await until(() => bytes > body.byteLength && last.endsWith('"'));
    socket.destroy();
  });

  test("a peer that leaves is known to have left, and its answer goes nowhere", async () => {
    const responses: PortResponse[] = [];
    const { server, port } = await startPort(adapter, {
      request: (_request, response) => void responses.push(response),
    });
    for (let index = 0; index < 3; index += 1) {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => {});
      socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      await until(() => responses.length === index + 1);
      expect(responses[index]!.isAborted).toBe(false);
      socket.destroy();
      await until(() => responses[index]!.isAborted);
    }
    responses[0]!.end(200, JSON_TYPE, "{}");
    responses[1]!.stream(200, JSON_TYPE, ["{}"]);
    responses[2]!.end(200, JSON_TYPE, "x".repeat(1_000_000));
    await until(() => server.connectionCount === 0);
    const leaving = call(port, "/");
    await until(() => responses.length === 4);
    responses[3]!.end(200, JSON_TYPE, '"once"');
    responses[3]!.end(500, JSON_TYPE, '"twice"');
    expect((await leaving).json).toBe("once");
  });

  test("a peer that leaves in the middle stops the pieces, and they are let go", async () => {
    let isLetGo = false;
    function* pieces() {
      try {
        for (;;) yield "x".repeat(64 * 1024);
      } finally {
        isLetGo = true;
      }
    }
    const { server, port } = await startPort(adapter, {
      request: (_request, response) => response.stream(200, TEXT_TYPE, pieces()),
    });
    const socket = connect(port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await new Promise((resolve) => socket.once("readable", resolve));
    socket.destroy();
    await until(() => isLetGo);
    await until(() => server.connectionCount === 0);
  });
});
