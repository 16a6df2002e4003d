import { describe, expect, test } from "vitest";
import type { Alert, AnsweredDecision, Engine, Rejection } from "./contracts.ts";
import { createEngine } from "./engine.ts";
import type { EngineParts } from "./parts.ts";
import { event, payload } from "./testing/event.ts";
import { jsonDetector } from "./testing/json-detector.ts";
import { memoryLedger } from "./testing/memory-ledger.ts";
import { testPolicy } from "./testing/test-policy.ts";

const start = (parts: Partial<EngineParts> = {}) =>
  createEngine({ detector: jsonDetector(), policy: testPolicy(), ...parts });

function answer(engine: Engine, event: object): AnsweredDecision {
  const result = engine.evaluate(event);
  if ("reason" in result) throw new Error(result.message);
  return result;
}

describe("evaluate", () => {
  test("answers a decision, its JSON and what may be released, and records nothing", async () => {
    const ledger = memoryLedger();
    const engine = await start({ ledger });
    const { decision, json, output, seq } = answer(
      engine,
      event("a", { prompt: "a grey cat", metadata: { locale: "de" } }),
    );
    expect(decision.action).toBe("redact");
    expect(decision.scores).toEqual({ prompt: { violence: 0.3 }, completion: {} });
    expect(JSON.parse(json)).toEqual(decision);
    expect(output).toEqual({ prompt: "a [removed] cat", completion: "" });
    expect(seq).toBe(0);
    expect(ledger.records.map((record) => record.type)).toEqual(["start"]);
    await engine.stop();
  });

  test("fills in the message in the event's locale", async () => {
    const engine = await start();
    const { output } = answer(engine, event("a", { prompt: "bomb", metadata: { locale: "de" } }));
    expect(output).toEqual({ message: "blocked in de" });
  });

  test("answers bad input with a rejection", async () => {
    const engine = await start();
    const reason = (input: Uint8Array | object) => (engine.evaluate(input) as Rejection).reason;
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(reason(Buffer.from("{"))).toBe("malformed-json");
    expect(reason(Buffer.from(" \n"))).toBe("empty-payload");
    expect(reason(circle)).toBe("malformed-json");
    expect(reason({ events: [event("a"), event("b")] })).toBe("too-many-events");
    expect(reason(event("a", { age: { band: "old" } }))).toBe("invalid-value");
  });

  test("fails closed when the policy or the detector fails", async () => {
    const engine = await start();
    for (const changes of [{ tier: "broken" }, { prompt: "trap" }]) {
      const { decision } = answer(engine, event("a", changes));
      expect(decision.action).toBe("block");
      expect(decision.reasons).toEqual([{ code: "engine-fault", action: "block" }]);
    }
  });

  test("in replay takes its time from the event", async () => {
    const engine = await start();
    const { decision } = engine.evaluate(event("a"), { replay: true }) as AnsweredDecision;
    expect(decision.decided_at).toBe(decision.timestamp);
    expect(decision.latency_us).toBe(0);
  });
});

describe("ingest", () => {
  test("records, counts and publishes each event once, in order", async () => {
    const ledger = memoryLedger();
    const engine = await start({ ledger });
    const published: number[] = [];
    engine.recorded$.subscribe((batch) => published.push(...batch.map(({ seq }) => seq)));
    const outcome = await engine.ingest(payload(event("a"), event("b", { prompt: "bomb" })));
    expect(outcome.actions).toEqual({ allow: 1, warn: 0, redact: 0, escalate: 0, block: 1 });
    expect(outcome.decisions.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(ledger.records.map(({ type }) => type)).toEqual(["start", "decision", "decision"]);
    await engine.stop();
    expect(published).toEqual([2, 3]);
    expect(engine.counters().total).toBe(2);
    expect(engine.counters().riskDetections).toEqual({ cbrn: 1 });
  });

  test("answers a repeat with the first decision, within a payload and after", async () => {
    const ledger = memoryLedger();
    const engine = await start({ ledger });
    const first = await engine.ingest(payload(event("a", { prompt: "grey" }), event("a", { prompt: "grey" })));
    const later = await engine.ingest(payload(event("a", { prompt: "grey" })));
    expect(first.duplicates).toBe(1);
    expect(first.decisions.map(({ seq }) => seq)).toEqual([2, 2]);
    expect(later.decisions[0]).toEqual({ ...first.decisions[0], duplicate: true });
    expect(engine.counters()).toMatchObject({ total: 1, duplicates: 2 });
    await engine.stop();
  });

  test("refuses another event under a known id, within a payload and after, and alerts", async () => {
    const alerts: Alert[] = [];
    const engine = await start({ ledger: memoryLedger(), onAlert: (alert) => alerts.push(alert) });
    const first = await engine.ingest(payload(event("a"), event("a", { prompt: "other" })));
    const later = await engine.ingest(payload(event("a", { prompt: "other" })));
    for (const { rejected } of [first, later]) {
      expect(rejected[0]).toMatchObject({ reason: "event-id-reused", field: "event_id", event_id: "a" });
    }
    expect(engine.counters().rejected).toEqual({ "event-id-reused": 2 });
    expect(alerts.map(({ code }) => code)).toEqual(["event-id-reused", "event-id-reused"]);
    await engine.stop();
  });

  test("acknowledges nothing while the ledger cannot write, and recovers by itself", async () => {
    let isBroken = false;
    const alerts: string[] = [];
    const ledger = memoryLedger({ fails: () => isBroken });
    const engine = await start({ ledger, onAlert: ({ code }) => alerts.push(code) });
    isBroken = true;
    await expect(engine.ingest(payload(event("a"), { bad: 1 }))).rejects.toMatchObject({ code: "ledger-failed" });
    expect(engine.counters()).toMatchObject({ total: 0, rejected: {}, duplicates: 0 });
    expect(engine.parts().ledger?.state).toBe("failed");
    isBroken = false;
    expect(await engine.ingest(payload(event("a")))).toMatchObject({ processed: 1, duplicates: 0 });
    expect(engine.parts().ledger?.state).toBe("ready");
    expect(alerts).toEqual(["ledger-failed", "ledger-recovered"]);
    await engine.stop();
  });

  test("sheds beyond the bound and says so", async () => {
    const engine = await start({ options: { inFlightPayloadsMax: 2 } });
    const results = await Promise.allSettled(["a", "b", "c"].map((id) => engine.ingest(payload(event(id)))));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect((results[2] as PromiseRejectedResult).reason).toMatchObject({ code: "queue-full" });
    expect(engine.counters().shed).toBe(1);
    await engine.stop();
  });

  test("says what kind of no payload it was", async () => {
    const engine = await start();
    expect(await engine.ingest(Buffer.from(""))).toMatchObject({ refused: "empty", processed: 0 });
    expect(await engine.ingest(Buffer.from("{"))).toMatchObject({ refused: "malformed" });
  });

  test("puts each rejection into the dead letter, with the source's name", async () => {
    const dead: unknown[] = [];
    const engine = await start({
      deadLetter: { put: ({ reason, index }, source) => dead.push([reason, index, source]) },
    });
    const outcome = await engine.ingest(payload(event("a"), { bad: 1 }, event("b")));
    expect(outcome).toMatchObject({ processed: 2, rejected: [{ index: 1, reason: "missing" }] });
    expect(dead).toEqual([["missing", 1, "ingest"]]);
  });

  test("refuses after stop, and settles what came before", async () => {
    const engine = await start({ ledger: memoryLedger() });
    const before = engine.ingest(payload(event("a")));
    const stopped = engine.stop();
    await expect(engine.ingest(payload(event("b")))).rejects.toMatchObject({ code: "stopping" });
    expect((await before).processed).toBe(1);
    await stopped;
  });
});
