import type { Decision, LogEntry, OpinionCall, OpinionQuestion } from "@sluice/engine";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type AskerOptions, createOpinionAsker, type OpinionAsker } from "./asker.ts";
import { createBreaker } from "./breaker.ts";
import { createBudget } from "./budget.ts";
import { type JudgedText, JudgeFault, type Judgement, type SecondJudge } from "./contracts.ts";
import { createVerdictCache } from "./verdict-cache.ts";

interface Ask {
  readonly text: JudgedText;
  readonly signal: AbortSignal;
  readonly resolve: (judgement: Judgement) => void;
  readonly reject: (error: unknown) => void;
}
/** Keeps what it is asked until the test answers. */
function patientJudge(): SecondJudge & { readonly asked: Ask[] } {
  const asked: Ask[] = [];
  return {
    name: "patient",
    model: "p-1",
    asked,
    judges: () => true,
    ask: (text, _category, signal) => new Promise((resolve, reject) => asked.push({ text, signal, resolve, reject })),
  };
}

let asker: OpinionAsker;
afterEach(() => asker.close());
function start(options: Partial<AskerOptions> = {}) {
  const judge = patientJudge();
  const calls: OpinionCall[] = [];
  const log: LogEntry[] = [];
  asker = createOpinionAsker({ judge, log: (entry) => log.push(entry), ...options });
  const ask = (prompt: string, category = "hate") => {
    const bytes = Buffer.from(prompt);
    if (!asker.reserve(bytes.length)) return false;
    const terms = { category, field: "prompt" } as const;
    const question: OpinionQuestion = { decision: {} as Decision, terms, prompt: bytes, completion: Buffer.alloc(0) };
    asker.ask(question, (call) => calls.push(call));
    return true;
  };
  return { judge, calls, log, ask };
}
const value = (name: string) => {
  const family = asker.report.metrics().find((metric) => metric.name === name);
  return family?.type === "histogram" ? undefined : family?.samples[0]?.value;
};
const turn = () => new Promise((resolve) => setImmediate(resolve));
const scored = (score: number): Judgement => ({ kind: "score", score });

describe("an asker", () => {
  test("sends masked text, and tells what was sent without saying it", async () => {
    const { judge, calls, ask } = start();
    ask("I am jo@example.org");
    expect(judge.asked).toEqual([]); // never in the turn of the question
    await turn();
    expect(judge.asked[0]?.text).toEqual({ prompt: "I am [email]", completion: "", field: "prompt" });
    judge.asked[0]?.resolve({ kind: "score", score: 0.123456, tokens: 9 });
    await turn();
    expect(calls).toEqual([
      {
        ...{ judge: "patient", model: "p-1", outcome: "scored", score: 0.1235, tokens: 9, isCached: false },
        ...{ latencyMs: expect.any(Number), sentBytes: 41, sentDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      },
    ]);
    expect(asker.report.state()).toEqual({ state: "ready", detail: "patient p-1, 0 waiting" });
  });

  test("remembers a verdict for the same text and category, for a while", async () => {
    const { judge, calls, ask } = start({ cacheMs: 60_000 });
    ask("same");
    await turn();
    judge.asked[0]?.resolve(scored(0.5));
    await turn();
    ask("same");
    ask("same", "violence");
    await turn();
    expect(judge.asked).toHaveLength(2);
    expect(calls[1]).toMatchObject({ outcome: "scored", score: 0.5, isCached: true, latencyMs: 0 });
    expect(value("sluice_second_opinion_cached_total")).toBe(1);
  });

  test("has so many calls under way, and so many questions waiting; more are shed and counted", async () => {
    const { judge, ask } = start({ concurrencyMax: 2, questionsMax: 4, questionBytesMax: 100 });
    expect(["a", "b", "c", "d", "e"].map((text) => ask(text))).toEqual([true, true, true, true, false]);
    await turn();
    expect(judge.asked).toHaveLength(2);
    judge.asked[0]?.resolve(scored(0));
    await turn();
    expect(judge.asked).toHaveLength(3);
    expect(ask("x".repeat(98))).toBe(false);
    expect(ask("x".repeat(97))).toBe(true);
    expect(asker.takeSkipped()).toEqual({ over_budget: 0, paused: 0, shed: 2 });
    expect(asker.takeSkipped()).toEqual({ over_budget: 0, paused: 0, shed: 0 });
    expect(value("sluice_second_opinion_running")).toBe(2);
    expect(value("sluice_second_opinion_waiting")).toBe(2);
  });

  test("skips what is over the budget, without masking or waiting", async () => {
    const { judge, calls, ask } = start({ callsPerMinuteMax: 2 });
    for (const text of ["a", "b", "c", "d"]) ask(text);
    await turn();
    expect(judge.asked).toHaveLength(2);
    expect(asker.takeSkipped()).toMatchObject({ over_budget: 2 });
    for (const { resolve } of judge.asked) resolve(scored(0));
    await turn();
    expect(calls).toHaveLength(2);
    expect(value("sluice_second_opinion_waiting")).toBe(0);
  });

  test("ends a call that takes too long, and lets a late answer go", async () => {
    const { judge, calls, ask } = start({ timeoutMs: 30 });
    ask("slow");
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    expect(calls[0]).toMatchObject({ outcome: "timeout" });
    expect(calls[0]?.score).toBeUndefined();
    expect(judge.asked[0]?.signal.aborted).toBe(true);
    judge.asked[0]?.resolve(scored(1));
    await turn();
    expect(calls).toHaveLength(1);
  });

  test.each([
    ["a fault of the judge", new JudgeFault("refused", "no"), { outcome: "fault", detail: "refused" }],
    ["anything else that is thrown", new Error("odd"), { outcome: "fault", detail: "unknown" }],
  ])("tells of %s", async (_name, error, call) => {
    const { judge, calls, ask } = start();
    ask("a");
    await turn();
    judge.asked[0]?.reject(error);
    await turn();
    expect(calls[0]).toMatchObject(call);
  });

  test.each([
    ["none", { kind: "none", detail: "no-verdict" }, "no-verdict"],
    ["one that is no number", { kind: "score", score: Number.NaN }, "score-out-of-range"],
    ["one out of range", { kind: "score", score: 1.5 }, "score-out-of-range"],
  ] as const)("takes a score that is %s for no opinion, and does not remember it", async (_name, judgement, detail) => {
    const { judge, calls, ask } = start();
    for (let round = 0; round < 2; round += 1) {
      ask("a");
      await turn();
      judge.asked[round]?.resolve(judgement);
      await turn();
    }
    expect(calls).toMatchObject([{ outcome: "no-opinion", detail, isCached: false }, { outcome: "no-opinion" }]);
  });

  test("leaves a failing judge alone, tries one call later, and goes on when that is answered", async () => {
    const { judge, calls, log, ask } = start({ faultsMax: 2, pauseMs: 300 });
    for (const text of ["a", "b", "c"]) {
      ask(text);
      await turn();
      judge.asked.at(-1)?.reject(new JudgeFault("unreachable", "gone"));
      await turn();
    }
    expect(judge.asked).toHaveLength(2);
    expect(asker.takeSkipped()).toMatchObject({ paused: 1 });
    expect(asker.report.state()).toMatchObject({ state: "failed", detail: expect.stringContaining("asked again in") });
    expect(value("sluice_second_opinion_paused")).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 350));
    for (const text of ["d", "e"]) ask(text);
    await turn();
    expect(judge.asked).toHaveLength(3); // one trial alone
    judge.asked[2]?.resolve(scored(0.1));
    await turn();
    ask("f");
    await turn();
    expect(judge.asked).toHaveLength(4);
    expect(asker.report.state().state).toBe("ready");
    expect(log.map(({ level, event }) => `${level} ${event}`)).toEqual([
      "warn second-opinion-paused",
      "info second-opinion-resumed",
    ]);
    expect(log[0]?.fields).toMatchObject({ judge: "patient", reason: "unreachable" });
    expect(calls.map(({ outcome }) => outcome)).toEqual(["fault", "fault", "scored"]);
  });

  test("leaves it alone at once when it asks for that", async () => {
    const { judge, ask } = start({ faultsMax: 5 });
    ask("a");
    await turn();
    judge.asked[0]?.reject(new JudgeFault("limited", "no more", 90_000));
    await turn();
    ask("b");
    await turn();
    expect(judge.asked).toHaveLength(1);
    expect(asker.report.state().detail).toMatch(/asked again in (89|90) s/);
  });

  test("answers what is under way as aborted when it stops, at once, and takes nothing more", async () => {
    const { judge, calls, ask } = start({ concurrencyMax: 1 });
    ask("a");
    ask("b");
    await turn();
    asker.stop();
    expect(calls).toMatchObject([{ outcome: "aborted" }]);
    expect(judge.asked[0]?.signal.aborted).toBe(true);
    expect(ask("c")).toBe(false);
    asker.stop();
    await turn();
    expect(calls).toHaveLength(1);
    expect(asker.report.state().state).toBe("stopped");
    expect(value("sluice_second_opinion_waiting")).toBe(0);
  });
});

test("a budget is filled again by the minute, and never above it", () => {
  const budget = createBudget(2);
  expect([0, 1, 2, 30_002, 30_003, 900_000, 900_001, 900_002].map((nowMs) => budget.take(nowMs))).toEqual([
    ...[true, true, false, true, false],
    ...[true, true, false],
  ]);
});

test("a breaker's pauses double up to a bound, and end with a success", () => {
  const breaker = createBreaker({ faultsMax: 1, pauseMs: 10, pauseMsMax: 35 });
  const pauses: number[] = [];
  let nowMs = 0;
  for (let round = 0; round < 4; round += 1) {
    expect(breaker.allows(nowMs)).toBe(true);
    expect(breaker.failed(nowMs)).toBe(true);
    pauses.push(breaker.pausedMs(nowMs));
    expect(breaker.allows(nowMs + breaker.pausedMs(nowMs) - 1)).toBe(false);
    nowMs += breaker.pausedMs(nowMs);
  }
  expect(pauses).toEqual([10, 20, 35, 35]);
  expect(breaker.allows(nowMs)).toBe(true);
  breaker.succeeded();
  expect([breaker.isOpen, breaker.allows(nowMs), breaker.allows(nowMs)]).toEqual([false, true, true]);
});

test("a cache holds so many verdicts, the newest, and each for so long", () => {
  const cache = createVerdictCache(2, 100);
  const verdict = { score: 1, sentBytes: 1, sentDigest: "" };
  for (const [at, key] of ["a", "b", "a", "c"].entries()) cache.put(key, verdict, at);
  expect(cache.size).toBe(2);
  expect(["a", "b", "c"].map((key) => cache.get(key, 50) !== undefined)).toEqual([true, false, true]);
  expect(cache.get("a", 102)).toBeUndefined();
  expect(cache.get("c", 102)).toBeDefined();
});
