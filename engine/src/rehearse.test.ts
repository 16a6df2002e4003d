import { expect, test } from "vitest";
import type { Alert, Engine, RecordedDecision } from "./contracts.ts";
import { createEngine } from "./engine.ts";
import { event } from "./testing/event.ts";
import { jsonDetector } from "./testing/json-detector.ts";
import { memoryLedger } from "./testing/memory-ledger.ts";
import { testPolicy } from "./testing/test-policy.ts";

const rehearsed = [
  event("a"),
  event("a"), // a repeat
  event("a", { prompt: "other" }), // the same id again
  event("b", { prompt: "bomb" }),
  event("c", { tier: "broken" }),
  event("d", { prompt: "trap" }),
  { event_id: "e" },
].map((each) => Buffer.from(JSON.stringify(each)));

const stateOf = (engine: Engine) => ({
  counters: engine.counters(),
  latency: engine.latency(),
  metrics: engine.metrics(),
  parts: engine.parts(),
  stats: engine.hourlyStats(24),
});

test("a rehearsal leaves no record, counter, latency, key or alert", async () => {
  const ledger = memoryLedger();
  const [alerts, published]: [Alert[], RecordedDecision[]] = [[], []];
  const clock = { nowMs: () => Date.UTC(2026, 0, 31, 12), monotonicUs: () => performance.now() * 1000 };
  const parts = { detector: jsonDetector(), policy: testPolicy(), clock, ledger };
  const engine = await createEngine({ ...parts, onAlert: (alert) => alerts.push(alert) });
  engine.recorded$.subscribe((batch) => published.push(...batch));
  const before = stateOf(engine);
  await engine.rehearse(rehearsed);
  expect(stateOf(engine)).toEqual(before);
  expect(ledger.records.map(({ type }) => type)).toEqual(["start"]);
  expect([alerts, published]).toEqual([[], []]);

  const outcome = await engine.ingest(rehearsed[0] as Buffer);
  expect(outcome).toMatchObject({ processed: 1, duplicates: 0 });
  expect(engine.latency().count).toBe(1);
  await engine.stop();
});
