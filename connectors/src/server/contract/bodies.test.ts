/** The contract of the server port: bodies are read as they come, whole or not at all, and within their limits. */
import { connect } from "node:net";
import { expect, test } from "vitest";
import type { BodyOutcome, PortHandlers } from "../port.ts";
import { forEachAdapter } from "../testing/adapters.ts";
import { call, raw } from "../testing/client.ts";
import { JSON_TYPE, sleep, startPort, until } from "../testing/port.ts";

const said = (body: BodyOutcome) => JSON.stringify(typeof body === "string" ? body : body.byteLength);
/** Answers how long the body was, or why it was not taken: 413 and 503 as the routes do. */
const measuring = (bytesMax: number): Pick<PortHandlers, "request"> => ({
  request: (request, response) =>
    request.readBody(bytesMax, (body) => {
      const status = body === "too-large" ? 413 : body === "busy" ? 503 : 200;
      response.end(status, JSON_TYPE, said(body));
    }),
});
const POST = "POST / HTTP/1.1\r\nHost: a\r\n";

forEachAdapter(({ adapter, traits }) => {
  test("a body comes whole, however it is cut: none, one byte, a megabyte, chunks", async () => {
    const { port } = await startPort(adapter, {
      request: (request, response) =>
        request.readBody(2_000_000, (body) => response.end(200, JSON_TYPE, Buffer.from(body as Uint8Array))),
    });
    for (const length of [2, 3, 100, 4_096, 65_536, 1_000_000]) {
      const body = JSON.stringify("x".repeat(length - 2));
      expect((await call(port, "/", { method: "POST", body })).text === body).toBe(true);
      const headers = { "transfer-encoding": "chunked" };
      expect((await call(port, "/", { method: "POST", body, headers })).text === body).toBe(true);
    }
    const { text } = await call(port, "/", { method: "POST", body: "" });
    expect(text).toBe("");
    const pieces = ["5\r\n[1,2,", "\r", "\n3\r\n3,4\r", "\n1\r\n]\r\n0\r\n\r\n"];
    const answer = await raw(port, async (socket) => {
      socket.write(`${POST}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n`);
      for (const piece of pieces) {
        await sleep(5);
        socket.write(piece);
      }
    });
    expect(answer).toMatch(/\[1,2,3,4\]$/);
  });

  test("is the reader's to keep", async () => {
    const bodies: Uint8Array[] = [];
    const { port } = await startPort(adapter, {
      request: (request, response) =>
        request.readBody(10_000, (body) => {
          bodies.push(body as Uint8Array);
          response.end(200, JSON_TYPE, "{}");
        }),
    });
    for (let index = 0; index < 50; index += 1) await call(port, "/", { method: "POST", body: `"${index}"` });
    expect(bodies.map((body) => Buffer.from(body).toString())).toEqual(Array.from({ length: 50 }, (_, i) => `"${i}"`));
  });

  test("may be asked for later, after the handler has waited", async () => {
    const { port } = await startPort(adapter, {
      async request(request, response) {
        await sleep(20);
        request.readBody(2_000_000, (body) => response.end(200, JSON_TYPE, said(body)));
      },
    });
    for (const length of [0, 10, 1_500_000]) {
      expect((await call(port, "/", { method: "POST", body: "x".repeat(length) })).json).toBe(length);
    }
  });

  test("is taken up to the limit to the byte, by its length and in chunks", async () => {
    const { port } = await startPort(adapter, measuring(100_000));
    for (const headers of [{}, { "transfer-encoding": "chunked" }]) {
      const send = (length: number) => call(port, "/", { method: "POST", body: "x".repeat(length), headers });
      expect((await send(100_000)).json).toBe(100_000);
      expect(await send(100_001)).toMatchObject({ status: 413, json: "too-large" });
    }
  });

  test("over the limit is refused by its length before a byte of it is sent", async () => {
    const { port } = await startPort(adapter, measuring(1_000));
    const answer = await raw(port, (socket) => socket.write(`${POST}Content-Length: 999999999\r\n\r\n`));
    expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close[\s\S]*"too-large"$/i);
    const asking = await raw(port, (socket) =>
      socket.write(`${POST}Expect: 100-continue\r\nContent-Length: 999999999\r\n\r\n`),
    );
    const wanted = traits.holdsContinue ? /^HTTP\/1\.1 413 / : /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 413 /;
    expect(asking).toMatch(wanted);
  });

  test("over the limit is refused when the limit is passed, though it never ends, and is not read on", async () => {
    const { port } = await startPort(adapter, measuring(100_000));
    let sentBytes = 0;
    const answer = await raw(port, (socket) => {
      socket.write(`${POST}Transfer-Encoding: chunked\r\n\r\n`);
      const chunk = `10000\r\n${" ".repeat(0x10000)}\r\n`;
      const push = () => {
        if (socket.destroyed) return;
        sentBytes += chunk.length;
        socket.write(chunk, () => setImmediate(push));
      };
      push();
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(sentBytes).toBeLessThan(64 * 1024 * 1024);
  });

  test("a small body that nobody read leaves the connection in use", async () => {
    const { port } = await startPort(adapter, {
      request: (request, response) => response.end(200, JSON_TYPE, `"${request.path}"`),
    });
    const text = await raw(port, (socket) => {
      socket.write(`${POST}Content-Length: 3\r\n\r\nab`);
      socket.on("data", (data) => {
        if (String(data).includes('"/"')) socket.write("cGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
        if (String(data).includes('"/next"')) socket.end();
      });
    });
    expect(text).toContain('"/next"');
  });

  test("is refused as busy when all bodies together are over their bound, and that is given back", async () => {
    const { port } = await startPort(adapter, measuring(1_000_000), { bodyBytesHeldMax: 100_000 });
    const send = (body: string) => call(port, "/", { method: "POST", body });
    for (let round = 0; round < 3; round += 1) {
      expect((await send("x".repeat(90_000))).json).toBe(90_000);
      expect((await send("x".repeat(200_000))).json).toBe("busy");
    }
    expect((await send("x".repeat(90_000))).json).toBe(90_000);
  });

  test("a peer that leaves in the middle is told as aborted, and what it sent is given back", async () => {
    const outcomes: string[] = [];
    const { server, port } = await startPort(
      adapter,
      {
        request: (request, response) =>
          request.readBody(1_000_000, (body) => {
            outcomes.push(said(body));
            response.end(200, JSON_TYPE, said(body));
          }),
      },
      { bodyBytesHeldMax: 100_000 },
    );
    for (let index = 1; index <= 5; index += 1) {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => {});
      socket.write(`${POST}Content-Length: 90000\r\n\r\n${"x".repeat(80_000)}`);
      await until(() => server.connectionCount === 1);
      await sleep(10);
      socket.destroy();
      await until(() => outcomes.length === index);
    }
    expect(outcomes).toEqual(Array(5).fill('"aborted"'));
    expect((await call(port, "/", { method: "POST", body: "x".repeat(90_000) })).json).toBe(90_000);
  });

  test("a body that does not end in time is answered with 408, and told as aborted", async () => {
    const outcomes: BodyOutcome[] = [];
    const { port } = await startPort(
      adapter,
      {
        request: (request, response) =>
          request.readBody(1_000, (body) => {
            outcomes.push(body);
            response.end(200, JSON_TYPE, "{}");
          }),
      },
      { requestTimeoutMs: 100, headersTimeoutMs: 100 },
    );
    const answer = await raw(port, (socket) => {
      socket.write(`${POST}Content-Length: 200\r\n\r\n`);
      const drip = setInterval(() => socket.write("x"), 20);
      socket.on("close", () => clearInterval(drip));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"rejected":\[\]/);
    await until(() => outcomes.length === 1);
    expect(outcomes).toEqual(["aborted"]);
    expect((await call(port, "/", { method: "POST", body: "x" })).status).toBe(200);
  });

  test("chunks with extensions are read, or nothing of the body is taken", async () => {
    const { port } = await startPort(adapter, measuring(1_000));
    const answer = await raw(port, (socket) => {
      socket.write(`${POST}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\nx\r\n0\r\n\r\n`);
      if (!traits.readsChunkExtensions) setTimeout(() => socket.destroy(), 50);
    });
    if (traits.readsChunkExtensions) expect(answer).toMatch(/\r\n\r\n1$/);
    else expect(answer).toBe("");
  });
});
