import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Delivery, IngestOutcome, Rejection } from "@sluice/engine";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileSource } from "./file-source.ts";
import { lineSplitter } from "./line-splitter.ts";

const OUTCOME: IngestOutcome = {
  processed: 1,
  actions: { allow: 1, warn: 0, redact: 0, escalate: 0, block: 0 },
  asl_triggers: 0,
  duplicates: 0,
  decisions: [],
  rejected: [],
};
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "sluice-file-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

function fileOf(text: string): string {
  const path = join(directory, `${Math.random()}.jsonl`);
  writeFileSync(path, text);
  return path;
}
const textOf = ({ value }: Delivery<Uint8Array>) => Buffer.from(value).toString();
const never = new AbortController().signal;

describe("lines", () => {
  test("are the same however the bytes are cut", () => {
    const line = fc.string({ maxLength: 12 }).map((text) => text.replaceAll("\n", ""));
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(40)), fc.boolean(), (lines, cuts, endsWithLf) => {
        const lineBytesMax = 8;
        const bytes = Buffer.from(lines.join("\n") + (endsWithLf ? "\n" : ""));
        const splitter = lineSplitter(lineBytesMax);
        const found = [];
        let start = 0;
        for (const cut of cuts) {
          found.push(...splitter.push(bytes.subarray(start, start + cut)));
          start += cut;
        }
        found.push(...splitter.push(bytes.subarray(start)), ...splitter.finish());
        const expected = bytes
          .toString()
          .split("\n")
          .map((text, index) => ({ text, index, isLong: Buffer.byteLength(text) > lineBytesMax }))
          .filter(({ text, isLong }) => isLong || /[^\t\r ]/.test(text))
          .map(({ text, index, isLong }) => ({ index, text: isLong ? undefined : text }));
        expect(found.map((l) => ({ index: l.index, text: l.bytes && Buffer.from(l.bytes).toString() }))).toEqual(
          expected,
        );
      }),
    );
  });
});

describe("a file", () => {
  test("is read in batches of whole lines, and every line is delivered once", async () => {
    const lines = Array.from({ length: 1_000 }, (_, index) => `{"n":${index},"pad":"${"é".repeat(index)}"}`);
    const outcomes: number[] = [];
    let bytes = 0;
    const source = fileSource(fileOf(lines.join("\n")), {
      onOutcome: (_outcome, index) => outcomes.push(index),
      onProgress: (progress) => {
        bytes = progress.bytes;
      },
    });
    const seen: string[] = [];
    for await (const batch of source.read(never)) {
      expect(batch.length).toBeGreaterThan(0);
      expect(batch.length).toBeLessThanOrEqual(256);
      for (const delivery of batch) {
        seen.push(textOf(delivery));
        delivery.ack(OUTCOME);
      }
    }
    expect(seen).toEqual(lines);
    expect(outcomes).toEqual(lines.map((_, index) => index));
    expect(bytes).toBe(Buffer.byteLength(lines.join("\n")));
  });

  test("with a line that is too long loses that line alone, and says which", async () => {
    const rejected: Rejection[] = [];
    const source = fileSource(fileOf(`a\n${"x".repeat(600_000)}\n\nb`), {
      lineBytesMax: 1_000,
      onReject: (rejection) => rejected.push(rejection),
    });
    const seen: string[] = [];
    for await (const batch of source.read(never)) {
      for (const delivery of batch) {
        seen.push(textOf(delivery));
        delivery.ack(OUTCOME);
      }
    }
    expect(seen).toEqual(["a", "b"]);
    expect(rejected).toMatchObject([{ index: 1, reason: "event-too-large" }]);
  });

  test("waits while too many deliveries are unsettled", async () => {
    const source = fileSource(fileOf("1\n2\n3\n4\n5\n6\n"), { batchMax: 2, inFlightMax: 4 });
    const batches = source.read(never)[Symbol.asyncIterator]();
    const first = (await batches.next()).value as Delivery<Uint8Array>[];
    await batches.next();
    let isThere = false;
    const third = batches.next().then((result) => {
      isThere = true;
      return result.value as Delivery<Uint8Array>[];
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isThere).toBe(false);
    for (const delivery of first) delivery.ack(OUTCOME);
    expect((await third).map(textOf)).toEqual(["5", "6"]);
  });

  test("delivers again what is to be retried, and ends only when all is settled", async () => {
    const source = fileSource(fileOf("a\nb\nc"), { batchMax: 1, inFlightMax: 2 });
    const seen: string[] = [];
    for await (const [delivery] of source.read(never)) {
      const text = textOf(delivery!);
      const isFirst = !seen.includes(text);
      seen.push(text);
      if (text === "b" && isFirst) delivery!.retry(5);
      else if (text === "c") delivery!.reject([]);
      else delivery!.ack(OUTCOME);
    }
    expect([...seen].sort()).toEqual(["a", "b", "b", "c"]);
  });

  test("stops when the signal aborts, also while it waits", async () => {
    const controller = new AbortController();
    const batches = fileSource(fileOf("1\n2"), { batchMax: 1, inFlightMax: 1 }).read(controller.signal);
    const iterator = batches[Symbol.asyncIterator]();
    await iterator.next();
    const waiting = iterator.next();
    controller.abort();
    expect((await waiting).done).toBe(true);
  });

  test("that is not there is a lost source, and faulty options are refused", async () => {
    const batches = fileSource(join(directory, "none")).read(never)[Symbol.asyncIterator]();
    await expect(batches.next()).rejects.toMatchObject({ code: "source-lost" });
    expect(() => fileSource("x", { batchMax: 257 })).toThrow(/batchMax/);
    expect(() => fileSource("x", { batchMax: 5, inFlightMax: 4 })).toThrow(/inFlightMax/);
    expect(() => fileSource("x", { lineBytesMax: 0 })).toThrow(/lineBytesMax/);
  });
});
