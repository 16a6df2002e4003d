/**
 * Requests that may not be, against a real server: bodies over the limit, wrong types, methods and paths, and whatever
 * a page of another origin might send. Each is answered with its status, and causes nothing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Answer, JSON_TYPE, metrics, send } from "./support/requests.ts";
import { sampleEvent } from "./support/sample-event.ts";
import { exportedDecisions, type Served, serve } from "./support/served.ts";

const MIB = 1024 * 1024;
const LINGER_MS = 100;
const data = mkdtempSync(join(tmpdir(), "sluice-bad-request-"));
let served: Served;

beforeAll(async () => {
  served = await serve(data);
});
afterAll(async () => {
  await served?.kill();
  rmSync(data, { recursive: true, force: true });
});

const event = () => JSON.stringify(sampleEvent());
const bodyOf = ({ text }: Answer) => JSON.parse(text) as { readonly error: string; readonly rejected: unknown[] };

describe("a body over the limit is refused without being read whole", () => {
  const head = () => `POST /ingest HTTP/1.1\r\nHost: ${served.url.host}\r\nContent-Type: application/json\r\n`;

  test("when its length says so: nothing of it need be sent", async () => {
    const { status } = await rawAnswer((socket) => void socket.write(`${head()}Content-Length: ${9 * MIB}\r\n\r\n{`));
    expect(status).toBe(413);
  });

  test("when it comes in chunks without end", async () => {
    const chunk = `10000\r\n${" ".repeat(0x10000)}\r\n`;
    let sentBytes = 0;
    const { status } = await rawAnswer((socket) => {
      socket.write(`${head()}Transfer-Encoding: chunked\r\n\r\n`);
      const pump = () => {
        while (socket.writable && sentBytes < 256 * MIB) {
          sentBytes += chunk.length;
          if (!socket.write(chunk)) return;
        }
      };
      socket.on("drain", pump);
      pump();
    });
    expect(status).toBe(413);
    expect(sentBytes).toBeGreaterThan(8 * MIB);
    expect(sentBytes).toBeLessThan(64 * MIB); // the rest of the 256 found nobody who reads
  });

  /**
   * Resolves when the connection has closed. The client closes it, as one does that is told `connection: close`, a
   * moment after the whole answer: by then a server that reads on would have taken more.
   */
  async function rawAnswer(write: (socket: Socket) => void): Promise<{ readonly status: number }> {
    const socket = connect(Number(served.url.port), served.url.hostname);
    let text = "";
    socket.on("data", (part) => {
      text += part.toString("latin1");
      if (/"rejected":\[\]\}$/.test(text)) setTimeout(() => socket.destroy(), LINGER_MS);
    });
    socket.on("error", () => {}); // a reset behind the answer
    socket.on("connect", () => write(socket));
    await new Promise((resolve) => socket.on("close", resolve));
    expect(text).toMatch(/connection: close/i);
    return { status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]) };
  }
});

describe("a request that may not be", () => {
  const sent = event();
  const form = "application/x-www-form-urlencoded";

  test.each([
    ["a form's content type", "/ingest", { headers: { "content-type": form }, body: sent }, 415],
    ["plain text", "/check", { headers: { "content-type": "text/plain" }, body: sent }, 415],
    ["no content type", "/ingest", { method: "POST", body: sent }, 415],
    ["GET where events go in", "/ingest", {}, 405],
    ["DELETE of a decision", "/decisions/x", { method: "DELETE" }, 405],
    ["POST of the page", "/", { method: "POST", headers: JSON_TYPE, body: "{}" }, 405],
    ["OPTIONS, as a browser asks before a foreign request", "/ingest", { method: "OPTIONS" }, 405],
    ["a path that is not there", "/nowhere", {}, 404],
    ["a path out of the folder", "/..%2f..%2fpackage.json", {}, 404],
    ["a decision that is not there", "/decisions/nothing", {}, 404],
    ["a path that is no percent-encoding", "/decisions/%ff", {}, 400],
    ["a socket's path without upgrade", "/live", {}, 426],
    ["a URL over 8 KiB", `/${"x".repeat(9_000)}`, {}, 414],
    ["two events to check", "/check", { headers: JSON_TYPE, body: `${sent}\n${sent}` }, 400],
    ["an empty check", "/check", { headers: JSON_TYPE, body: "" }, 400],
    ["a check without tier", "/check", { headers: JSON_TYPE, body: '{"text":"x"}' }, 422],
    ["a check over its limit", "/check", { headers: JSON_TYPE, body: " ".repeat(2 * MIB) }, 413],
    ["hours that are none", "/hourly-stats?hours=many", {}, 400],
  ])("%s", async (_name, path, options, status) => {
    const answer = await send(served.url, path, options);
    expect(answer.status).toBe(status);
    expect(bodyOf(answer)).toEqual({ error: expect.any(String), rejected: expect.any(Array) });
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    if (status === 405) expect(answer.headers.allow).toMatch(/GET|POST/);
  });

  const foreign = (): readonly (readonly [string, Readonly<Record<string, string>>])[] => [
    ["another Host", { host: "attacker.example" }],
    ["another Host with our port", { host: `attacker.example:${served.url.port}` }],
    ["our Host with another port", { host: "localhost:1" }],
    ["another Origin", { origin: "https://attacker.example" }],
    ["our name as part of another Origin", { origin: `http://${served.url.host}.attacker.example` }],
    ["an Origin that is null", { origin: "null" }],
    ["another port of this machine as Origin", { origin: "http://localhost:1" }],
  ];

  test("from another origin drives nothing, neither over HTTP nor over a socket", async () => {
    const before = await metrics(served.url);
    for (const [name, headers] of foreign()) {
      for (const [path, body] of [
        ["/ingest", sent],
        ["/metrics", undefined],
        ["/", undefined],
      ] as const) {
        const options = body === undefined ? { headers } : { headers: { ...JSON_TYPE, ...headers }, body };
        expect({ name, path, status: (await send(served.url, path, options)).status }).toEqual({
          name,
          path,
          status: 403,
        });
      }
      for (const path of ["/live", "/events", "/monitor"]) {
        expect({ name, path, ...(await upgrade(path, headers)) }).toEqual({ name, path, status: 403 });
      }
    }
    expect(await upgrade("/nowhere", {})).toEqual({ status: 404 });
    expect(await upgrade("/live?action=melt", {})).toEqual({ status: 400 });
    expect(await upgrade("/live", { origin: served.url.origin })).toEqual({ status: 101 });
    expect((await metrics(served.url)).total_events).toBe(before.total_events);
  });

  function upgrade(path: string, headers: Readonly<Record<string, string>>): Promise<{ readonly status: number }> {
    return new Promise((resolve) => {
      const socket = new WebSocket(`ws://${served.url.host}${path}`, { headers });
      const end = (status: number) => {
        resolve({ status });
        socket.terminate();
      };
      socket.on("error", () => {}); // what `terminate` before the end of the handshake raises
      socket.on("open", () => end(101));
      socket.on("unexpected-response", (_request, response) => end(response.statusCode ?? 0));
    });
  }
});

test("a bad frame on /events is answered in its turn, and the socket goes on", async () => {
  const socket = new WebSocket(`ws://${served.url.host}/events`);
  const answers: unknown[] = [];
  await new Promise((resolve) => socket.on("open", resolve));
  socket.send("junk");
  socket.send(Buffer.from(`{"batch":7,"events":[${event()},{}]}`));
  socket.send("");
  socket.send(event());
  await new Promise<void>((resolve) => {
    socket.on("message", (message) => {
      if (answers.push(JSON.parse(String(message))) === 4) resolve();
    });
  });
  socket.terminate();
  expect(answers).toMatchObject([
    { status: 400, rejected: [{ index: 0, reason: "malformed-json" }] },
    { status: 200, batch: 7, processed: 1, rejected: [{ index: 1, field: "event_id", reason: "missing" }] },
    { status: 400, rejected: [{ reason: "empty-payload" }] },
    { status: 200, processed: 1 },
  ]);
});

test("nothing of all this was recorded but the sound events of the socket", async () => {
  expect(await exportedDecisions(data)).toHaveLength(2);
});
