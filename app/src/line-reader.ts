/**
 * Lines in, from a file or stdin, as bytes: nothing is decoded, so a bad byte reaches the check that names it. Blank
 * lines are left out but counted. Memory holds one read block and one line.
 */
import { createReadStream, statSync } from "node:fs";
import { LIMITS } from "@sluice/core-wasm";
import type { Rejection } from "@sluice/engine";
import { UsageError } from "./exit.ts";
import type { Shell } from "./shell.ts";

export interface Line {
  /** From 1, as editors count. */
  readonly number: number;
  /** Without its line break. */
  readonly bytes: Buffer;
  /** Set on a line that no payload may be as large as; then `bytes` is only its beginning. */
  readonly refusal?: Rejection;
}
export interface LineInput {
  /** Size in bytes, or undefined for a pipe. */
  readonly sizeBytes: number | undefined;
  /** Bytes of lines handed out so far, for progress. */
  readonly readBytes: () => number;
  /** Each block of input as its complete lines. */
  readonly lines: AsyncIterable<readonly Line[]>;
}

/** With its line break it is one payload of the largest size. */
export const LINE_BYTES_MAX = LIMITS.payloadBytesMax - 1;
const TOO_LARGE: Rejection = {
  index: 0,
  field: "",
  reason: "payload-too-large",
  message: `the line is longer than ${LINE_BYTES_MAX} bytes; send one event a line`,
};

/**
 * @param path a file, or `-` for stdin.
 * @throws {UsageError} when there is no such file, or stdin is a keyboard.
 */
export function openLines(path: string, shell: Shell): LineInput {
  if (path === "-") {
    if (shell.stdin.isTTY) throw new UsageError("nothing to read: pipe the input in, or name a file");
    return linesOf(shell.stdin, undefined);
  }
  const size = sizeOf(path);
  return linesOf(chunksOf(path), size);
}

/** Opens the file only when it is read, so that a failure meets whoever reads. */
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path, { highWaterMark: 256 * 1024 });
}

function sizeOf(path: string): number | undefined {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw new UsageError(`${path} is a folder; name a file`);
    return stat.isFile() ? stat.size : undefined;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`, { cause: error });
  }
}

/** Exported for its tests. */
export function linesOf(chunks: AsyncIterable<Buffer>, sizeBytes: number | undefined): LineInput {
  let readBytes = 0;
  async function* lines(): AsyncGenerator<readonly Line[]> {
    let number = 0;
    let held: Buffer[] = [];
    let heldBytes = 0;
    const hold = (part: Buffer) => {
      if (heldBytes <= LINE_BYTES_MAX + 1) held.push(part);
      heldBytes += part.length;
    };
    const take = (): Line | undefined => {
      number += 1;
      const whole = held.length === 1 ? held[0]! : Buffer.concat(held);
      held = [];
      heldBytes = 0;
      const bytes = whole.at(-1) === 0x0d ? whole.subarray(0, -1) : whole;
      if (bytes.length > LINE_BYTES_MAX)
        return { number, bytes: bytes.subarray(0, LINE_BYTES_MAX), refusal: TOO_LARGE };
      return isBlank(bytes) ? undefined : { number, bytes };
    };
    for await (const chunk of chunks) {
      const batch: Line[] = [];
      let start = 0;
      for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
        hold(chunk.subarray(start, end));
        start = end + 1;
        const line = take();
        if (line !== undefined) batch.push(line);
      }
      if (start < chunk.length) hold(chunk.subarray(start));
      readBytes += chunk.length;
      if (batch.length > 0) yield batch;
    }
    const last = heldBytes > 0 ? take() : undefined;
    if (last !== undefined) yield [last];
  }
  return { sizeBytes, readBytes: () => readBytes, lines: lines() };
}

const isBlank = (bytes: Buffer) => bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
