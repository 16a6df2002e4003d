import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { horizon } from "./horizon.ts";
import { keyTable } from "./key-table.ts";

describe("the key table", () => {
  test("answers as a list of all entries would, through growth, expiry and forgotten entries", () => {
    const step = fc.record({ tag: fc.nat(40).map((tag) => Math.imul(tag, 0x9e3779b1)), forget: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), fc.integer({ min: 1, max: 60 }), (steps, keysMax) => {
        const table = keyTable(keysMax, 16);
        let entries: { tag: number; seq: number }[] = [];
        for (const [index, { tag, forget }] of steps.entries()) {
          const seq = index + 1;
          const horizonSeq = Math.max(1, seq + 1 - keysMax);
          table.insert(tag, seq, horizonSeq);
          entries.push({ tag, seq });
          if (forget === 0) {
            table.forget(tag, seq);
            entries = entries.filter((entry) => entry.seq !== seq);
          }
          const expected = entries
            .filter((entry) => entry.tag === tag && entry.seq >= horizonSeq)
            .map((entry) => entry.seq);
          expect(table.lookup(tag, horizonSeq, seq)).toEqual(expected);
        }
        expect(table.slotCount).toBeLessThanOrEqual(Math.max(16, 4 * keysMax));
      }),
    );
  });

  test("keeps its size under endless traffic once it holds keysMax keys", () => {
    const table = keyTable(1000, 16);
    for (let seq = 1; seq <= 50_000; seq += 1) table.insert(Math.imul(seq, 0x9e3779b1), seq, Math.max(1, seq - 999));
    expect(table.slotCount).toBe(2048);
  });

  test("tells seqs apart beyond 2^32", () => {
    const table = keyTable(100, 16);
    const base = 2 ** 33 + 5;
    table.insert(7, base, base - 99);
    table.insert(7, base + 1, base - 99);
    expect(table.lookup(7, base - 99, base + 10)).toEqual([base, base + 1]);
  });
});

describe("the horizon", () => {
  test("holds each record for at least its time and at most 1/1,024 longer, and keysMax records", () => {
    const steps = fc.array(fc.nat(5000), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(
        steps,
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 400 }),
        (gaps, horizonMs, keysMax) => {
          const held = horizon({ horizonMs, keysMax });
          const times: number[] = [];
          let nowMs = 1_000_000;
          for (const gap of gaps) {
            nowMs += gap;
            times.push(nowMs);
            held.note(times.length, nowMs);
          }
          nowMs += gaps[0]!;
          const from = held.seqAt(nowMs, times.length + 1);
          const slackMs = Math.max(1, Math.floor(horizonMs / 1024));
          for (const [index, timeMs] of times.entries()) {
            const seq = index + 1;
            const isWithinCount = seq > times.length - keysMax;
            if (timeMs >= nowMs - horizonMs && isWithinCount) expect(seq).toBeGreaterThanOrEqual(from);
            if (timeMs < nowMs - horizonMs - slackMs || !isWithinCount) expect(seq).toBeLessThan(from);
          }
        },
      ),
    );
  });

  test("starts again at a lower seq after a failed write", () => {
    const held = horizon({ horizonMs: 1000, keysMax: 100 });
    held.note(1, 0);
    held.note(5, 5000);
    held.note(3, 6000);
    expect(held.seqAt(6000, 4)).toBe(3);
  });
});
