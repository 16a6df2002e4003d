/**
 * Lines out, to stdout or a file, in blocks of 64 KiB and at the speed of the reader. `write` throws `ReaderGone` once the
 * pipe was closed at the other end.
 */

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import { ReaderGone } from "./exit.ts";

export interface LineWriter {
  /** Adds the line break. Await it: that is the back-pressure. */
  write(line: string): Promise<void>;
  /** Hands over what is held back. Call it before a pause and at the end. */
  flush(): Promise<void>;
  /** Flushes, and closes what `fileWriter` opened. */
  close(): Promise<void>;
}

const BLOCK_CHARS = 64 * 1024;

export function lineWriter(stream: Writable, closes = false): LineWriter {
  let held = "";
  let failure: Error | undefined;
  const fail = (error: Error & { code?: string }) => {
    failure ??= error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED" ? new ReaderGone() : error;
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
      await once(stream, "close");
    },
  };
}

/** @throws what `open` throws (ENOENT, EACCES) at the first write. */
export const fileWriter = (path: string): LineWriter => lineWriter(createWriteStream(path), true);
