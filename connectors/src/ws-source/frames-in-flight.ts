/**
 * Frames from their arrival until they are settled: handed over in batches, given again when they are to be retried.
 * Invariant: at most `framesMax` are handed over and unsettled. Past that, or past `bytesMax` bytes, the socket is paused
 * until half of it is settled; only what was already read from the socket (some tens of KiB) waits here beyond it.
 */
import type { Delivery } from "@sluice/engine";

export interface FlightOptions {
  readonly framesMax: number;
  readonly bytesMax: number;
  readonly pause: () => void;
  readonly resume: () => void;
}

interface HeldFrame {
  readonly bytes: Uint8Array;
  readonly settled: () => void;
}

/** Most deliveries of one batch, as the contract of `Source` has it. */
const BATCH_MAX = 256;

export class FramesInFlight {
  frames = 0;
  bytes = 0;
  retries = 0;
  isPaused = false;
  readonly #options: FlightOptions;
  readonly #waiting: HeldFrame[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Handed over, and neither settled nor given back. */
  #handed = 0;
  #hasEnded = false;
  #failure: Error | undefined;
  #wake = () => {};

  constructor(options: FlightOptions) {
    this.#options = options;
  }

  /** @param settled called once, when the frame is recorded or refused for good */
  push(bytes: Uint8Array, settled: () => void): void {
    this.frames += 1;
    this.bytes += bytes.byteLength;
    this.#waiting.push({ bytes, settled });
    if (!this.isPaused && this.#isOver(1)) {
      this.isPaused = true;
      this.#options.pause();
    }
    this.#wake();
  }

  /** Ends `batches` with this error. */
  fail(error: Error): void {
    this.#failure = error;
    this.#wake();
  }

  /** Until `signal` aborts; frames that were not handed over by then are let go of, unsettled. */
  async *batches(signal: AbortSignal): AsyncGenerator<readonly Delivery<Uint8Array>[]> {
    const wake = () => this.#wake();
    signal.addEventListener("abort", wake);
    try {
      while (!signal.aborted) {
        if (this.#failure !== undefined) throw this.#failure;
        const room = Math.min(BATCH_MAX, this.#options.framesMax - this.#handed);
        if (room > 0 && this.#waiting.length > 0) {
          yield this.#waiting.splice(0, room).map((frame) => this.#deliveryOf(frame));
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      signal.removeEventListener("abort", wake);
      this.#hasEnded = true;
      for (const timer of this.#timers) clearTimeout(timer);
    }
  }

  #deliveryOf(frame: HeldFrame): Delivery<Uint8Array> {
    this.#handed += 1;
    return {
      value: frame.bytes,
      ack: () => this.#settle(frame),
      reject: () => this.#settle(frame),
      retry: (delayMs) => {
        this.retries += 1;
        this.#handed -= 1;
        if (this.#hasEnded) return; // the next run asks its peer for it
        const timer = setTimeout(() => {
          this.#timers.delete(timer);
          this.#waiting.unshift(frame); // the oldest first: it is what holds the position back
          this.#wake();
        }, delayMs);
        this.#timers.add(timer);
      },
    };
  }

  #settle({ bytes, settled }: HeldFrame): void {
    this.#handed -= 1;
    this.frames -= 1;
    this.bytes -= bytes.byteLength;
    settled();
    this.#wake();
    if (!this.isPaused || this.#isOver(2)) return;
    this.isPaused = false;
    this.#options.resume();
  }

  #isOver(divisor: number): boolean {
    const { framesMax, bytesMax } = this.#options;
    return this.frames * divisor >= framesMax || this.bytes * divisor >= bytesMax;
  }
}
