import fc from "fast-check";
import { expect, test } from "vitest";
import { AckWindow } from "./ack-window.ts";

test("the mark is that of the last message with no unacknowledged one before it, in any order", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("add" as const), by: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ kind: fc.constant("ack" as const), number: fc.nat(40) }),
    fc.record({ kind: fc.constant("reset" as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 8 }), (steps, sizeMax) => {
      const window = new AckWindow(sizeMax);
      let sent: { number: number; mark: number; isAcked: boolean }[] = [];
      let mark = 0;
      let lastMark = 0;
      for (const next of steps) {
        if (next.kind === "add" && window.room > 0) {
          lastMark += next.by;
          sent.push({ number: window.add(lastMark), mark: lastMark, isAcked: false });
        } else if (next.kind === "ack") {
          const message = sent.find(({ number }) => number === next.number);
          expect(window.acknowledge(next.number)).toBe(message !== undefined);
          if (message !== undefined) message.isAcked = true;
          while (sent[0]?.isAcked) mark = sent.shift()!.mark;
        } else if (next.kind === "reset") {
          window.reset(mark);
          sent = [];
        }
        expect(window.mark).toBe(mark);
        expect(window.inFlight).toBe(sent.length);
        expect(window.room).toBe(sizeMax - sent.length);
        if (sent[0] !== undefined) expect(window.oldest).toBe(sent[0].number);
      }
    }),
  );
});

test("a full window takes no more", () => {
  const window = new AckWindow(1);
  window.add(1);
  expect(() => window.add(2)).toThrow(/room/);
});
