import { Readable } from "node:stream";
import { LIMITS } from "@sluice/core-wasm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { linesOf } from "./line-reader.ts";

async function read(chunks: readonly Buffer[]): Promise<[number, string][]> {
  const found: [number, string][] = [];
  for await (const batch of linesOf(Readable.from(chunks), undefined).lines) {
    for (const { number, bytes } of batch) found.push([number, bytes.toString()]);
  }
  return found;
}

test("lines keep their numbers when blank ones are left out", async () => {
  expect(await read([Buffer.from('{"a":1}\r\n\n  \n{"b":2}')])).toEqual([
    [1, '{"a":1}'],
    [4, '{"b":2}'],
  ]);
});

test("an empty input has no lines", async () => {
  expect(await read([])).toEqual([]);
});

test("any cut of the input into chunks gives the same lines", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom("", "a", "bé", "{}\r")), fc.array(fc.nat(20)), async (parts, cuts) => {
      const whole = Buffer.from(parts.join("\n"));
      const chunks: Buffer[] = [];
      let at = 0;
      for (const length of cuts) {
        chunks.push(whole.subarray(at, at + length));
        at += length;
      }
      chunks.push(whole.subarray(at));
      expect(await read(chunks.filter((chunk) => chunk.length > 0))).toEqual(await read([whole]));
    }),
    { numRuns: 60 },
  );
});

test("a line above the largest event is cut just past it, and the next one is whole", async () => {
  const long = Buffer.alloc(LIMITS.eventBytesMax * 2, 0x61);
  const lines = await read([long, Buffer.from("\nnext\n")]);
  expect(lines.map(([number, text]) => [number, text.length])).toEqual([
    [1, LIMITS.eventBytesMax + 1],
    [2, 4],
  ]);
});
