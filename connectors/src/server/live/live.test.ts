import { decisionOfRecord, type Engine, volatileLedger } from "@sluice/engine";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createServer, type SluiceServer } from "../server.ts";
import { forEachAdapter } from "../testing/adapters.ts";
import { openSocket, type TestSocket } from "../testing/client.ts";
import { eventOf, PROMPTS, recordsOf, type TestLedger, testEngine, testLedger } from "../testing/engine.ts";
import { LIVE_OPTIONS } from "./hub.ts";

forEachAdapter(({ adapter }) => {
  let ledger: TestLedger;
  let engine: Engine;
  let server: SluiceServer;
  let port: number;

  beforeEach(async () => {
    ledger = await testLedger();
    engine = await testEngine(ledger);
    const live = { ...LIVE_OPTIONS, coalesceMs: 5, frameBytesMax: 8 * 1024, bufferedBytesMax: 64 * 1024 };
    server = createServer({ adapter, engine, ledger, options: { live } });
    port = (await server.listen("127.0.0.1", 0)).port;
  });
  afterEach(async () => {
    await server.close(500);
    await engine.stop();
    await ledger.close();
  });

  /** Ingests events `from`..`to`; every third is blocked, odd ones are of organisation b. */
  async function ingest(from: number, to: number, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const together = to - from < 1_000 ? 20 : 200;
    for (let start = from; start <= to; start += together) {
      const lines: string[] = [];
      for (let index = start; index < Math.min(to + 1, start + together); index += 1) {
        const prompt = index % 3 === 0 ? PROMPTS.block : PROMPTS.allow;
        const org_id = index % 2 === 0 ? "org-a" : "org-b";
        lines.push(JSON.stringify(eventOf(`n-${index}`, { prompt, org_id, ...more })));
      }
      await engine.ingest(Buffer.from(lines.join("\n")));
    }
  }

  /** Ids of all decisions, after checking that frames follow each other without a hole. */
  function idsOf(socket: TestSocket): string[] {
    let seq: number | undefined;
    const ids: string[] = [];
    for (const frame of socket.frames) {
      if (frame.type === "snapshot") seq = frame.seq;
      if (frame.type === "gap") {
        expect(frame.from).toBe((seq ?? 0) + 1);
        seq = frame.to;
      }
      if (frame.type !== "decisions") continue;
      expect(frame.prev).toBe(seq);
      expect(frame.seq).toBeGreaterThan(frame.prev);
      seq = frame.seq;
      ids.push(...frame.decisions.map((decision: { event_id: string }) => decision.event_id));
    }
    return ids;
  }

  /** Looks at each frame once, however often it is asked. */
  function has(id: string) {
    let looked = 0;
    return (frames: { decisions?: { event_id: string }[] }[]) => {
      const more = frames.slice(looked);
      looked = frames.length;
      return more.some(({ decisions }) => decisions?.some((decision) => decision.event_id === id));
    };
  }
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `n-${from + index}`);

  test("a reader gets the totals so far, then every decision once and in order, as it stands in the ledger", async () => {
    await ingest(1, 10);
    const socket = await openSocket(port, "/live");
    await socket.until((frames) => frames.length === 1);
    expect(socket.frames[0]).toMatchObject({ type: "snapshot", seq: ledger.lastSeq, counters: { total: 10 } });
    await ingest(11, 200);
    await socket.until(has("n-200"));
    expect(idsOf(socket)).toEqual(range(11, 200));
    const last = socket.frames.flatMap((frame) => frame.decisions ?? []).at(-1);
    const recorded = decisionOfRecord((await recordsOf(ledger)).at(-1)!.json);
    expect(last).toEqual(recorded);
    expect(last.output).toBeUndefined();
  });

  describe("a filter", () => {
    test.each([
      ["?action=block", (index: number) => index % 3 === 0],
      ["?action=allow,block&org=org-b", (index: number) => index % 2 === 1],
      ["?action=block&org=org-a", (index: number) => index % 6 === 0],
    ])("%s passes its own and makes no false gap", async (query, isWanted) => {
      const socket = await openSocket(port, `/live${query}`);
      await ingest(1, 103);
      const wanted = Array.from({ length: 103 }, (_, index) => index + 1).filter(isWanted);
      await socket.until(has(`n-${wanted.at(-1)}`));
      expect(idsOf(socket)).toEqual(wanted.map((index) => `n-${index}`));
    });

    test("that takes nothing sends nothing", async () => {
      const none = await openSocket(port, "/live?action=escalate");
      const all = await openSocket(port, "/live");
      await ingest(1, 50);
      await all.until(has("n-50"));
      expect(none.frames.filter((frame) => frame.type === "decisions")).toEqual([]);
    });

    test("sampling takes one decision of n by its sequence", async () => {
      const socket = await openSocket(port, "/live?sample=5");
      await ingest(1, 100);
      await socket.until(() => idsOf(socket).length >= 20);
      await new Promise((resolve) => setTimeout(resolve, 50)); // whatever would come beyond
      expect(idsOf(socket)).toHaveLength(20);
    });

    test("joined late, beside others of the same filter, starts at its own snapshot", async () => {
      const early = await openSocket(port, "/live?action=block");
      await ingest(1, 4);
      await early.until(has("n-3"));
      const late = await openSocket(port, "/live?action=block");
      await ingest(5, 9);
      await late.until(has("n-9"));
      await early.until(has("n-9"));
      expect(idsOf(early)).toEqual(["n-3", "n-6", "n-9"]);
      expect(idsOf(late)).toEqual(["n-6", "n-9"]);
    });
  });

  describe("a resume", () => {
    test("brings what was missed and goes on live without gap or repeat, while events keep coming", async () => {
      await ingest(1, 300);
      const writing = ingest(301, 1_500);
      const sockets = await Promise.all([0, 1, 100, 250].map((since) => openSocket(port, `/live?since=${since}`)));
      await writing;
      await ingest(1_501, 1_520);
      const records = await recordsOf(ledger);
      for (const [position, since] of [0, 1, 100, 250].entries()) {
        const socket = sockets[position]!;
        await socket.until(has("n-1520"));
        expect(socket.frames[0]).toMatchObject({ type: "snapshot", seq: since });
        expect(socket.frames.some((frame) => frame.type === "gap")).toBe(false);
        const first = records.filter(({ seq, type }) => seq > since && type === "decision")[0]!;
        expect(idsOf(socket)).toEqual(range(Number(JSON.parse(first.json).event_id.slice(2)), 1_520));
      }
    });

    test("of a sequence that the ledger does not have starts at its end", async () => {
      await ingest(1, 5);
      const socket = await openSocket(port, "/live?since=999999");
      await socket.until((frames) => frames.length === 1);
      expect(socket.frames[0].seq).toBe(ledger.lastSeq);
    });

    test("is filtered too, and waits for a slow reader instead of making a gap", async () => {
      await ingest(1, 900, { conversation_id: "c".repeat(128) });
      const socket = await openSocket(port, "/live?since=0&action=block");
      socket.ws.pause();
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.ws.resume();
      await socket.until(has("n-900"));
      expect(idsOf(socket)).toEqual(range(1, 900).filter((_, index) => (index + 1) % 3 === 0));
    });
  });

  test("a resume out of a ledger that keeps nothing is told of its gap and goes on live", async () => {
    const forgetful = Object.assign(volatileLedger(), {
      findAll: () => [],
      findByEventId: async () => [],
      readText: async () => undefined,
    });
    const other = await testEngine(forgetful);
    const otherServer = createServer({ adapter, engine: other, ledger: forgetful });
    const { port: otherPort } = await otherServer.listen("127.0.0.1", 0);
    const send = (id: string) => other.ingest(Buffer.from(JSON.stringify(eventOf(id))));
    for (let index = 1; index <= 5; index += 1) await send(`n-${index}`);
    const socket = await openSocket(otherPort, "/live?since=2");
    await socket.until((frames) => frames.some((frame) => frame.type === "gap"));
    await send("n-6");
    await socket.until(has("n-6"));
    expect(idsOf(socket)).toEqual(["n-6"]);
    expect(socket.frames.find((frame) => frame.type === "gap")).toEqual({ type: "gap", from: 3, to: 6 });
    await otherServer.close(500);
    await other.stop();
  });

  test("windows that fired are told as aggregates", async () => {
    const socket = await openSocket(port, "/live");
    await ingest(1, 6, { timestamp: "2026-01-02T03:04:05Z" });
    await ingest(7, 7, { timestamp: "2026-01-02T03:04:45Z" }); // moves the watermark past the window's end
    await socket.until((frames) => frames.some(({ type }) => type === "aggregates"));
    const { windows } = socket.frames.find(({ type }) => type === "aggregates");
    expect(windows[0]).toMatchObject({
      sizeMs: 10_000,
      startMs: Date.parse("2026-01-02T03:04:00Z"),
      events: 6,
      revision: 0,
      actions: { block: 2 },
    });
  });

  test("an alert is told to the readers there are, and to one that comes later after its snapshot", async () => {
    const alert = { code: "source-lost", severity: "critical", count: 1, message: "see /ready", atMs: 0 } as const;
    const early = await openSocket(port, "/live");
    await early.until((frames) => frames.length === 1);
    server.alert(alert);
    const told = {
      type: "alerts",
      alerts: [{ code: "source-lost", severity: "critical", count: 1, message: "see /ready" }],
    };
    await early.until((frames) => frames.length === 2);
    expect(early.frames[1]).toMatchObject(told);
    expect(early.frames[1].alerts[0].at).toBe("1970-01-01T00:00:00.000Z");
    const late = await openSocket(port, "/live");
    await late.until((frames) => frames.length === 2);
    expect(late.frames.map(({ type }) => type)).toEqual(["snapshot", "alerts"]);
  });

  test("a slow reader is told of its gap, goes on after it, and nobody else is slowed", async () => {
    const slow = await openSocket(port, "/live");
    const quick = await openSocket(port, "/live");
    await slow.until((frames) => frames.length === 1);
    slow.ws.pause();
    const more = { model_version: "v".repeat(128), conversation_id: "c".repeat(128), user_id: "u".repeat(128) };
    let count = 0;
    // Kernel buffers take some megabytes before a paused peer is felt.
    while (count < 16_000) {
      await ingest(count + 1, count + 2_000, more);
      count += 2_000;
      await quick.until(has(`n-${count}`));
    }
    expect(idsOf(quick)).toEqual(range(1, count));
    slow.ws.resume();
    await slow.until((frames) => frames.some((frame) => frame.type === "gap"));
    await ingest(count + 1, count + 10);
    await slow.until(has(`n-${count + 10}`));
    const ids = idsOf(slow); // checks that gaps and frames join
    expect(ids.length).toBeLessThan(count);
    expect(ids.slice(-10)).toEqual(range(count + 1, count + 10));
    expect(new Set(ids).size).toBe(ids.length);
  });
});
