import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "@sluice/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createServer, type SluiceServer } from "./server.ts";
import { forEachAdapter } from "./testing/adapters.ts";
import { call, openSocket, post, raw, refusedUpgrade } from "./testing/client.ts";
import { eventOf, PROMPTS, recordsOf, type TestLedger, testEngine, testLedger } from "./testing/engine.ts";

const BODY_BYTES_MAX = 256 * 1024;
forEachAdapter(({ adapter, name, traits }) => {
  let directory: string;
  let ledger: TestLedger;
  let engine: Engine;
  let server: SluiceServer;
  let port: number;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "sluice-page-"));
    mkdirSync(join(directory, "assets"));
    writeFileSync(join(directory, "index.html"), "<!doctype html><title>Sluice</title>");
    writeFileSync(join(directory, "assets", "app-1a2b.js"), "export {};");
    writeFileSync(join(directory, "..", "sluice-secret.txt"), "not for the web");
    ledger = await testLedger();
    engine = await testEngine(ledger);
    server = createServer({
      adapter,
      engine,
      ledger,
      dashboardDirectory: directory,
      options: {
        payloadBytesMax: BODY_BYTES_MAX,
        allowedOrigins: ["https://ops.example"],
        allowedHosts: ["gate.example"],
      },
    });
    port = (await server.listen("127.0.0.1", 0)).port;
  });
  afterAll(async () => {
    await server.close(1_000);
    await engine.stop();
    await ledger.close();
    rmSync(directory, { recursive: true });
    rmSync(join(tmpdir(), "sluice-secret.txt"));
  });

  describe("POST /ingest", () => {
    test("answers every event of a batch with its decision and what may be released", async () => {
      const events = [
        eventOf("i-1"),
        eventOf("i-2", { prompt: PROMPTS.redact }),
        eventOf("i-3", { prompt: PROMPTS.block }),
      ];
      const { status, json } = await post(port, "/ingest", { events });
      expect(status).toBe(200);
      expect(json).toMatchObject({ processed: 3, duplicates: 0, asl_triggers: 0, rejected: [] });
      expect(json.actions).toEqual({ allow: 1, warn: 0, redact: 1, escalate: 0, block: 1 });
      expect(json.decisions.map((decision: { event_id: string }) => decision.event_id)).toEqual(["i-1", "i-2", "i-3"]);
      expect(json.decisions.map((decision: { output: object }) => decision.output)).toEqual([
        {},
        { prompt: "the code word is [removed] today" },
        { message: "This was blocked." },
      ]);
    });

    test("answers a repeat with the first decision and counts it as processed", async () => {
      const first = await post(port, "/ingest", eventOf("i-10"));
      const second = await post(port, "/ingest", eventOf("i-10"));
      expect(second.json).toMatchObject({ processed: 1, duplicates: 1 });
      expect(second.json.decisions).toEqual(first.json.decisions);
    });

    test("takes NDJSON, a CloudEvent, and a charset parameter", async () => {
      const lines = [eventOf("i-20"), eventOf("i-21")].map((event) => JSON.stringify(event)).join("\n");
      expect((await post(port, "/ingest", lines, "application/x-ndjson")).json.processed).toBe(2);
      const envelope = { specversion: "1.0", id: "c", source: "s", type: "t", data: eventOf("i-22") };
      expect(
        (await post(port, "/ingest", envelope, "application/cloudevents+json; charset=UTF-8")).json.processed,
      ).toBe(1);
    });

    test("answers a large batch whole, in pieces", async () => {
      const events = Array.from({ length: 1_000 }, (_, index) => eventOf(`large-${index}`));
      const { status, json } = await post(port, "/ingest", { events });
      expect(status).toBe(200);
      expect(json.decisions.map((decision: { event_id: string }) => decision.event_id)).toEqual(
        events.map((event) => event.event_id),
      );
    });

    test("a bad event is answered with its index, field and reason, and the valid one beside it is processed", async () => {
      const { status, json } = await post(port, "/ingest", { events: [eventOf("i-30"), eventOf("i-31", { tier: 7 })] });
      expect(status).toBe(200);
      expect(json.processed).toBe(1);
      expect(json.rejected).toMatchObject([{ index: 1, event_id: "i-31", field: "tier", reason: "wrong-type" }]);
    });

    const whole = eventOf("bad");
    const without = (field: string) => Object.fromEntries(Object.entries(whole).filter(([key]) => key !== field));
    test.each([
      ["no body", "", 400, "", "empty-payload"],
      ["blanks", " \n ", 400, "", "empty-payload"],
      ["an empty list of events", '{"events":[]}', 400, "", "empty-payload"],
      ["text that is no JSON", "hello", 400, "", "malformed-json"],
      ["JSON that breaks off", '{"event_id":"x"', 400, "", "malformed-json"],
      ["a list", "[]", 400, "", "not-an-object"],
      ["a missing field", JSON.stringify(without("org_id")), 422, "org_id", "missing"],
      ["an empty id", JSON.stringify({ ...whole, event_id: "" }), 422, "event_id", "empty"],
      ["a long id", JSON.stringify({ ...whole, event_id: "x".repeat(129) }), 422, "event_id", "too-long"],
      ["a control character", JSON.stringify({ ...whole, user_id: "a\u0001" }), 422, "user_id", "control-character"],
      ["a wrong time", JSON.stringify({ ...whole, timestamp: "yesterday" }), 422, "timestamp", "bad-timestamp"],
      ["a number as a prompt", JSON.stringify({ ...whole, prompt: 1 }), 422, "prompt", "wrong-type"],
      ["a key given twice", `${JSON.stringify(whole).slice(0, -1)},"tier":"x"}`, 422, "tier", "duplicate-key"],
      [
        "an unknown age band",
        JSON.stringify({ ...whole, age: { band: "old", assurance: "none" } }),
        422,
        "age.band",
        "invalid-value",
      ],
    ])("%s is refused with its place and reason", async (_name, body, status, field, reason) => {
      const answer = await post(port, "/ingest", body);
      expect([answer.status, answer.json.rejected[0]?.field, answer.json.rejected[0]?.reason]).toEqual([
        status,
        field,
        reason,
      ]);
      expect(answer.json.error).toEqual(expect.any(String));
    });

    test("bytes that are no UTF-8 are refused as such", async () => {
      const bytes = Buffer.from(JSON.stringify(eventOf("utf8", { prompt: "?" })));
      bytes[bytes.lastIndexOf("?")] = 0xff;
      const answer = await post(port, "/ingest", bytes);
      expect([answer.status, answer.json.rejected[0].reason]).toEqual([422, "invalid-utf8"]);
    });

    test("another event under a used id is refused", async () => {
      await post(port, "/ingest", eventOf("i-40"));
      const { status, json } = await post(port, "/ingest", eventOf("i-40", { prompt: "another" }));
      expect([status, json.rejected[0].reason]).toEqual([422, "event-id-reused"]);
    });

    test("a ledger that cannot be written is a 503 that says when to come again, and nothing is accepted", async () => {
      ledger.isFailing = true;
      const { status, headers, json } = await post(port, "/ingest", eventOf("i-50"));
      ledger.isFailing = false;
      expect([status, headers["retry-after"]]).toEqual([503, "1"]);
      expect(json.error).toMatch(/ledger/);
      expect((await post(port, "/ingest", eventOf("i-50"))).json).toMatchObject({ processed: 1, duplicates: 0 });
    });
  });

  describe("a body over the limit", () => {
    const head = `POST /ingest HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Type: application/json\r\n`;
    const start = () => head.replace("PORT", String(port));

    test("is refused by its length before a byte of it is sent", async () => {
      const answer = await raw(port, (socket) => socket.write(`${start()}Content-Length: 999999999\r\n\r\n`));
      expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close[\s\S]*"rejected":\[\]/i);
    });

    test("is refused without 100-continue when the sender asks first", async () => {
      const answer = await raw(port, (socket) =>
        socket.write(`${start()}Expect: 100-continue\r\nContent-Length: 999999999\r\n\r\n`),
      );
      expect(answer).toMatch(traits.holdsContinue ? /^HTTP\/1\.1 413 / : /\r\n\r\nHTTP\/1\.1 413 /);
    });

    test("is refused when the limit is passed though it never ends", async () => {
      let sentBytes = 0;
      const answer = await raw(port, (socket) => {
        socket.write(`${start()}Transfer-Encoding: chunked\r\n\r\n`);
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

    test("is taken up to the limit to the byte, and 100-continue is answered", async () => {
      const event = JSON.stringify(eventOf("fits"));
      const body = event + " ".repeat(BODY_BYTES_MAX - event.length);
      expect((await post(port, "/ingest", body)).status).toBe(200);
      expect((await post(port, "/ingest", `${body} `)).status).toBe(413);
      const headers = { "content-type": "application/json", expect: "100-continue" };
      expect((await call(port, "/ingest", { method: "POST", headers, body: event })).status).toBe(200);
    });
  });

  describe("POST /check", () => {
    test("decides an event and records nothing", async () => {
      const before = ledger.lastSeq;
      const { status, json } = await post(port, "/check", eventOf("c-1", { prompt: PROMPTS.redact }));
      expect(status).toBe(200);
      expect(json).toMatchObject({
        event_id: "c-1",
        action: "redact",
        output: { prompt: "the code word is [removed] today" },
      });
      expect(ledger.lastSeq).toBe(before);
    });

    test("records when asked to", async () => {
      const { json } = await post(port, "/check?record=true", eventOf("c-2", { prompt: PROMPTS.block }));
      expect(json).toMatchObject({ event_id: "c-2", action: "block", output: { message: "This was blocked." } });
      expect(ledger.find("org-a", "c-2")).toBeDefined();
    });

    test("takes a text and a tier", async () => {
      const { status, json } = await post(port, "/check", { text: PROMPTS.block, tier: "general" });
      expect([status, json.action, json.tier]).toEqual([200, "block", "general"]);
    });

    test.each([
      ["a text without a tier", { text: "a" }, 422, "tier", "missing"],
      ["a text that is none", { text: 1, tier: "general" }, 422, "text", "wrong-type"],
      ["an object of neither form", { tier: "general" }, 422, "event_id", "missing"],
      ["no JSON", "{", 400, "", "malformed-json"],
      ["nothing", "", 400, "", "empty-payload"],
      ["two events", { events: [eventOf("a"), eventOf("b")] }, 400, "", "too-many-events"],
    ])("%s is refused with its place and reason", async (_name, body, status, field, reason) => {
      const answer = await post(port, "/check", body);
      expect([answer.status, answer.json.rejected[0]?.field, answer.json.rejected[0]?.reason]).toEqual([
        status,
        field,
        reason,
      ]);
    });

    test("a ledger fault is answered by the policy's fail mode", async () => {
      ledger.isFailing = true;
      const { status, json } = await post(port, "/check?record=true", eventOf("c-3"));
      ledger.isFailing = false;
      expect([status, json.action, json.reasons[0].code]).toEqual([200, "block", "engine-fault"]);
    });
  });

  describe("reading", () => {
    test("metrics are cgcp's JSON, or Prometheus text when Accept asks for it", async () => {
      const { json } = await call(port, "/metrics");
      expect(json.total_events).toBe(
        Object.values(json.actions_taken as Record<string, number>).reduce((a, b) => a + b),
      );
      expect(Object.keys(json)).toEqual(
        expect.arrayContaining(["events_by_surface", "events_by_tier", "risk_detections", "asl_triggers", "timestamp"]),
      );
      const text = await call(port, "/metrics", { headers: { accept: "text/plain" } });
      expect(text.headers["content-type"]).toMatch(/^text\/plain; version=0\.0\.4/);
      expect(text.text).toContain(`sluice_decisions_total{action="block"} ${json.actions_taken.block}`);
      const open = await call(port, "/metrics", { headers: { accept: "application/openmetrics-text;version=1.0.0" } });
      expect(open.headers["content-type"]).toMatch(/^application\/openmetrics-text/);
      expect(open.text.trimEnd().endsWith("# EOF")).toBe(true);
    });

    test("readiness names the adapter, the parts and the hashes", async () => {
      expect((await call(port, "/health")).json).toMatchObject({ status: "ok", adapter: name });
      ledger.isFailing = true;
      await post(port, "/ingest", eventOf("r-1"));
      ledger.isFailing = false;
      const failed = await call(port, "/ready");
      expect([failed.status, failed.json.status, failed.json.parts.ledger.state]).toEqual([503, "not_ready", "failed"]);
      await post(port, "/ingest", eventOf("r-1"));
      const { status, json } = await call(port, "/ready");
      expect(status).toBe(200);
      expect(json).toMatchObject({ status: "ready", adapter: name, policy: { hash: engine.policy.hash } });
      expect(json.pack.hash).toBe(engine.pack.hash);
      expect(json.parts.ledger.detail).toMatch(/^seq \d+, sync os, \d+ records wait/);
      expect(json.parts).toMatchObject({ ledger: { state: "ready" }, server: { state: "ready" } });
    });

    test("hourly statistics and thresholds come as cgcp has them", async () => {
      expect((await call(port, "/hourly-stats?hours=3")).json.hours).toHaveLength(3);
      expect((await call(port, "/hourly-stats?hours=0")).status).toBe(400);
      expect((await call(port, "/thresholds")).json).toEqual({ jailbreak: { general: 0.5 } });
    });

    test("a decision is found by its id, within an organisation when two have it", async () => {
      await post(port, "/ingest", { events: [eventOf("d/1"), eventOf("d-2"), eventOf("d-2", { org_id: "org-b" })] });
      const one = await call(port, `/decisions/${encodeURIComponent("d/1")}`);
      expect(one.json).toMatchObject({ event_id: "d/1", org_id: "org-a", action: "allow" });
      expect((await call(port, "/decisions/d-2")).status).toBe(400);
      expect((await call(port, "/decisions/d-2?org=org-b")).json.org_id).toBe("org-b");
      expect((await call(port, "/decisions/none")).status).toBe(404);
      expect((await call(port, "/decisions/%ff")).status).toBe(400);
    });

    test("a decision is explained only by the policy that made it", async () => {
      await post(port, "/ingest", { events: [eventOf("why")] });
      const { explain, seq } = (await call(port, "/decisions/why?explain=true")).json;
      expect(seq).toBeGreaterThan(0);
      const comparisons = [expect.objectContaining({ met: false, margin: -0.2 })];
      expect(explain).toEqual({ in_force: true, comparisons, tags: [], evasion: [] });
      await engine.setPolicy({ ...engine.policy, hash: "sha256:other" });
      const later = (await call(port, "/decisions/why?explain=true&org=org-a")).json.explain;
      expect(later).toMatchObject({ in_force: false, note: expect.stringContaining("no longer"), comparisons: [] });
      expect((await call(port, "/decisions/why")).json.explain).toBeUndefined();
    });

    test("retained text is shown after the access stands in the ledger, and never when that fails", async () => {
      await post(port, "/ingest", { events: [eventOf("t-0"), eventOf("t-1", { prompt: PROMPTS.block })] });
      const { seq } = ledger.find("org-a", "t-1")!;
      expect((await call(port, "/decisions/t-0/text")).status).toBe(404);
      expect((await call(port, "/decisions/t-1/text")).json).toMatchObject({ event_id: "t-1", prompt: PROMPTS.block });
      const { type, json } = (await recordsOf(ledger)).at(-1)!;
      expect(type).toBe("access");
      expect(JSON.parse(json)).toMatchObject({ who: "loopback", what: "text", event_id: "t-1", decision_seq: seq });
      ledger.isFailing = true;
      const refused = await call(port, "/decisions/t-1/text");
      ledger.isFailing = false;
      expect(refused.status).toBe(503);
      expect(refused.text).not.toContain("ignore all");
      const proxied = await call(port, "/decisions/t-1/text", { headers: { "x-forwarded-for": "203.0.113.9" } });
      expect(proxied.status).toBe(403);
    });
  });

  describe("the page", () => {
    test("is served with a policy that lets it load only its own files", async () => {
      const page = await call(port, "/");
      expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
      expect(page.headers["content-security-policy"]).toMatch(/^default-src 'self';/);
      expect(page.headers["cache-control"]).toBe("no-cache");
      const script = await call(port, "/assets/app-1a2b.js");
      expect(script.headers["cache-control"]).toContain("immutable");
      const again = await call(port, "/", { headers: { "if-none-match": String(page.headers.etag) } });
      expect(again.status).toBe(304);
    });

    test.each([
      "/../sluice-secret.txt",
      "/%2e%2e/sluice-secret.txt",
      "/assets/..%2f..%2fsluice-secret.txt",
      "//etc/passwd",
    ])("%s reaches no file outside", async (path) => {
      const answer = await call(port, path);
      expect([answer.status, answer.text.includes("not for the web")]).toEqual([404, false]);
    });
  });

  describe("methods, types and paths", () => {
    test.each([
      ["GET", "/ingest", 405, "POST"],
      ["OPTIONS", "/ingest", 405, "POST"],
      ["DELETE", "/metrics", 405, "GET, HEAD"],
      ["POST", "/", 405, "GET, HEAD"],
      ["GET", "/nothing", 404, undefined],
      ["GET", "/decisions", 503, undefined], // without analytics
      ["GET", "/live", 426, undefined],
    ])("%s %s is answered %i", async (method, path, status, allow) => {
      const answer = await call(port, path, { method });
      expect([answer.status, answer.headers.allow]).toEqual([status, allow]);
      expect(answer.json).toEqual({ error: expect.any(String), rejected: [] });
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    });

    test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])(
      "a POST of type %j, which a form of any page can send, is refused",
      async (type) => {
        const before = engine.counters().total;
        expect((await post(port, "/ingest", eventOf("typed"), type)).status).toBe(415);
        expect(engine.counters().total).toBe(before);
      },
    );

    test("what is no HTTP, and headers without end, are answered with a body too", async () => {
      if (traits.answersMalformed) {
        const answer = await raw(port, (socket) => socket.write("hello\r\n\r\n"));
        expect(answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*"rejected":\[\]/);
      }
      const long = `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n\r\n`;
      const refused = await raw(port, (socket) => {
        socket.write(long);
        socket.once("data", () => socket.destroy()); // uWebSockets.js keeps the connection for ten seconds more
      });
      expect(refused).toMatch(/^HTTP\/1\.1 431 /);
      expect((await call(port, `/${"x".repeat(9_000)}`)).status).toBe(414);
    });
  });

  describe("other origins", () => {
    test.each([
      ["a rebound name", { host: "evil.example" }, 403],
      ["a rebound name with our port", { host: "evil.example:PORT" }, 403],
      ["localhost with another port", { host: "localhost:1" }, 403],
      ["localhost with our port", { host: "LocalHost:PORT" }, 200],
      ["IPv6 loopback", { host: "[::1]:PORT" }, 200],
      ["a configured name", { host: "gate.example" }, 200],
      ["a page of another origin", { origin: "http://evil.example" }, 403],
      ["a page of another local port", { origin: "http://127.0.0.1:3000" }, 403],
      ["a page without an origin of its own", { origin: "null" }, 403],
      ["our own page", { origin: "http://127.0.0.1:PORT" }, 200],
      ["an allowed origin", { origin: "https://ops.example" }, 200],
      ["an image on another site's page", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }, 403],
      ["a script on another local port's page", { "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors" }, 403],
    ])("%s", async (_name, headers: Record<string, string>, status) => {
      const filled = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, value.replace("PORT", String(port))]),
      );
      expect((await call(port, "/metrics", { headers: filled })).status).toBe(status);
      if (filled["sec-fetch-site"] !== undefined) return; // a browser always names the Origin of a WebSocket
      if (status === 403) expect((await refusedUpgrade(port, "/live", filled)).status).toBe(403);
      else (await openSocket(port, "/live", filled)).ws.terminate();
    });

    test("a link on another site may open the page", async () => {
      const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
      expect((await call(port, "/", { headers })).status).toBe(200);
      expect((await call(port, "/metrics", { headers })).status).toBe(403);
    });
  });

  describe("upgrades", () => {
    test.each([
      ["/nowhere", 404],
      ["/live?action=explode", 400],
      ["/live?since=-1", 400],
      ["/live?sample=0", 400],
    ])("%s is refused with %i and a reason", async (path, status) => {
      const answer = await refusedUpgrade(port, path);
      expect([answer.status, answer.json.rejected]).toEqual([status, []]);
    });
  });

  test("an address that others can reach needs authorisation", async () => {
    const open = createServer({ adapter, engine, ledger });
    await expect(open.listen("0.0.0.0", 0)).rejects.toMatchObject({ code: "config-invalid" });
    await expect(open.listen("127.0.0.1", port)).rejects.toMatchObject({ code: "port-in-use" });
    await open.close();
  });

  test("authorisation is asked for each route's role, and confirms a subprotocol", async () => {
    const guarded = createServer({
      adapter,
      engine,
      ledger,
      authorise(request, role) {
        if (request.header("authorization") === `Bearer ${role}`) return { isAllowed: true, who: "me" };
        const isToken = request.header("sec-websocket-protocol") === "token";
        return isToken
          ? { isAllowed: true, who: "page", subprotocol: "token" }
          : { isAllowed: false, status: 401, error: "send a token" };
      },
    });
    const { port: guardedPort } = await guarded.listen("127.0.0.1", 0);
    expect((await call(guardedPort, "/metrics")).status).toBe(401);
    expect((await call(guardedPort, "/health")).status).toBe(200);
    expect((await call(guardedPort, "/metrics", { headers: { authorization: "Bearer read" } })).status).toBe(200);
    expect((await refusedUpgrade(guardedPort, "/live")).status).toBe(401);
    expect((await openSocket(guardedPort, "/live", {}, ["token"])).ws.protocol).toBe("token");
    await guarded.close(100);
  });
});
