import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LINE_BYTES_MAX, type Line, linesOf } from "./line-reader.ts";

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

test("a line above the largest payload is refused and cut, and the next one is whole", async () => {
  const block = Buffer.alloc(1024 * 1024, 0x61);
  const chunks = [...new Array<Buffer>(20).fill(block), Buffer.from("\nnext\n")];
  const lines: Line[] = [];
  for await (const batch of linesOf(Readable.from(chunks), undefined).lines) lines.push(...batch);
  expect(lines.map(({ number, bytes, refusal }) => [number, bytes.length, refusal?.reason])).toEqual([
    [1, LINE_BYTES_MAX, "payload-too-large"],
    [2, 4, undefined],
  ]);
});

test("a line of the largest size is whole, whatever ends it", async () => {
  const whole = Buffer.alloc(LINE_BYTES_MAX, 0x61);
  for (const end of ["", "\n", "\r\n"]) {
    for await (const [line] of linesOf(
      Readable.from([whole, Buffer.from(end)].filter((part) => part.length > 0)),
      undefined,
    ).lines) {
      expect([line?.bytes.length, line?.refusal]).toEqual([LINE_BYTES_MAX, undefined]);
    }
  }
});
