import { describe, expect, test, vi } from "vitest";
import type { Alert, Decision, OpinionPolicy } from "./contracts.ts";
import { createEngine } from "./engine.ts";
import type { OpinionCall } from "./opinion.ts";
import type { EngineParts } from "./parts.ts";
import { event, payload } from "./testing/event.ts";
import { jsonDetector } from "./testing/json-detector.ts";
import { type MemoryLedger, memoryLedger } from "./testing/memory-ledger.ts";
import { callOf, scriptedOpinion } from "./testing/scripted-opinion.ts";
import { testPolicy } from "./testing/test-policy.ts";

/** Asked about whatever was found, and about the word "odd"; 0.8 raises to block, less than 0.2 lowers to allow. */
const opinionPolicy: OpinionPolicy = {
  termsOf: ({ action }) => (action === "block" ? undefined : { category: "violence", field: "prompt" }),
  revise({ reasons, action: before }, _terms, { judge, score }) {
    if (score >= 0.2 && score < 0.8) return undefined;
    const action = score >= 0.8 ? "block" : "allow";
    const release = action === "block" ? "withheld" : "as_is";
    const reason = { code: "second-opinion", category: "violence", score, action, judge, before } as const;
    return { action, released: { prompt: release, completion: release }, reasons: [...reasons, reason] };
  },
};
const policy = testPolicy({ opinion: opinionPolicy });

async function start(ledger: MemoryLedger, parts: Partial<EngineParts> = {}) {
  const opinion = scriptedOpinion();
  const engine = await createEngine({ detector: jsonDetector(), policy, ledger, secondOpinion: opinion, ...parts });
  const published: { readonly seq: number; readonly decision: Decision; readonly total: number }[] = [];
  engine.recorded$.subscribe((batch) => {
    const { total } = engine.counters();
    published.push(...batch.map(({ seq, decision }) => ({ seq, decision, total })));
  });
  return { engine, opinion, published };
}
const members = (ledger: MemoryLedger) =>
  ledger.records.map(({ json }) => JSON.parse(json) as Readonly<Record<string, unknown>>);
const callWithout = (outcome: OpinionCall["outcome"]): OpinionCall => {
  const { score: _score, ...call } = callOf({ outcome });
  return call;
};
const grey = (id: string) => event(id, { prompt: "a grey cat" });

describe("a second opinion", () => {
  test("is asked once the first decision is recorded and answered, and becomes revision 1", async () => {
    const ledger = memoryLedger();
    const { engine, opinion, published } = await start(ledger);
    const outcome = await engine.ingest(payload(grey("a")));
    expect(outcome.decisions[0]?.decision).toMatchObject({ revision: 0, action: "redact" });
    expect(opinion.waiting).toHaveLength(1);
    const { question, answered } = opinion.waiting[0]!;
    expect(Buffer.from(question.prompt).toString()).toBe("a grey cat");
    answered(callOf());
    await ledger.flush();
    await vi.waitFor(() => expect(published).toHaveLength(2));
    const [, , revision, call] = members(ledger);
    expect(revision).toMatchObject({
      ...{ seq: 3, type: "decision", event_id: "a", revision: 1, action: "block", latency_us: 12_500 },
      ...{ scores: { prompt: { violence: 0.3 }, completion: {} }, released: { prompt: "withheld" } },
      reasons: [{ code: "threshold" }, { code: "second-opinion", before: "redact", action: "block" }],
    });
    expect(revision?.decision_id).not.toBe(outcome.decisions[0]?.decision.decision_id);
    expect(call).toEqual({
      ...{ seq: 4, type: "opinion", at: expect.any(String), org_id: "org-1", event_id: "a", category: "violence" },
      ...{ decision_id: outcome.decisions[0]?.decision.decision_id, field: "prompt", judge: "scripted" },
      ...{ outcome: "scored", score: 0.9, before: "redact", action: "block", cached: false, latency_ms: 12.5 },
      ...{ sent_bytes: 5, sent_digest: `sha256:${"3".repeat(64)}` },
    });
    expect(published.map(({ seq, decision }) => [seq, decision.revision])).toEqual([
      [2, 0],
      [3, 1],
    ]);
    await engine.stop();
  });

  test("counts an event once, in counters, hours and windows, and after a restart", async () => {
    const ledger = memoryLedger();
    const { engine, opinion } = await start(ledger);
    const now = new Date().toISOString();
    await engine.ingest(payload({ ...grey("a"), timestamp: now }, { ...grey("b"), timestamp: now }));
    for (const { answered } of [...opinion.waiting]) answered(callOf());
    await engine.stop();
    const before = engine.counters();
    expect(before).toMatchObject({ total: 2, actions: { redact: 2, block: 0 } });
    expect(engine.hourlyStats(1)).toMatchObject({ event_counts: [2], blocked: [0] });
    const again = await start(ledger);
    expect(again.engine.counters()).toEqual(before);
    expect(again.engine.hourlyStats(1)).toMatchObject({ event_counts: [2], blocked: [0] });
    await again.engine.stop();
  });

  test("leaves a repeat its first answer", async () => {
    const ledger = memoryLedger();
    const { engine, opinion } = await start(ledger);
    const first = await engine.ingest(payload(grey("a")));
    opinion.waiting[0]!.answered(callOf({ score: 0.1 }));
    await ledger.flush();
    const repeat = await engine.ingest(payload(grey("a")));
    expect(repeat).toMatchObject({ duplicates: 1, actions: { redact: 1 } });
    expect(repeat.decisions[0]?.decision).toEqual(first.decisions[0]?.decision);
    expect(opinion.waiting).toEqual([]);
    await engine.stop();
  });

  test.each([
    ["that changes nothing", callOf({ score: 0.5 }), { outcome: "scored", before: "redact", action: "redact" }],
    ["that did not come in time", callWithout("timeout"), { outcome: "timeout" }],
  ] as const)("%s is a record and no revision", async (_name, call, record) => {
    const ledger = memoryLedger();
    const { engine, opinion } = await start(ledger);
    await engine.ingest(payload(grey("a")));
    opinion.waiting[0]!.answered(call);
    await engine.stop();
    expect(ledger.records.map(({ type }) => type)).toEqual(["start", "decision", "opinion"]);
    expect(members(ledger)[2]).toMatchObject(record);
  });

  test("brings the text of an event that it flags first", async () => {
    const ledger = memoryLedger();
    const append = vi.spyOn(ledger, "append");
    const { engine, opinion } = await start(ledger);
    await engine.ingest(payload(event("a", { prompt: "a novel idea" })));
    opinion.waiting[0]!.answered(callOf());
    const [revision] = append.mock.lastCall![0];
    expect(Buffer.from(revision!.text!.prompt).toString()).toBe("a novel idea");
    await engine.stop();
  });

  test("is not asked for when the first decision could not be recorded", async () => {
    let isFailing = true;
    const ledger = memoryLedger({ fails: () => isFailing });
    isFailing = false;
    const { engine, opinion } = await start(ledger);
    isFailing = true;
    await expect(engine.ingest(payload(grey("a")))).rejects.toThrow();
    isFailing = false;
    expect(opinion.waiting).toEqual([]);
    expect(opinion.reservedBytes).toBe(0);
    await engine.stop();
  });

  test("that cannot be recorded is told of, and the first decision stands", async () => {
    let isFailing = false;
    const ledger = memoryLedger({ fails: () => isFailing });
    const alerts: Alert["code"][] = [];
    const { engine, opinion } = await start(ledger, { onAlert: ({ code }) => alerts.push(code) });
    await engine.ingest(payload(grey("a")));
    isFailing = true;
    opinion.waiting[0]!.answered(callOf());
    await vi.waitFor(() => expect(alerts).toContain("part-fault"));
    isFailing = false;
    expect(ledger.find("org-1", "a")?.json).toContain('"revision":0');
    expect((await engine.ingest(payload(grey("a")))).duplicates).toBe(1);
    await engine.stop();
  });

  test("under way at the stop is recorded as aborted, with what was skipped", async () => {
    const ledger = memoryLedger();
    const { engine, opinion } = await start(ledger);
    await engine.ingest(payload(grey("a")));
    opinion.skipped = { over_budget: 2, paused: 0, shed: 1 };
    await engine.stop();
    const [aborted, skipped] = members(ledger).slice(-2);
    expect(aborted).toMatchObject({ type: "opinion", event_id: "a", outcome: "aborted" });
    expect(skipped).toMatchObject({ outcome: "skipped", judge: "scripted", skipped: { over_budget: 2, shed: 1 } });
  });

  test("is asked for neither in a replay, nor about what is evaluated and not recorded", async () => {
    const ledger = memoryLedger();
    const { engine, opinion } = await start(ledger, { options: { replay: true } });
    await engine.ingest(payload(grey("a")));
    engine.evaluate(grey("b"));
    await engine.stop();
    expect(opinion.waiting).toEqual([]);
    expect(ledger.records.map(({ type }) => type)).toEqual(["start", "decision"]);
  });

  test("is the same to the engine whether nobody is there to ask or the policy asks nobody", async () => {
    const ledger = memoryLedger();
    const { engine, opinion } = await start(ledger, { policy: testPolicy() });
    await engine.ingest(payload(grey("a"), event("b")));
    expect(opinion.waiting).toEqual([]);
    await engine.stop();
  });
});
