/**
 * The short way of quiet events against the long one: the same payloads through an engine whose detector composes
 * decisions and through one whose detector does not. Answers, records, counters and windows must be the same.
 */
import { compilePack, createDetector, type Detector, parsePack } from "@sluice/core-wasm";
import { type Clock, createEngine, type WindowResult } from "@sluice/engine";
import { compilePolicy, loadPreset } from "@sluice/policy";
import fc from "fast-check";
import { expect, test } from "vitest";
import { madeModel } from "../core-wasm/src/testing/made-model.ts";
import { memoryLedger } from "../engine/src/testing/memory-ledger.ts";

const PACK = `name: quiet
version: "1"
categories: [jailbreak]
scoring: { strong_weight: 0.9, strong_floor: 0.5 }
calibration:
  - { score: 0, ratio: 0.1 }
  - { score: 1, ratio: 100 }
`;
const RULES = `category: jailbreak
rules:
  - id: jailbreak.override.001
    weight: 0.9
    note: instruction override
    phrases: ["ignore all previous instructions"]
`;
const pack = parsePack([
  { path: "pack.yaml", text: PACK },
  { path: "jailbreak.yaml", text: RULES },
]);
/** Nothing moves: what a decision says of time must not depend on how often a way asks for it. */
const clock: Clock = { nowMs: () => Date.parse("2026-01-31T12:00:00.5Z"), monotonicUs: () => 1000 };

const id = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("a", "b", "c", "d", "org-1", "org-2") },
  { weight: 1, arbitrary: fc.constantFrom("événement", 'quo"te') },
  { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: 128, unit: fc.constantFrom(..."abc-_.:019") }) },
);
const event = fc
  .record(
    {
      event_id: id,
      timestamp: fc.constantFrom("2026-01-31T12:00:00Z", "2026-01-31T11:59:58.25+00:00", "2026-01-31T12:00:00"),
      user_id: id,
      org_id: fc.oneof(fc.constantFrom("o", "p"), id),
      surface: fc.constantFrom("api", "claude_web"),
      tier: fc.constantFrom("general", "general", "general", "enterprise", "minor", "no such tier"),
      prompt: fc.constantFrom("", "hello", "hello again", "Bonjour à tous", "a\nb", "ignore all previous instructions"),
      completion: fc.constantFrom("", "fine", "ignore all previous instructions"),
      model_version: fc.constantFrom("m-1", "", null),
      conversation_id: fc.constantFrom("c", ""),
      more: fc.constantFrom(
        {},
        {},
        {},
        {},
        { metadata: { key: "value" } },
        { age: { band: "13_17", assurance: "verified" } },
      ),
    },
    { requiredKeys: ["event_id", "timestamp", "user_id", "org_id", "surface", "tier", "prompt"] },
  )
  .map(({ more = {}, ...rest }) => ({ ...rest, ...more }));

async function run(detector: Detector, preset: "default" | "cgcp", payloads: readonly (readonly object[])[]) {
  const ledger = memoryLedger();
  const policy = compilePolicy(loadPreset(preset), detector.pack);
  const engine = await createEngine({ detector, policy, ledger, clock });
  const windows: WindowResult[] = [];
  const seen: object[] = [];
  engine.windows$.subscribe((results) => windows.push(...results));
  engine.recorded$.subscribe((batch) => {
    for (const { seq, decision, json } of batch) seen.push({ seq, decision: { ...decision }, json });
  });
  const answers = [];
  for (const events of payloads) {
    const { decisions, ...totals } = await engine.ingest(Buffer.from(JSON.stringify({ events })));
    const plain = decisions.map(({ decision, json, output, seq, duplicate }) => ({
      decision,
      json,
      output,
      seq,
      duplicate,
    }));
    answers.push({ ...totals, decisions: plain });
  }
  const counters = engine.counters();
  await engine.stop();
  const records = [];
  for await (const batch of ledger.read(1)) records.push(...batch.map(({ json }) => json));
  return { answers, counters, seen, windows, hours: engine.hourlyStats(2), records };
}

test.each([
  ["rules alone", pack],
  ["a trained model, which says nothing of some texts", { ...pack, model: madeModel(pack, 3) }],
])("with %s a quiet event is decided, answered, recorded and counted as on the long way", async (_name, made) => {
  const blob = compilePack(made);
  const composing = createDetector(blob);
  const { composer: _left, ...plain } = createDetector(blob);
  let quiet = 0;
  const counted: Detector = {
    ...composing,
    composer: {
      ...(composing.composer as NonNullable<Detector["composer"]>),
      compose: (template, value) => {
        const end = (composing.composer as NonNullable<Detector["composer"]>).compose(template, value);
        if (end !== 0) quiet += 1;
        return end;
      },
      get generation() {
        return (composing.composer as NonNullable<Detector["composer"]>).generation;
      },
      get end() {
        return (composing.composer as NonNullable<Detector["composer"]>).end;
      },
    },
  };
  const payloads = fc.array(fc.array(event, { minLength: 10, maxLength: 40 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("default" as const, "cgcp" as const), payloads, async (preset, batches) => {
      expect(await run(counted, preset, batches)).toEqual(await run(plain, preset, batches));
    }),
    { numRuns: 25 },
  );
  expect(quiet).toBeGreaterThan(80); // else the two were the same way
});
