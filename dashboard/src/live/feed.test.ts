import type { Decision } from "@sluice/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decisionOf } from "../decisions/decision-sample.ts";
import { liveFeed } from "./feed.ts";
import type { Frame } from "./frames.ts";

const frame = (prev: number, seq: number, decisions: readonly Decision[] = [decisionOf()]): Frame => ({
  type: "decisions",
  seq,
  prev,
  decisions,
});

test("totals start from the snapshot and grow by what is handed over", () => {
  const feed = liveFeed();
  feed.push({ type: "snapshot", seq: 10, counters: { total: 8, aslTriggers: 1 } });
  feed.push(frame(10, 12, [decisionOf({ action: "block", asl: { level: 3, triggers: ["cbrn"] } }), decisionOf()]));
  expect(feed.totals).toMatchObject({ total: 10, aslTriggers: 2, actions: { block: 1, allow: 1 } });
  expect(feed.lastSeq).toBe(12);
});

test("totals count an event once: a revision of its decision is handed over and adds nothing", () => {
  const feed = liveFeed();
  feed.push({ type: "snapshot", seq: 10, counters: { total: 8 } });
  const step = feed.push(frame(10, 12, [decisionOf(), decisionOf({ revision: 1, action: "block" })]));
  expect(step.decisions).toHaveLength(2);
  expect(feed.totals).toMatchObject({ total: 9, actions: { allow: 1, block: 0 } });
});

test("a frame that does not follow on the last one leaves a gap of what lies between", () => {
  const feed = liveFeed();
  feed.push({ type: "snapshot", seq: 100, counters: {} });
  feed.push(frame(100, 119));
  feed.push(frame(180, 181));
  expect(feed.gaps).toEqual([{ from: 120, to: 180 }]);
});

test("an announced gap is kept once, whatever the next frame names as the one before", () => {
  for (const prev of [119, 180]) {
    const feed = liveFeed();
    feed.push({ type: "snapshot", seq: 119, counters: {} });
    feed.push({ type: "gap", from: 120, to: 180 });
    expect(feed.push(frame(prev, 181)).decisions).toHaveLength(1);
    expect(feed.gaps).toEqual([{ from: 120, to: 180 }]);
  }
});

test("a snapshot after a resumed connection changes nothing that was counted", () => {
  const feed = liveFeed();
  feed.push({ type: "snapshot", seq: 10, counters: { total: 10 } });
  feed.push(frame(10, 11));
  feed.push({ type: "snapshot", seq: 15, counters: { total: 15 } });
  feed.push(frame(11, 15, [decisionOf(), decisionOf(), decisionOf(), decisionOf()]));
  expect(feed.totals.total).toBe(15);
  expect(feed.gaps).toEqual([]);
});

test("a snapshot from before the last sequence means a new ledger: all begins again", () => {
  const feed = liveFeed();
  feed.push({ type: "snapshot", seq: 100, counters: { total: 100 } });
  feed.push({ type: "gap", from: 101, to: 110 });
  expect(feed.push({ type: "snapshot", seq: 3, counters: { total: 3 } }).restarted).toBe(true);
  expect(feed.totals.total).toBe(3);
  expect(feed.gaps).toEqual([]);
});

test("a frame that was seen already brings nothing", () => {
  const feed = liveFeed();
  feed.push({ type: "snapshot", seq: 5, counters: {} });
  feed.push(frame(5, 9));
  expect(feed.push(frame(5, 9)).decisions).toEqual([]);
  expect(feed.totals.total).toBe(1);
});

test("a gap that was dealt with is announced no longer", () => {
  const feed = liveFeed();
  feed.push({ type: "gap", from: 1, to: 4 });
  feed.closeGap({ from: 1, to: 4 });
  expect(feed.gaps).toEqual([]);
});

test("more gaps than the bound become one at the old end, and none is lost", () => {
  const feed = liveFeed({ gapsMax: 2 });
  feed.push({ type: "snapshot", seq: 0, counters: {} });
  for (const from of [1, 11, 21]) {
    feed.push({ type: "gap", from, to: from + 2 });
    feed.push(frame(from + 2, from + 9));
  }
  expect(feed.gaps).toEqual([
    { from: 1, to: 13 },
    { from: 21, to: 23 },
  ]);
});

test("whatever is lost or sent twice, each sequence is handed over once or lies in a gap", () => {
  const fate = fc.constantFrom("sent", "lost", "twice");
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fate), { maxLength: 60 }), (frames) => {
      const feed = liveFeed({ gapsMax: 100 });
      feed.push({ type: "snapshot", seq: 0, counters: {} });
      const seen = new Map<number, number>();
      const mark = (from: number, to: number) => {
        for (let seq = from; seq <= to; seq += 1) seen.set(seq, (seen.get(seq) ?? 0) + 1);
      };
      let seq = 0;
      for (const [size, outcome] of frames) {
        const prev = seq;
        seq += size;
        for (let time = 0; time < { sent: 1, lost: 0, twice: 2 }[outcome]; time += 1) {
          if (feed.push(frame(prev, seq)).decisions.length > 0) mark(prev + 1, seq);
        }
      }
      for (const gap of feed.gaps) mark(gap.from, gap.to);
      for (let one = 1; one <= (feed.lastSeq ?? 0); one += 1) expect(seen.get(one)).toBe(1);
    }),
  );
});
