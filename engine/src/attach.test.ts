import { describe, expect, test } from "vitest";
import type { Delivery, IngestOutcome, Rejection, Source } from "./contracts.ts";
import { createEngine } from "./engine.ts";
import type { EngineParts } from "./parts.ts";
import { event, payload } from "./testing/event.ts";
import { jsonDetector } from "./testing/json-detector.ts";
import { memoryLedger } from "./testing/memory-ledger.ts";
import { testPolicy } from "./testing/test-policy.ts";

const start = (parts: Partial<EngineParts> = {}) =>
  createEngine({ detector: jsonDetector(), policy: testPolicy(), ledger: memoryLedger(), ...parts });

/** A source of these payloads, one a batch, that notes how each delivery was settled. */
function listSource(payloads: readonly Uint8Array[], settled: string[], fails = false): Source<Uint8Array> {
  const deliver = (value: Uint8Array, at: number): Delivery<Uint8Array> => ({
    value,
    ack: (outcome: IngestOutcome) => settled.push(`${at} ack ${outcome.processed}`),
    retry: (delayMs) => settled.push(`${at} retry ${delayMs}`),
    reject: (rejections) => settled.push(`${at} reject ${rejections[0]?.reason}`),
  });
  return {
    name: "list",
    async *read() {
      for (const [at, value] of payloads.entries()) yield [deliver(value, at)];
      if (fails) throw new Error("connection reset");
    },
  };
}

describe("attach", () => {
  test("settles each delivery, in order, and resolves after the last", async () => {
    const settled: string[] = [];
    const engine = await start();
    await engine.attach(listSource([payload(event("a"), event("b")), Buffer.from("{"), payload(event("c"))], settled));
    expect(settled).toEqual(["0 ack 2", "1 reject malformed-json", "2 ack 1"]);
    await engine.stop();
  });

  test("refuses events of another organisation than the source vouches for, and decides those beside them", async () => {
    const put: string[] = [];
    const deadLetter = {
      put: ({ reason, event_id }: Rejection, from: string, bytes?: Uint8Array) =>
        void put.push(`${from} ${event_id} ${reason} ${bytes?.length}`),
    };
    const outcomes: IngestOutcome[] = [];
    const engine = await start({ deadLetter });
    const value = payload(event("mine"), event("theirs", { org_id: "other" }), event("mine too"));
    const ack = (outcome: IngestOutcome) => void outcomes.push(outcome);
    await engine.attach({
      name: "nats",
      async *read() {
        yield [{ value, orgId: "org-1", ack, retry() {}, reject() {} }];
      },
    });
    expect(outcomes[0]?.decisions.map(({ decision }) => decision.event_id)).toEqual(["mine", "mine too"]);
    expect(outcomes[0]?.rejected).toMatchObject([{ index: 1, field: "org_id", reason: "org-mismatch" }]);
    expect(engine.counters().rejected).toEqual({ "org-mismatch": 1 });
    expect(put).toEqual([`nats theirs org-mismatch ${value.length}`]);
    await engine.stop();
  });

  test("asks for deliveries again, ever later, while the ledger cannot write", async () => {
    let isBroken = false;
    const settled: string[] = [];
    const engine = await start({ ledger: memoryLedger({ fails: () => isBroken }) });
    isBroken = true;
    for (const id of ["a", "b", "c"]) await engine.attach(listSource([payload(event(id))], settled));
    expect(settled).toEqual(["0 retry 100", "0 retry 200", "0 retry 400"]);
    isBroken = false;
    await engine.stop();
  });

  test("a source that fails is said to be lost; others and ingest go on", async () => {
    const settled: string[] = [];
    const engine = await start();
    await expect(engine.attach(listSource([payload(event("a"))], settled, true))).rejects.toMatchObject({
      code: "source-lost",
    });
    expect(settled).toEqual(["0 ack 1"]);
    expect((await engine.ingest(payload(event("b")))).processed).toBe(1);
    await engine.stop();
    await expect(engine.attach(listSource([], settled))).rejects.toMatchObject({ code: "stopping" });
  });

  test("a delivery that fails to settle stops nothing, and is alerted", async () => {
    const alerts: string[] = [];
    const engine = await start({ onAlert: ({ code }) => alerts.push(code) });
    const broken: Source<Uint8Array> = {
      name: "broken",
      async *read() {
        const fail = () => {
          throw new Error("no connection");
        };
        yield [{ value: payload(event("a")), ack: fail, retry: fail, reject: fail }];
      },
    };
    await engine.attach(broken);
    expect(alerts).toEqual(["part-fault"]);
    expect((await engine.ingest(payload(event("b")))).processed).toBe(1);
    await engine.stop();
  });

  test("a slow ledger slows the source to what may be in flight", async () => {
    let inFlight = 0;
    let most = 0;
    const source: Source<Uint8Array> = {
      name: "many",
      async *read() {
        for (let at = 0; at < 40; at++) {
          inFlight += 1;
          most = Math.max(most, inFlight);
          const done = () => {
            inFlight -= 1;
          };
          yield [{ value: payload(event(`e-${at}`)), ack: done, retry: done, reject: done }];
        }
      },
    };
    const ledger = memoryLedger({ turns: () => 5 });
    const engine = await start({ ledger, options: { inFlightPayloadsMax: 3 } });
    await engine.attach(source);
    expect(most).toBe(3);
    await engine.stop();
  });

  test("the end of a replay closes all windows, and its decisions hold no clock", async () => {
    const engine = await start({ options: { replay: true } });
    const sizes: number[] = [];
    engine.windows$.subscribe((results) => sizes.push(...results.map(({ sizeMs }) => sizeMs)));
    const decided: string[] = [];
    engine.recorded$.subscribe((batch) => decided.push(...batch.map(({ decision }) => decision.decided_at)));
    await engine.attach(listSource([payload(event("a"))], []));
    expect(sizes).toEqual([10_000, 60_000, 3_600_000]);
    expect(decided).toEqual(["2026-01-31T12:00:00Z"]);
    await engine.stop();
  });

  test("stop ends a source that listens and settles what it had brought", async () => {
    const settled: string[] = [];
    const engine = await start();
    const source: Source<Uint8Array> = {
      name: "endless",
      async *read(signal) {
        yield* listSource([payload(event("a"))], settled).read(signal);
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
    };
    const attached = engine.attach(source);
    await new Promise((resolve) => setImmediate(resolve));
    await engine.stop();
    await attached;
    expect(settled).toEqual(["0 ack 1"]);
  });
});
