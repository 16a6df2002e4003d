/** Who waits for which record to be written, in order of seq, and how many bytes they wait for. */
import type { EngineError } from "@sluice/engine";

interface Waiter {
  readonly lastSeq: number;
  readonly bytes: number;
  resolve(): void;
  reject(error: EngineError): void;
}

export class Waiters {
  #waiting: Waiter[] = [];
  #bytes = 0;

  /** Appended and neither written nor failed. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Resolves when the record `lastSeq`, and so every one before it, is written. */
  wait(lastSeq: number, bytes: number): Promise<void> {
    this.#bytes += bytes;
    return new Promise((resolve, reject) => this.#waiting.push({ lastSeq, bytes, resolve, reject }));
  }

  resolveUpTo(writtenSeq: number): void {
    const open = this.#waiting.findIndex((waiter) => waiter.lastSeq > writtenSeq);
    const done = open < 0 ? this.#waiting.splice(0) : this.#waiting.splice(0, open);
    for (const waiter of done) {
      this.#bytes -= waiter.bytes;
      waiter.resolve();
    }
  }

  rejectAll(error: EngineError): void {
    const failed = this.#waiting.splice(0);
    this.#bytes = 0;
    for (const waiter of failed) waiter.reject(error);
  }
}
