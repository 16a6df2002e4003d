import fc from "fast-check";
import { describe, expect, test } from "vitest";
import vectors from "../../../vectors/windows/tumbling.json" with { type: "json" };
import { type Output, type Tumbling, tumbling } from "./tumbling.ts";

const sum = (options: { sizeMs: number; allowedLatenessMs: number; openWindowsMax: number }) =>
  tumbling<number, number>({ ...options, empty: () => 0, accumulate: (a, b) => a + b, snapshot: (a) => a });

function show(output: Output<number>) {
  if (output.kind === "rejected") return { rejected: output.reason, eventTimeMs: output.eventTimeMs };
  return { startMs: output.startMs, revision: output.revision, value: output.value };
}
const batch = (machine: Tumbling<number, number>, items: readonly (readonly number[])[]) =>
  machine.push({
    kind: "batch",
    items: items.map(([eventTimeMs, item]) => ({ eventTimeMs: eventTimeMs as number, item: item as number })),
  });

describe("vectors/windows/tumbling.json", () => {
  test.each(vectors.cases)("$name", ({ steps, ...options }) => {
    const machine = sum(options);
    for (const step of steps) {
      const outputs =
        step.batch === undefined
          ? machine.push({ kind: "watermark", watermarkMs: step.watermarkMs as number })
          : batch(machine, step.batch);
      expect(outputs.map(show)).toEqual(step.outputs);
    }
  });
});

test("events in any order within the lateness, cut into any batches, end in the same windows", () => {
  const items = fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 9 })), { maxLength: 60 });
  fc.assert(
    fc.property(items, fc.infiniteStream(fc.nat()), (events, choices) => {
      const last = (order: typeof events) => {
        const machine = sum({ sizeMs: 10, allowedLatenessMs: 100, openWindowsMax: 16 });
        const windows = new Map<number, number>();
        const note = (outputs: readonly Output<number>[]) => {
          for (const output of outputs) {
            expect(output.kind).toBe("window");
            if (output.kind === "window") windows.set(output.startMs, output.value);
          }
        };
        let highest = 0;
        for (const event of order) {
          note(batch(machine, [event]));
          highest = Math.max(highest, event[0]);
          if ((choices.next().value as number) % 3 === 0)
            note(machine.push({ kind: "watermark", watermarkMs: highest }));
        }
        note(machine.finish());
        return [...windows].sort((a, b) => a[0] - b[0]);
      };
      const shuffled = events
        .map((event) => ({ event, key: choices.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ event }) => event);
      expect(last(shuffled)).toEqual(last(events));
    }),
    { numRuns: 60 },
  );
});

test("a machine restored from its state goes on as if it had never stopped", () => {
  const options = { sizeMs: 10, allowedLatenessMs: 5, openWindowsMax: 8 };
  const first = sum(options);
  batch(first, [
    [1, 1],
    [12, 2],
  ]);
  first.push({ kind: "watermark", watermarkMs: 10 });
  const second = tumbling<number, number>(
    { ...options, empty: () => 0, accumulate: (a, b) => a + b, snapshot: (a) => a },
    first.state(),
  );
  for (const machine of [first, second]) {
    expect(batch(machine, [[2, 5]]).map(show)).toEqual([{ startMs: 0, revision: 1, value: 6 }]);
    expect(machine.finish().map(show)).toEqual([{ startMs: 10, revision: 0, value: 2 }]);
  }
});

test("a size or a lateness that makes no sense is refused", () => {
  expect(() => sum({ sizeMs: 0, allowedLatenessMs: 0, openWindowsMax: 1 })).toThrow("sizeMs");
  expect(() => sum({ sizeMs: 1, allowedLatenessMs: -1, openWindowsMax: 1 })).toThrow("allowedLatenessMs");
});
