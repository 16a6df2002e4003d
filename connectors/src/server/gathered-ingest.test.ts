import { EngineError, type IngestOutcome } from "@sluice/engine";
import { expect, test } from "vitest";
import { gatheredIngest } from "./gathered-ingest.ts";

const outcome = (processed: number) => ({ processed }) as IngestOutcome;

test("payloads of one turn are handed over together, in order, and each gets its own answer", async () => {
  const calls: number[] = [];
  let turn = 0;
  const turns = new Set<number>();
  const ingest = gatheredIngest({
    async ingest(payload) {
      turns.add(turn);
      calls.push(payload.length);
      return outcome(payload.length);
    },
  });
  const answers = [3, 1, 2].map((length) => ingest(new Uint8Array(length)));
  expect(calls).toEqual([]);
  turn = 1;
  expect((await Promise.all(answers)).map(({ processed }) => processed)).toEqual([3, 1, 2]);
  turn = 2;
  await ingest(new Uint8Array(4));
  expect(calls).toEqual([3, 1, 2, 4]);
  expect([...turns]).toEqual([1, 2]);
});

test("one that is refused does not touch the others", async () => {
  const ingest = gatheredIngest({
    ingest: async ({ length }) => {
      if (length === 0) throw new EngineError("queue-full", "no room");
      return outcome(length);
    },
  });
  const [refused, taken] = await Promise.allSettled([ingest(new Uint8Array(0)), ingest(new Uint8Array(1))]);
  expect(refused).toMatchObject({ status: "rejected", reason: { code: "queue-full" } });
  expect(taken).toMatchObject({ status: "fulfilled", value: { processed: 1 } });
});
