import { isUtf8 } from "node:buffer";
import { connect } from "node:net";
import type { Engine } from "@sluice/engine";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createServer, type SluiceServer } from "./server.ts";
import { batchOf } from "./sockets/events.ts";
import { forEachAdapter } from "./testing/adapters.ts";
import { call, openSocket, post } from "./testing/client.ts";
import { eventOf, PROMPTS, type TestLedger, testEngine, testLedger } from "./testing/engine.ts";

forEachAdapter(({ adapter, traits }) => {
  let ledger: TestLedger;
  let engine: Engine;
  let server: SluiceServer;
  let port: number;

  beforeAll(async () => {
    ledger = await testLedger();
    engine = await testEngine(ledger);
    server = createServer({ adapter, engine, ledger });
    port = (await server.listen("127.0.0.1", 0)).port;
  });
  afterAll(async () => {
    await server.close(1_000);
    await engine.stop();
    await ledger.close();
  });

  describe("WS /events", () => {
    test("answers frames in the order they came, each with its batch, text or binary", async () => {
      const socket = await openSocket(port, "/events");
      for (let index = 0; index < 300; index += 1) {
        const events = Array.from({ length: (index % 7) + 1 }, (_, part) => eventOf(`e-${index}-${part}`));
        const frame = JSON.stringify({ batch: index, events });
        socket.ws.send(index % 2 === 0 ? frame : Buffer.from(frame));
      }
      await socket.until((frames) => frames.length === 300);
      expect(socket.frames.map(({ batch, status, processed }) => [batch, status, processed])).toEqual(
        Array.from({ length: 300 }, (_, index) => [index, 200, (index % 7) + 1]),
      );
      socket.ws.close();
    });

    test("takes one event or NDJSON, and answers what is malformed without closing", async () => {
      const socket = await openSocket(port, "/events");
      socket.ws.send(JSON.stringify(eventOf("one", { prompt: PROMPTS.block })));
      socket.ws.send([eventOf("two"), eventOf("three")].map((event) => JSON.stringify(event)).join("\n"));
      socket.ws.send("{");
      socket.ws.send("");
      socket.ws.send(Buffer.from([0xff, 0xfe]));
      socket.ws.send(JSON.stringify({ batch: "b", events: [{}] }));
      await socket.until((frames) => frames.length === 6);
      expect(socket.frames.map(({ status }) => status)).toEqual([200, 200, 400, 400, 400, 422]);
      expect(socket.frames[0].decisions[0]).toMatchObject({
        event_id: "one",
        output: { message: "This was blocked." },
      });
      expect(socket.frames[1].processed).toBe(2);
      expect(socket.frames[2]).toMatchObject({ error: expect.any(String), rejected: [{ reason: "malformed-json" }] });
      expect(socket.frames[5]).toMatchObject({ batch: "b", rejected: [{ index: 0, reason: "missing" }] });
      socket.ws.close();
    });

    test("a sender that reads nothing loses no answer", async () => {
      const socket = await openSocket(port, "/events");
      socket.ws.pause();
      const padding = "x".repeat(50_000);
      const count = 200;
      for (let index = 0; index < count; index += 1) {
        socket.ws.send(
          JSON.stringify({ batch: index, events: [eventOf(`quiet-${index}`, { metadata: { padding } })] }),
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.ws.resume();
      await socket.until((frames) => frames.length === count);
      expect(socket.frames.map(({ batch }) => batch)).toEqual(Array.from({ length: count }, (_, index) => index));
      socket.ws.close();
    });

    test("a ledger fault is answered with 503 in its place", async () => {
      const socket = await openSocket(port, "/events");
      ledger.isFailing = true;
      socket.ws.send(JSON.stringify({ batch: "f", events: [eventOf("fault")] }));
      await socket.until((frames) => frames.length === 1);
      ledger.isFailing = false;
      expect(socket.frames[0]).toMatchObject({ batch: "f", status: 503, error: expect.stringMatching(/ledger/) });
      socket.ws.close();
    });

    test.each([
      ['{"batch":"a","events":[]}', '"a"'],
      [' { "batch" : -1.5e3 , "events":[]}', "-1500"],
      ['{"events":[{"batch":"inner"}],"batch":"last"}', '"last"'],
      ['{"events":[{"batch":"inner"}]}', undefined],
      ['{"batch":"a\\"b","events":[]}', '"a\\"b"'],
      ['{"batch":{"no":1},"events":[]}', undefined],
      [`{"batch":"${"x".repeat(300)}","events":[]}`, undefined],
      ['{"batch":', undefined],
      ["{}", undefined],
    ])("the batch of %s is %s", (frame, batch) => {
      expect(batchOf(Buffer.from(frame))).toBe(batch);
    });
  });

  describe("WS /monitor", () => {
    test("answers with the same id what was found, and records nothing", async () => {
      const before = ledger.lastSeq;
      const socket = await openSocket(port, "/monitor");
      const conversation_id = "c-1";
      socket.ws.send(JSON.stringify({ id: "m-1", conversation_id, user_message: PROMPTS.block, model_response: "no" }));
      socket.ws.send(JSON.stringify({ id: 2, conversation_id, user_message: "hello", model_response: PROMPTS.redact }));
      socket.ws.send(JSON.stringify({ conversation_id, user_message: "hello", model_response: "hello" }));
      await socket.until((frames) => frames.length === 3);
      expect(socket.frames[0]).toMatchObject({ id: "m-1", conversation_id, action: "block", severity: "high" });
      expect(socket.frames[0].detections).toEqual([
        {
          category: "jailbreak",
          rule: "jailbreak.override.001",
          severity: "high",
          field: "user_message",
          start: 7,
          end: 39,
          score: 0.9,
        },
      ]);
      expect(socket.frames[1]).toMatchObject({ id: 2, detections: [{ field: "model_response", severity: "low" }] });
      expect(socket.frames[2]).toMatchObject({ action: "allow", detections: [] });
      expect("id" in socket.frames[2]).toBe(false);
      expect(ledger.lastSeq).toBe(before);
      socket.ws.close();
    });

    test.each([
      ["no JSON", "hello", undefined],
      ["a list", "[]", undefined],
      ["neither message nor response", '{"id":"x"}', "user_message"],
      ["a message that is no text", '{"id":"x","user_message":1}', "user_message"],
      [
        "a conversation id that is too long",
        `{"id":"x","user_message":"","conversation_id":"${"c".repeat(200)}"}`,
        "conversation_id",
      ],
    ])("%s is answered with an error, and the socket stays open", async (_name, frame, field) => {
      const socket = await openSocket(port, "/monitor");
      socket.ws.send(frame);
      socket.ws.send(JSON.stringify({ id: "after", user_message: "hello" }));
      await socket.until((frames) => frames.length === 2);
      expect(socket.frames[0].error).toEqual(expect.any(String));
      expect(socket.frames[0].rejected[0]?.field).toBe(field);
      expect(socket.frames[1]).toMatchObject({ id: "after", action: "allow" });
      socket.ws.close();
    });
  });

  test("every frame gets one answer, whatever bytes it holds", async () => {
    const frame = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .record({
          user_message: fc.jsonValue(),
          model_response: fc.jsonValue(),
          id: fc.jsonValue(),
          events: fc.jsonValue(),
        })
        .map((value) => Buffer.from(JSON.stringify(value))),
    );
    for (const path of ["/events", "/monitor"]) {
      const socket = await openSocket(port, path);
      let count = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(frame, { maxLength: 20 }), async (frames) => {
          for (const one of frames) {
            const mustBeBinary = !traits.takesBrokenText && !isUtf8(one);
            socket.ws.send(one, { binary: mustBeBinary || frames.length % 2 === 0 });
          }
          count += frames.length;
          await socket.until((answers) => answers.length >= count);
          expect(socket.frames).toHaveLength(count);
        }),
        { numRuns: 50 },
      );
      socket.ws.close();
    }
  });

  test("a body of any bytes is answered, and the server lives", async () => {
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
      fc
        .constantFrom(
          "\ufeff{}",
          "{}\n",
          '{"events":[{}]}',
          '{"specversion":"1.0","data":{}}',
          '{"text":"a","tier":null}',
        )
        .map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom("/check", "/ingest", "/check?record=true"), async (bytes, path) => {
        const { status, json } = await post(port, path, bytes);
        expect([400, 422]).toContain(status);
        expect(json.rejected.length).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });

  describe("closing", () => {
    test("requests in flight are answered, sockets get 1001, and nothing more is accepted", async () => {
      const slow = await testLedger();
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const append = slow.append.bind(slow);
      slow.append = (drafts) => {
        const { firstSeq, written } = append(drafts);
        const isEvent = drafts.some((draft) => draft.type === "decision");
        return { firstSeq, written: isEvent ? written.then(() => held) : written };
      };
      const slowEngine = await testEngine(slow);
      const closing = createServer({ adapter, engine: slowEngine, ledger: slow });
      const { port: closingPort } = await closing.listen("127.0.0.1", 0);
      const live = await openSocket(closingPort, "/live");
      const answer = post(closingPort, "/ingest", eventOf("last"));
      while (slow.find("org-a", "last") === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
      const closed = closing.close(5_000);
      expect(await live.closed).toBe(1001);
      await expect(call(closingPort, "/health")).rejects.toMatchObject({ code: "ECONNREFUSED" });
      release();
      expect((await answer).json.processed).toBe(1);
      await closed;
      await slowEngine.stop();
      await slow.close();
    });

    test("what does not end is cut at the deadline", async () => {
      const closing = createServer({ adapter, engine, ledger });
      const { port: closingPort } = await closing.listen("127.0.0.1", 0);
      const socket = connect(closingPort, "127.0.0.1");
      socket.on("error", () => {});
      socket.write(
        `POST /ingest HTTP/1.1\r\nHost: localhost:${closingPort}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      const gone = new Promise((resolve) => socket.on("close", resolve));
      await closing.close(100);
      await gone;
    });
  });
});
