/**
 * Deliveries of one reading of a file: made in batches, counted until settled, made again when they are to be retried.
 * Invariant: at most `inFlightMax` lines are unsettled or wait for their retry; a retry comes before a new line.
 */
import type { Delivery, Rejection } from "@sluice/engine";
import type { FileSourceOptions } from "./file-source.ts";
import type { SplitLine } from "./line-splitter.ts";

type Batch = readonly Delivery<Uint8Array>[];

export class LinesInFlight {
  /** Of the input, read so far. */
  bytes = 0;
  readonly #settings: FileSourceOptions;
  readonly #signal: AbortSignal;
  /** Retries that are due. */
  readonly #again: SplitLine[] = [];
  #unsettled = 0;
  #waitingRetries = 0;
  #settledLines = 0;
  #wake = () => {};

  constructor(settings: FileSourceOptions, signal: AbortSignal) {
    this.#settings = settings;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.#wake(), { once: true });
  }

  async *batches(lines: Iterable<SplitLine>): AsyncGenerator<Batch> {
    const { batchMax, lineBytesMax, onReject } = this.#settings;
    let batch: SplitLine[] = [];
    for (const line of lines) {
      if (line.bytes === undefined) onReject(tooLong(line.index, lineBytesMax));
      else batch.push(line);
      if (batch.length < batchMax) continue;
      yield* this.#send(batch);
      batch = [];
    }
    if (batch.length > 0) yield* this.#send(batch);
  }

  /** The input ended: what is retried comes again until all is settled. */
  async *remaining(): AsyncGenerator<Batch> {
    while (!this.#signal.aborted && this.#held > 0) {
      if (this.#again.length > 0) yield this.#takeAgain();
      else await this.#changed();
    }
  }

  async *#send(batch: readonly SplitLine[]): AsyncGenerator<Batch> {
    const { inFlightMax } = this.#settings;
    while (!this.#signal.aborted) {
      if (this.#again.length > 0) {
        yield this.#takeAgain();
      } else if (this.#held + batch.length <= inFlightMax) {
        yield batch.map((line) => this.#deliveryOf(line));
        return;
      } else {
        await this.#changed();
      }
    }
  }

  get #held(): number {
    return this.#unsettled + this.#waitingRetries + this.#again.length;
  }

  #takeAgain(): Batch {
    return this.#again.splice(0, this.#settings.batchMax).map((line) => this.#deliveryOf(line));
  }

  #deliveryOf(line: SplitLine): Delivery<Uint8Array> {
    const { onOutcome, onReject } = this.#settings;
    this.#unsettled += 1;
    return {
      value: line.bytes!,
      ack: (outcome) => {
        onOutcome(outcome, line.index);
        this.#settle();
      },
      retry: (delayMs) => {
        this.#unsettled -= 1;
        this.#waitingRetries += 1;
        setTimeout(() => {
          this.#waitingRetries -= 1;
          this.#again.push(line);
          this.#wake();
        }, delayMs);
      },
      reject: (rejections) => {
        for (const rejection of rejections) onReject({ ...rejection, index: line.index });
        this.#settle();
      },
    };
  }

  #settle(): void {
    this.#unsettled -= 1;
    this.#settledLines += 1;
    this.#settings.onProgress({ bytes: this.bytes, lines: this.#settledLines });
    this.#wake();
  }

  /** Resolves when a delivery is settled, a retry is due, or the signal aborts. */
  #changed(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

function tooLong(index: number, lineBytesMax: number): Rejection {
  const message = `Line ${index + 1}: it is longer than ${lineBytesMax} bytes, so it was not read.`;
  return { index, field: "", reason: "event-too-large", message };
}
