import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frameOrder } from "./frame-order.ts";

describe("the order of frames", () => {
  test("tells a number only when it and all before it are settled, in whatever order that happens", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.array(fc.nat(1_000), { minLength: 1, maxLength: 40 }), (resumeSeq, ranks) => {
        const told: number[] = [];
        const order = frameOrder(resumeSeq, (seq) => told.push(seq));
        const frames = ranks.map((rank, at) => {
          const seq = resumeSeq + 1 + at;
          expect(order.arrive(seq).kind).toBe("next");
          return { rank, seq, settle: order.take(seq) };
        });
        const open = new Set(frames.map(({ seq }) => seq));
        for (const { seq, settle } of [...frames].sort((a, b) => a.rank - b.rank)) {
          settle();
          open.delete(seq);
          for (const waiting of open) expect(told.at(-1) ?? 0).toBeLessThan(waiting);
        }
        expect(told.at(-1)).toBe(resumeSeq + ranks.length);
        expect(told).toEqual([...told].sort((a, b) => a - b));
      }),
    );
  });

  test.each([
    ["what was asked for", 5, [6, 7], ["next", "next"]],
    ["a jump", 5, [6, 9], ["next", "gap"]],
    ["a start behind what was asked for", 5, [8, 9], ["gap", "next"]],
    ["a start before what was asked for, which repeats", 5, [3, 4, 5, 6], ["next", "next", "next", "next"]],
    ["a step back", 5, [6, 6], ["next", "backwards"]],
    ["a first start anywhere", 0, [400, 401], ["next", "next"]],
  ] as const)("knows %s", (_name, resumeSeq, seqs, kinds) => {
    const order = frameOrder(resumeSeq, () => {});
    expect(seqs.map((seq) => order.arrive(seq).kind)).toEqual(kinds);
  });

  test("names the frames of a gap", () => {
    const order = frameOrder(5, () => {});
    expect(order.arrive(9)).toEqual({ kind: "gap", from: 6, to: 8 });
    expect(order.nextSeq).toBe(10);
  });
});
