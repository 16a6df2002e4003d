/** Tables of the pack blob as bytes. */
export function u32Table(values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

/** Bytes that double when they are full. */
export class ByteSink {
  #bytes = new Uint8Array(1024);
  length = 0;
  put(bytes: Uint8Array): void {
    while (this.length + bytes.length > this.#bytes.length) {
      const grown = new Uint8Array(this.#bytes.length * 2);
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }
  /** Everything put, and 8 bytes of padding. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.length + 8);
  }
}
