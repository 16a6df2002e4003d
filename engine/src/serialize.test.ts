import { DISGUISES, ENCODINGS } from "@sluice/core-wasm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ACTIONS, type ContextMatch, type Decision, type DecisionMatch, SEVERITIES } from "./contracts.ts";
import { createSerializer, quote, serializeDecision } from "./serialize.ts";
import { decisionOfRecord } from "./stored-decision.ts";
import { decision } from "./testing/decision.ts";

const text = fc.string({ unit: "binary" });
const side = fc.constantFrom("prompt" as const, "completion" as const);
const decimal = fc.integer({ min: 0, max: 10_000 }).map((score) => score / 10_000);
const name = fc.stringMatching(/^[a-z_]{1,12}$/);
const span = { rule: text, field: side, start: fc.nat(), end: fc.nat() };
const disguise = fc.subarray([...DISGUISES], { minLength: 1 });
const decoded = fc.constantFrom(...ENCODINGS);
const MATCH_KEYS: (keyof DecisionMatch)[] = ["category", "rule", "field", "start", "end"];
const CONTEXT_KEYS: (keyof ContextMatch)[] = ["context", "rule", "field", "start", "end"];
const words = fc.record({ category: text, field: side, start: fc.nat(), end: fc.nat() });
const release = fc.constantFrom("as_is" as const, "redacted" as const, "withheld" as const);

const decisions: fc.Arbitrary<Decision> = fc
  .record({
    ids: fc.record({ event_id: text, user_id: text, org_id: text, surface: text, tier: text }),
    models: fc.record({ model_version: text, conversation_id: text }, { requiredKeys: [] }),
    action: fc.constantFrom(...ACTIONS),
    severity: fc.constantFrom(...SEVERITIES),
    risk: decimal,
    scores: fc.record({ prompt: fc.dictionary(name, decimal), completion: fc.dictionary(name, decimal) }),
    matches: fc.array(fc.record({ category: text, ...span, disguise, decoded }, { requiredKeys: MATCH_KEYS }), {
      maxLength: 3,
    }),
    more: fc.record(
      {
        contexts: fc.array(fc.record({ context: text, ...span, decoded }, { requiredKeys: CONTEXT_KEYS })),
        matches_truncated: fc.constant(true as const),
        model: fc.record({ overall: decimal, words: fc.array(words, { maxLength: 2 }) }),
      },
      { requiredKeys: [] },
    ),
    asl: fc.option(fc.record({ level: fc.nat(9), triggers: fc.array(text) })),
    released: fc.record({ prompt: release, completion: release }),
    synthetic: fc.boolean(),
  })
  .map(({ ids, models, more, synthetic, ...rest }) => {
    const { decision_id, revision, timestamp, decided_at, intervention, ...base } = decision();
    const { action, severity, risk, scores, matches, asl, released } = rest;
    const { event_id, ...others } = ids;
    const { reasons, policy, pack, state_revision, latency_us, mode } = base;
    const head = { decision_id, event_id, revision, timestamp, decided_at, ...others, ...models };
    const tail = { asl, reasons, released, policy, pack, state_revision, latency_us, mode };
    const flag = synthetic ? { synthetic: true as const } : {};
    return { ...head, action, severity, intervention, risk, scores, matches, ...more, ...tail, ...flag };
  })
  .map(({ user_id, org_id, surface, tier, ...rest }) => ({ ...orderIds(rest, { user_id, org_id, surface, tier }) }));

/** The order of the contract: the caller's ids after `decided_at`. */
function orderIds(rest: Record<string, unknown>, ids: Record<string, unknown>): Decision {
  const entries = Object.entries(rest);
  const at = entries.findIndex(([key]) => key === "decided_at") + 1;
  return Object.fromEntries([
    ...entries.slice(0, at),
    ...Object.entries(ids),
    ...entries.slice(at),
  ]) as unknown as Decision;
}

test("the text is that of JSON.stringify, and reads back from a record", () => {
  fc.assert(
    fc.property(decisions, (made) => {
      const json = serializeDecision(made);
      expect(json).toBe(JSON.stringify(made));
      const read = decisionOfRecord(`{"seq":1,"type":"decision",${json.slice(1, -1)},"claimed":{}}`);
      expect(JSON.stringify(read)).toBe(json);
    }),
  );
});

test("a stream of decisions that share members gives the same text as each by itself", () => {
  const serialize = createSerializer();
  fc.assert(
    fc.property(fc.array(decisions, { maxLength: 4 }), decisions, (list, shared) => {
      for (const made of list) {
        const sharing = { ...made, reasons: shared.reasons, scores: shared.scores, matches: shared.matches };
        for (const each of [made, sharing, sharing]) expect(serialize(each)).toBe(JSON.stringify(each));
      }
    }),
  );
});

test("any string is quoted as JSON.stringify does", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
      (value) => {
        expect(quote(value)).toBe(JSON.stringify(value));
      },
    ),
  );
});

test("a record that is no decision is said to be corrupt", () => {
  for (const json of ["{", "{}"]) {
    expect(() => decisionOfRecord(json)).toThrow(expect.objectContaining({ code: "ledger-corrupt" }));
  }
});
