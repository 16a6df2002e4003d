import { describe, expect, test } from "vitest";
import { boundedCount } from "./bounded-count.ts";
import { createCounterFold, NAMES_MAX } from "./counters.ts";
import { createGate } from "./gate.ts";
import { createHourly, HOUR_MS, HOURS_MAX } from "./hourly.ts";
import { createLatencies } from "./latency.ts";
import { BATCH_MAX, queueSource } from "./queue-source.ts";
import { decision } from "./testing/decision.ts";
import { volatileLedger } from "./volatile-ledger.ts";

describe("names from outside", () => {
  test("beyond the bound names are counted as other, known ones still by name", () => {
    const counts = boundedCount(2);
    for (const name of ["a", "b", "c", "a", "d", "__proto__"]) counts.add(name, 1);
    expect(counts.toRecord()).toEqual({ a: 2, b: 1, other: 3 });
    expect(boundedCount(2, counts.toRecord()).toRecord()).toEqual(counts.toRecord());
  });

  test("no more organisations than the bound are counted by name", () => {
    const fold = createCounterFold();
    for (let i = 0; i < NAMES_MAX.organisation + 5; i++) fold.add(decision({ org_id: `org-${i}` }));
    const { byOrganisation, total } = fold.state();
    expect(Object.keys(byOrganisation)).toHaveLength(NAMES_MAX.organisation + 1);
    expect(byOrganisation.other).toBe(5);
    expect(total).toBe(NAMES_MAX.organisation + 5);
  });

  test("a category counts once a decision, and only above one half", () => {
    const fold = createCounterFold();
    fold.add(decision({ scores: { prompt: { cbrn: 0.6, hate: 0.5 }, completion: { cbrn: 0.9, violence: 0.51 } } }));
    expect(fold.state().riskDetections).toEqual({ cbrn: 1, violence: 1 });
  });
});

describe("hours", () => {
  test("no hour is left out and the oldest come first", () => {
    const hourly = createHourly();
    hourly.add(decision({ action: "escalate", asl: { level: 3, triggers: [] } }), 0, 0);
    hourly.add(decision({ action: "block" }), 2 * HOUR_MS, 2 * HOUR_MS);
    expect(hourly.stats(3, 2 * HOUR_MS + 5)).toEqual({
      hours: ["1970-01-01T00:00:00.000Z", "1970-01-01T01:00:00.000Z", "1970-01-01T02:00:00.000Z"],
      event_counts: [1, 0, 1],
      blocked: [0, 0, 1],
      escalated: [1, 0, 0],
      asl: [1, 0, 0],
    });
  });

  test("a new hour pushes out the oldest, and an event of the far future none", () => {
    const hourly = createHourly();
    for (let hour = 0; hour <= HOURS_MAX; hour++) hourly.add(decision(), hour * HOUR_MS, hour * HOUR_MS);
    hourly.add(decision(), 1e15, HOURS_MAX * HOUR_MS);
    expect(hourly.state()).toHaveLength(HOURS_MAX);
    expect(hourly.state()[0]?.[0]).toBe(1);
  });
});

describe("what is in flight", () => {
  test("a gate bounds payloads and bytes, and lets one payload of any size into an empty one", async () => {
    const gate = createGate(2, 100);
    expect(gate.hasRoom(1000)).toBe(true);
    gate.take(60);
    expect([gate.hasRoom(40), gate.hasRoom(41)]).toEqual([true, false]);
    gate.take(10);
    expect(gate.hasRoom(0)).toBe(false);
    const order: string[] = [];
    const room = gate.room().then(() => order.push("room"));
    const idle = gate.idle().then(() => order.push("idle"));
    gate.release(60);
    await room;
    gate.release(10);
    await idle;
    expect(order).toEqual(["room", "idle"]);
  });

  test("the queue hands over what waits, in order, in batches of the contract's size, and drains before it ends", async () => {
    const queue = queueSource(1000, 1e6);
    const abort = new AbortController();
    for (let i = 0; i < 300; i++) void queue.offer(Uint8Array.of(i % 256));
    abort.abort();
    const batches: number[][] = [];
    for await (const batch of queue.read(abort.signal)) batches.push(batch.map(({ value }) => value[0] as number));
    expect(batches.map(({ length }) => length)).toEqual([BATCH_MAX, 300 - BATCH_MAX]);
    expect(batches.flat()).toEqual(Array.from({ length: 300 }, (_, i) => i % 256));
  });

  test("a ledger without a disk forgets the oldest keys beyond its bound", () => {
    const ledger = volatileLedger(2);
    const draft = (eventId: string) =>
      ({ type: "decision", json: "{}", key: { orgId: "o", eventId, digest: "0".repeat(64) } }) as const;
    expect(ledger.append(["a", "b", "c"].map(draft)).firstSeq).toBe(1);
    expect(["a", "b", "c"].map((id) => ledger.find("o", id)?.seq)).toEqual([undefined, 2, 3]);
  });

  test("a ledger without a disk knows exactly the events among its last records, however many came before", () => {
    const ledger = volatileLedger(7);
    for (let seq = 1; seq <= 100; seq++) {
      const key = { orgId: "o", eventId: `e${seq}`, digest: `${seq}` };
      ledger.append([{ type: "decision", json: `{"at":${seq}}`, key }]);
      const known = Array.from({ length: seq }, (_, at) => ledger.find("o", `e${at + 1}`)).filter((kept) => kept);
      expect(known.map((kept) => kept?.seq)).toEqual(Array.from({ length: seq }, (_, at) => at + 1).slice(-7));
      expect(known.at(-1)).toEqual({ seq, digest: `${seq}`, json: `{"seq":${seq},"type":"decision","at":${seq}}` });
    }
  });
});

test("latencies are told within one percent", () => {
  const latencies = createLatencies();
  expect(latencies.summary()).toEqual({ count: 0, p50: 0, p90: 0, p99: 0, max: 0 });
  for (let us = 1; us <= 10_000; us++) latencies.accept(us);
  const { count, p50, p99, max } = latencies.summary();
  expect({ count, max }).toEqual({ count: 10_000, max: 10_000 });
  expect(Math.abs(p50 / 5_000 - 1)).toBeLessThan(0.011);
  expect(Math.abs(p99 / 9_900 - 1)).toBeLessThan(0.011);
});
