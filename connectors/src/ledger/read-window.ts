/**
 * Reads of one file after another that mostly lie close behind each other: each takes along what follows, up to a
 * bound. Right for files that only grow, because bytes once read stay as they are.
 */
import { readSync } from "node:fs";

export class ReadWindow {
  readonly #bytesMax: number;
  #bytes = Buffer.alloc(0);
  #path = "";
  #offset = 0;

  /** @param bytesMax how much is kept; a longer read is made for itself, and nothing of it is kept */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /**
   * A copy of what stands there; undefined when the file ends before.
   * @param open gives the file's descriptor, when it is needed
   * @throws what the file system throws
   */
  read(path: string, offset: number, length: number, open: () => number): Buffer | undefined {
    const start = offset - this.#offset;
    if (path === this.#path && start >= 0 && start + length <= this.#bytes.length) {
      return Buffer.from(this.#bytes.subarray(start, start + length));
    }
    const bytes = Buffer.alloc(Math.max(length, this.#bytesMax));
    const bytesRead = readSync(open(), bytes, 0, bytes.length, offset);
    if (bytesRead < length) return undefined;
    if (length > this.#bytesMax) return bytes;
    this.#path = path;
    this.#offset = offset;
    this.#bytes = bytes.subarray(0, bytesRead);
    return Buffer.from(bytes.subarray(0, length));
  }
}
