import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { EngineError } from "@sluice/engine";
import { afterEach, expect, test } from "vitest";
import { type PostOptions, postEvents } from "./post-events.ts";

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(listener: RequestListener): Promise<PostOptions & { readonly waits: number[] }> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const waits: number[] = [];
  return {
    server: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    stop: new AbortController().signal,
    pause: async (delayMs) => {
      waits.push(delayMs);
    },
    retrying: () => {},
    unreachableMaxMs: 1000,
    waits,
  };
}
const answer = {
  processed: 1,
  duplicates: 0,
  actions: { allow: 1, warn: 0, redact: 0, escalate: 0, block: 0 },
  rejected: [],
};
const events = [Buffer.from('{"a":1}')];

test("a batch goes out as NDJSON and the answer comes back", async () => {
  let got = "";
  const options = await serve((request, response) => {
    request.on("data", (chunk) => (got += chunk));
    request.on("end", () => response.end(JSON.stringify(answer)));
  });
  expect(await postEvents([Buffer.from("{}"), Buffer.from("[]")], options)).toEqual(answer);
  expect(got).toBe("{}\n[]\n");
});

test("503 and 429 are tried again after Retry-After", async () => {
  const statuses = [503, 429, 200];
  const options = await serve((_request, response) => {
    const status = statuses.shift() ?? 500;
    response.writeHead(status, status === 200 ? {} : { "retry-after": "2" });
    response.end(status === 200 ? JSON.stringify(answer) : '{"error":"busy"}');
  });
  expect(await postEvents(events, options)).toEqual(answer);
  expect(options.waits).toEqual([2000, 2000]);
});

test("a cut connection is tried again, and one that stays cut is given up", async () => {
  let cuts = 2;
  const options = await serve((request, response) => {
    if (cuts-- > 0) request.socket.destroy();
    else response.end(JSON.stringify(answer));
  });
  expect(await postEvents(events, options)).toEqual(answer);
  cuts = Number.POSITIVE_INFINITY;
  await expect(postEvents(events, options)).rejects.toThrow(EngineError);
});

test("422 with its rejections is an answer; a page that is no ingest endpoint is an error", async () => {
  const rejected = [{ index: 0, field: "tier", reason: "missing", message: "tier is required" }];
  const options = await serve((_request, response) => {
    response.writeHead(422);
    response.end(JSON.stringify({ error: "none accepted", rejected }));
  });
  expect((await postEvents(events, options))?.rejected).toEqual(rejected);
  server?.close();
  const other = await serve((_request, response) => response.writeHead(404).end("<html>"));
  await expect(postEvents(events, other)).rejects.toThrow("404");
});
