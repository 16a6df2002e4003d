/**
 * Lines out, to stdout or a file, in blocks of 64 KiB and at the speed of the reader. `write` throws `ReaderGone` once
 * the pipe was closed at the other end.
 */

import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { ReaderGone, UsageError } from "./exit.ts";

export interface LineWriter {
  /** Adds the line break. Await it: that is the back-pressure. */
  write(line: string): Promise<void>;
  /** Hands over what is held back. Call it before a pause and at the end. */
  flush(): Promise<void>;
  /** Flushes, and closes what `fileWriter` opened. */
  close(): Promise<void>;
}

const BLOCK_CHARS = 64 * 1024;

interface LineWriterOptions {
  /** Whether `close` ends the stream. */
  readonly closes: boolean;
  /** What a failed write is thrown as; a reader that left is always `ReaderGone`. */
  readonly asFailure: (error: Error) => Error;
}
const STDOUT: LineWriterOptions = { closes: false, asFailure: (error) => error };

export function lineWriter(stream: Writable, { closes, asFailure }: LineWriterOptions = STDOUT): LineWriter {
  let held = "";
  let failure: Error | undefined;
  const fail = (error: Error & { code?: string }) => {
    failure ??= error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED" ? new ReaderGone() : asFailure(error);
  };
  stream.on("error", fail);
  async function flush(): Promise<void> {
    if (failure !== undefined) throw failure;
    if (held === "") return;
    const block = held;
    held = "";
    await new Promise<void>((resolve) =>
      stream.write(block, (error) => {
        if (error) fail(error);
        resolve();
      }),
    );
    if (failure !== undefined) throw failure;
  }
  return {
    async write(line) {
      held += `${line}\n`;
      if (held.length >= BLOCK_CHARS) await flush();
    },
    flush,
    async close() {
      await flush();
      if (!closes) return;
      stream.end();
      await finished(stream).catch(fail);
      if (failure !== undefined) throw failure;
    },
  };
}

/** Writes throw `UsageError` when the file cannot be made or written. */
export function fileWriter(path: string): LineWriter {
  const asWrongUse = (error: Error) => new UsageError(`cannot write ${path}: ${error.message}`, { cause: error });
  return lineWriter(createWriteStream(path), { closes: true, asFailure: asWrongUse });
}
