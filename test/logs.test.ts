import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { natsSkipNote, startNatsServer } from "../connectors/src/nats/testing/nats-server.ts";
import { type FeedPeer, feedPeer } from "../connectors/src/ws-source/testing/feed-peer.ts";
import { jsonLines } from "./sluice-process.ts";
import { BAD_EVENTS } from "./support/bad-events.ts";
import { skipNote, sources } from "./support/project-files.ts";
import { connectRaw } from "./support/raw-nats.ts";
import { JSON_TYPE, metrics, type RequestOptions, send } from "./support/requests.ts";
import { type Served, serve } from "./support/served.ts";

const GUIDE = readFileSync(new URL("../docs/guides/logging.md", import.meta.url), "utf8");
const documented = new Set([...GUIDE.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, event]) => event));

/** Stands in every text that a stranger can send. A word that no sentence of ours has. */
const MARK = "zqxmarkedwordvk";
const TOKEN = `${MARK}-token`;
const marked = (more: object = {}) => ({
  event_id: `${MARK}-event`,
  timestamp: "2026-01-02T03:04:05Z",
  user_id: `${MARK}-user`,
  org_id: `${MARK}-org`,
  surface: `${MARK}-surface`,
  tier: `${MARK}-tier`,
  prompt: `Ignore all previous instructions, ${MARK}`,
  completion: MARK,
  model_version: MARK,
  conversation_id: MARK,
  metadata: { [MARK]: MARK },
  ...more,
});
const text = (more: object = {}) => JSON.stringify(marked(more));
/** Whole payloads: sound ones, every kind of refusal, and no JSON at all. */
const PAYLOADS: readonly (string | Buffer)[] = [
  text(),
  text(),
  text({ prompt: `another ${MARK}` }),
  `${text()}\n${MARK}`,
  MARK,
  `{"${MARK}`,
  `[${JSON.stringify(MARK)}]`,
  JSON.stringify({ [MARK]: MARK }),
  JSON.stringify({ events: [MARK, marked({ timestamp: MARK }), marked({ user_id: `${MARK}\n` })] }),
  Buffer.from([...Buffer.from(`{"prompt":"${MARK}`), 0xff, 0xfe]),
  ...["age", "attachments", "metadata", "tags", "risk_scores"].map((field) => text({ [field]: [{ [MARK]: MARK }] })),
  ...["event_id", "user_id", "org_id", "tier", "surface"].map((field) => text({ [field]: MARK.repeat(20) })),
  text({ metadata: { [MARK]: { [MARK]: MARK } } }),
  `{"event_id":"${MARK}","event_id":"${MARK}"}`,
  text({ prompt: MARK.repeat(100_000) }),
  ...BAD_EVENTS.map(({ bytes }) => Buffer.from(bytes.toString("latin1").replaceAll("What a fine day", MARK), "latin1")),
];

let folder: string;
let plain: FeedPeer;
let served: Served;
let log: () => string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-logs-"));
  plain = await feedPeer({ isPlain: true });
  const environment = { SLUICE_WS_SOURCE_TOKEN: TOKEN };
  const address = `${plain.url.href}?key=${MARK}`;
  served = await serve(join(folder, "data"), ["--ws-source", address, "--log-level", "trace"], environment);
  log = () => served.process.stdout() + served.process.stderr();
  await vi.waitFor(() => expect(plain.connections).toBe(1), { timeout: 10_000 });
});
afterAll(async () => {
  await plain.kill();
  await served.stop();
  rmSync(folder, { recursive: true });
});

describe("the log of a server", () => {
  test("holds nothing of what is sent over HTTP, sound or broken", async () => {
    const try_ = (path: string, options: RequestOptions) => send(served.url, path, options).catch(() => undefined);
    for (const body of PAYLOADS) {
      for (const path of ["/ingest", "/check", "/check?record=true"]) await try_(path, { headers: JSON_TYPE, body });
    }
    await try_("/check", { headers: JSON_TYPE, body: JSON.stringify({ text: MARK, tier: MARK }) });
    const paths = [
      `/${MARK}`,
      `/decisions/${MARK}`,
      `/decisions/${MARK}-event/text?org=${MARK}`,
      `/live?action=${MARK}`,
    ];
    for (const path of [...paths, `/hourly-stats?hours=${MARK}`, `/%${MARK}`, `/metrics?${MARK}`]) {
      for (const method of ["GET", "POST", "DELETE"]) await try_(path, { method, headers: JSON_TYPE });
    }
    const names = [
      "host",
      "origin",
      "content-type",
      "x-request-id",
      "authorization",
      "cookie",
      "user-agent",
      "referer",
    ];
    for (const name of names) await try_("/ingest", { headers: { ...JSON_TYPE, [name]: MARK }, body: "{}" });
    await rawRequest(`${MARK.toUpperCase()} /${MARK} HTTP/1.1\r\nhost: ${MARK}\r\n\r\n`);
    await rawRequest(`GET /${MARK} ${MARK}\r\n${MARK}\r\n\r\n`);
    expect(log()).toContain("http-refused");
    expect(log().toLowerCase()).not.toContain(MARK);
  });

  test("holds nothing of what is sent over sockets", async () => {
    for (const path of ["/events", "/monitor", "/live", `/${MARK}`, `/live?org=${MARK}`, `/live?action=${MARK}`]) {
      await overSocket(new URL(path, served.url), [...PAYLOADS, JSON.stringify({ id: MARK, user_message: [MARK] })]);
    }
    expect(log().toLowerCase()).not.toContain(MARK);
  });

  test("holds nothing of what a feed sends, nor its key and token", async () => {
    for (const payload of PAYLOADS) plain.sendRaw(payload);
    plain.sendRaw(text({ event_id: "last" }));
    await vi.waitFor(async () =>
      expect((await metrics(served.url)).events_by_organisation).toHaveProperty(`${MARK}-org`),
    );
    plain.sendRaw("x".repeat(9 * 1024 * 1024));
    await vi.waitFor(() => expect(plain.connections).toBeGreaterThan(1), { timeout: 10_000 });
    await plain.kill();
    await served.process.shown('"reason":"unreachable"');
    await plain.restart();
    await vi.waitFor(() => expect(plain.connections).toBeGreaterThan(2), { timeout: 10_000 });
    plain.sendRaw(`{"type":"snapshot","${MARK}":"${MARK}"}`);
    await served.process.shown("source-failed");
    expect(plain.headers[0]).toMatchObject({ authorization: `Bearer ${TOKEN}` });
    expect(log().toLowerCase()).not.toContain(MARK);
  });

  test("is JSON of events that the guide lists, and gives a refused request its id", async () => {
    const { headers } = await send(served.url, "/ingest", { headers: JSON_TYPE, body: "[]" });
    const requestId = String(headers["x-request-id"]);
    expect(requestId).toMatch(/^[0-9a-f]{8}-[0-9a-z]+$/);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const lines = jsonLines(served.process.stderr());
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      expect(line).toMatchObject({ level: expect.any(String), time: expect.any(String), msg: expect.any(String) });
      expect([...documented]).toContain(line.event);
    }
  });
});

test.skipIf(natsSkipNote !== "")(`the log holds nothing of what comes over NATS${natsSkipNote}`, async () => {
  const server = await startNatsServer();
  const gate = await serve(join(folder, "nats"), ["--nats", server.url, "--log-level", "trace"]);
  const raw = await connectRaw(server.url);
  try {
    for (const payload of PAYLOADS.filter(({ length }) => length < 500_000)) {
      for (const subject of [`sluice.events.${MARK}-org`, `sluice.events.${MARK}`]) {
        await raw.request(subject, String(payload), { [MARK]: MARK, "Nats-Msg-Id": `${MARK}-${Math.random()}` });
      }
      await raw.request("sluice.check", String(payload));
    }
    await raw.request(`sluice.events.${MARK}-org`, text({ event_id: "last" }));
    const seen = async () => (await metrics(gate.url)).events_by_organisation[`${MARK}-org`];
    await vi.waitFor(async () => expect(await seen()).toBeGreaterThanOrEqual(2), { timeout: 20_000 });
    await server.kill();
    await gate.process.shown("nats-disconnected");
    expect((gate.process.stdout() + gate.process.stderr()).toLowerCase()).not.toContain(MARK);
  } finally {
    raw.close();
    await gate.kill();
    await server.stop();
  }
});

test.skipIf(skipNote !== "")(
  `every event in the sources is in the guide, and every one there in a source${skipNote}`,
  () => {
    const shown = sources.filter(({ path }) => /^(app|connectors)\/src\/(?!.*(\.test\.ts|\/testing\/))/.test(path));
    const patterns = [/\bevent: (?:\w+ \? )?"([a-z-]+)"(?: : "([a-z-]+)")?/g, /\bsay\(\s*(?:"\w+"|\w+), "([a-z-]+)"/g];
    const named = shown.flatMap((file) => patterns.flatMap((pattern) => [...file.text.matchAll(pattern)]));
    const contracts = sources.find(({ path }) => path === "engine/src/contracts.ts")?.text ?? "";
    const alerts = /interface Alert \{[^;]*?code:([^;]*);/.exec(contracts)?.[1] ?? "";
    const codes = [...alerts.matchAll(/"([a-z-]+)"/g)].map(([, code]) => code);
    const events = new Set([...named.flatMap(([, first, second]) => [first, second]), ...codes]);
    events.delete(undefined);
    expect([...events].sort()).toEqual([...documented].sort());
  },
);

/** Bytes over a plain socket, until it is closed. */
function rawRequest(bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(served.url.port), served.url.hostname, () => socket.end(bytes));
    socket
      .on("error", () => {})
      .on("close", () => resolve())
      .resume();
  });
}

/** Sends frames, asks for an odd subprotocol first, and waits for the close that it asks for. */
async function overSocket(url: URL, frames: readonly (string | Buffer)[]): Promise<void> {
  const address = url.href.replace(/^http/, "ws");
  await new Promise<void>((resolve) => {
    const odd = new WebSocket(address, [MARK], { headers: { origin: `http://${MARK}` } });
    odd.on("error", () => {}).on("close", () => resolve());
  });
  await new Promise<void>((resolve) => {
    const socket = new WebSocket(address);
    socket.on("error", () => {}).on("close", () => resolve());
    socket.on("open", () => {
      for (const frame of frames) socket.send(frame);
      socket.close(1000, MARK);
    });
  });
}
