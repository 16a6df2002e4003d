/** The contract of the server port, as far as requests and their answers go; every adapter holds it. */
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import type { PortRequest } from "../port.ts";
import { forEachAdapter } from "../testing/adapters.ts";
import { call, raw } from "../testing/client.ts";
import { JSON_TYPE, sleep, startPort, until } from "../testing/port.ts";

forEachAdapter(({ adapter, traits }) => {
  describe("a request", () => {
    test("is handed over with method, path, query, headers and address, and they stay", async () => {
      const kept: PortRequest[] = [];
      const { port } = await startPort(adapter, {
        async request(request, response) {
          kept.push(request);
          await sleep(5);
          response.end(200, JSON_TYPE, request.header("x-one"));
        },
      });
      const answer = await call(port, "/a%20b/..?c=d%20e&f", { headers: { "X-One": '"a value"', cookie: "a=b" } });
      expect([answer.status, answer.json]).toEqual([200, "a value"]);
      const [request] = kept;
      expect(request).toMatchObject({ method: "GET", path: "/a%20b/..", query: "c=d%20e&f" });
      expect(request!.header("cookie")).toBe("a=b");
      expect(request!.header("host")).toBe(`127.0.0.1:${port}`);
      expect(request!.header("x-none")).toBe("");
    });

    test("says from where it comes", async () => {
      const { port } = await startPort(adapter, {
        request: (request, response) => response.end(200, JSON_TYPE, JSON.stringify(request.remoteAddress)),
      });
      expect((await call(port, "/")).json).toBe("127.0.0.1");
    });

    test("has repeated headers joined, but one host", async () => {
      const { port } = await startPort(adapter, {
        request: (request, response) =>
          response.end(200, JSON_TYPE, `${request.header("x")}|${request.header("host")}`),
      });
      const text = await raw(port, (socket) =>
        socket.write("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\nX: 2\r\nConnection: close\r\n\r\n"),
      );
      expect(text).toMatch(/\r\n\r\n1, 2\|a$/);
    });

    test.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("of method %s comes through", async (method) => {
      const { port } = await startPort(adapter, {
        request: (request, response) => response.end(201, { ...JSON_TYPE, "x-method": request.method }, "{}"),
      });
      const { status, headers } = await call(port, "/", { method });
      expect([status, headers["x-method"]]).toEqual([201, method]);
    });

    test("of method HEAD gets the headers of its answer alone, and a 304 has no body", async () => {
      const { port } = await startPort(adapter, {
        request: (request, response) => response.end(request.path === "/304" ? 304 : 200, JSON_TYPE, '{"a":1}'),
      });
      for (let round = 0; round < 2; round += 1) {
        const head = await call(port, "/", { method: "HEAD" });
        expect([head.status, head.headers["content-length"], head.text]).toEqual([200, "7", ""]);
        const unchanged = await call(port, "/304");
        expect([unchanged.status, unchanged.text]).toEqual([304, ""]);
      }
    });

    test("that wishes for another protocol is answered in HTTP/1.1, with its body", async () => {
      const { port } = await startPort(adapter, {
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

    test("comes after another on the same connection", async () => {
      let count = 0;
      const { port } = await startPort(adapter, {
        async request(_request, response) {
          await sleep(1);
          count += 1;
          response.end(200, JSON_TYPE, `"answer ${count}"`);
        },
      });
      const one = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
      const text = await raw(port, (socket) => {
        socket.write(one);
        socket.on("data", (data) => {
          if (String(data).includes("answer 1")) socket.write(one);
          if (String(data).includes("answer 2")) socket.end();
        });
      });
      expect(text).toContain('"answer 2"');
    });
  });

  describe("where adapters differ, it is known how:", () => {
    test("a request before the one before it is answered", async () => {
      const { port } = await startPort(adapter, {
        async request(_request, response) {
          await sleep(20);
          response.end(200, JSON_TYPE, '"late"');
        },
      });
      const one = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
      const text = await raw(port, (socket) => {
        socket.write(one + one.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      });
      expect(text.split('"late"')).toHaveLength(traits.pipelines ? 3 : 1);
    });

    test.each([
      ["no HTTP", "hello\r\n\r\n"],
      ["another version", "GET / HTTP/9.9\r\nHost: a\r\n\r\n"],
      ["a negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"],
      [
        "a length beside chunks",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
      ],
    ])("%s is answered with 400, or the connection closes", async (_name, text) => {
      let count = 0;
      const { port } = await startPort(adapter, {
        request(request, response) {
          request.readBody(10, (body) => {
            if (body !== "aborted") count += 1;
            response.end(200, JSON_TYPE, "{}");
          });
        },
      });
      const answer = await raw(port, (socket) => {
        socket.write(text);
        if (!traits.answersMalformed) setTimeout(() => socket.destroy(), 50); // it closes at once, or after its 10 s
      });
      if (traits.answersMalformed) expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*"rejected":\[\]/);
      else expect(answer).toBe("");
      expect(count).toBe(0);
      expect((await call(port, "/")).status).toBe(200);
    });

    // Where the adapter's own 10 s stand and none of ours, there is nothing to test.
    test.skipIf(!traits.timesHeaders)("headers that do not end in time", async () => {
      const { port } = await startPort(adapter, {}, { headersTimeoutMs: 100 });
      const answer = await raw(port, (socket) => socket.write("GET / HTTP/1.1\r\nHost: a\r\n"));
      expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"rejected":\[\]/);
    });

    test("more connections than are allowed", async () => {
      const { server, port } = await startPort(
        adapter,
        { request: () => {} }, // never answered: the connection stays in use
        { connectionsMax: 1 },
      );
      const first = connect(port, "127.0.0.1");
      first.on("error", () => {});
      first.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      await until(() => server.connectionCount === 1);
      const second = await raw(port, (socket) =>
        socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
      );
      if (traits.refusesConnections) expect(second).toBe("");
      else expect(second).toMatch(/^HTTP\/1\.1 503 /);
      first.destroy();
      await until(() => server.connectionCount === 0);
    });
  });

  describe("limits:", () => {
    test("a long URL is answered with 414, long headers with 431", async () => {
      const { port } = await startPort(adapter);
      expect((await call(port, `/${"x".repeat(8_000)}`)).status).toBe(200);
      expect((await call(port, `/${"x".repeat(9_000)}`)).status).toBe(414);
      expect((await call(port, `/?${"x".repeat(9_000)}`)).status).toBe(414);
      const head = (bytes: number) =>
        `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(bytes)}\r\nConnection: close\r\n\r\n`;
      expect(await raw(port, (socket) => socket.write(head(10_000)))).toMatch(/^HTTP\/1\.1 200 /);
      expect(await raw(port, (socket) => socket.write(head(20_000)))).toMatch(/^HTTP\/1\.1 431 /);
    });
  });
});
