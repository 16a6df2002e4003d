import type { Decision, RecordedDecision } from "@sluice/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fakeSocket } from "../testing/socket.ts";
import { readLiveQuery } from "./filter.ts";
import { pendingDecisions } from "./pending.ts";
import { type LiveReader, liveReader } from "./reader.ts";
import { liveReaders } from "./readers.ts";

const ACTIONS = ["allow", "block", "redact"] as const;

function recorded(seq: number): RecordedDecision {
  const decision = { action: ACTIONS[seq % 3], org_id: seq % 2 === 0 ? "a" : "b" } as Decision;
  return { seq, facts: decision, decision, json: JSON.stringify({ seq, ...decision }) };
}
function filterOf(query: string) {
  const read = readLiveQuery(query);
  if (typeof read === "string") throw new Error(read);
  return read.filter;
}

/** What a reader knows after its frames: decisions, and the sequences that lie in its gaps. */
function readAll(sent: readonly string[], firstSeq: number) {
  let seq = firstSeq;
  const decisions: number[] = [];
  const gaps: [number, number][] = [];
  for (const text of sent) {
    const frame = JSON.parse(text);
    if (frame.type === "gap") {
      expect(frame.from).toBe(seq + 1);
      expect(frame.to).toBeGreaterThanOrEqual(frame.from);
      gaps.push([frame.from, frame.to]);
      seq = frame.to;
    } else {
      expect(frame.prev).toBe(seq);
      seq = frame.seq;
      decisions.push(...frame.decisions.map((decision: { seq: number }) => decision.seq));
    }
  }
  return { decisions, gaps };
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("push" as const), count: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 3, arbitrary: fc.constant({ kind: "flush" as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("take" as const), reader: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("join" as const),
      query: fc.constantFrom("", "action=block", "org=a", "action=allow,redact&org=b", "sample=3", "action=warn"),
      isQuick: fc.boolean(),
    }),
  },
);

test("every decision that a filter takes reaches its reader once and in order, or lies in a gap that it is told of", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const readers = liveReaders();
      let publishedSeq = 7;
      let seq = publishedSeq;
      const joined: { reader: LiveReader; socket: ReturnType<typeof fakeSocket>; first: number; isQuick: boolean }[] =
        [];
      const pending = pendingDecisions({
        coalesceMs: 1_000_000,
        frameBytesMax: 400,
        pendingBytesMax: 2_000,
        publishShareMax: 1e-6,
        publish(batch) {
          publishedSeq = batch.at(-1)!.seq;
          readers.publish(batch);
        },
        overflow(batch) {
          publishedSeq = batch.at(-1)!.seq;
          readers.withholdAll(batch);
        },
      });
      for (const action of steps) {
        if (action.kind === "push") {
          const first = seq + 1;
          pending.push(Array.from({ length: action.count }, (_, index) => recorded(first + index)));
          seq += action.count;
        } else if (action.kind === "flush") {
          pending.flush();
        } else if (action.kind === "join") {
          pending.flush();
          const socket = fakeSocket(600, () => action.isQuick);
          const reader = liveReader(socket, filterOf(action.query), publishedSeq);
          readers.join(reader);
          joined.push({ reader, socket, first: publishedSeq, isQuick: action.isQuick });
        } else {
          const one = joined[action.reader % Math.max(1, joined.length)];
          if (one?.socket.take()) readers.tell(one.reader);
        }
      }
      pending.flush();
      for (const { reader, socket, first, isQuick } of joined) {
        if (socket.take()) readers.tell(reader);
        const { decisions, gaps } = readAll(socket.sent, first);
        const expected = Array.from({ length: seq - first }, (_, index) => recorded(first + 1 + index))
          .filter((one) => reader.filter.takes(one))
          .map((one) => one.seq)
          .filter((one) => !gaps.some(([from, to]) => one >= from && one <= to));
        expect(decisions).toEqual(expected);
        if (isQuick && seq - first < 20) expect(gaps).toEqual([]); // less than what may wait
      }
    }),
    { numRuns: 300 },
  );
});

test("a frame is made once for all readers of a filter", () => {
  const readers = liveReaders();
  const frames = new Set<Uint8Array>();
  for (let index = 0; index < 1_000; index += 1) {
    const socket = fakeSocket(1e9, () => true);
    const send = (frame: string | Uint8Array) => {
      frames.add(frame as Uint8Array);
      return "sent" as const;
    };
    readers.join(liveReader({ ...socket, send }, filterOf("action=block"), 0));
  }
  readers.publish([recorded(1), recorded(2), recorded(3), recorded(4)]);
  expect(frames.size).toBe(1);
});

test("a stalled reader is found, one that takes its gap is not", () => {
  const readers = liveReaders();
  const socket = fakeSocket(10, () => false);
  const reader = liveReader(socket, filterOf(""), 0);
  readers.join(reader);
  readers.publish([recorded(1)]);
  readers.publish([recorded(2)]);
  expect(readers.stalled(-1)).toEqual([reader]);
  expect(readers.stalled(60_000)).toEqual([]);
  socket.take();
  readers.tell(reader);
  expect(readers.stalled(-1)).toEqual([]);
  expect([readers.gapCount, reader.seq]).toEqual([1, 2]);
});
