/**
 * One side's text as it comes: what its rules say so far, and at its end what the whole of it says. The text itself is
 * held, for encoded runs and the model are about all of it; what is matched again with each chunk is a short tail.
 */
import { scoreSide } from "./oracle/score-side.ts";
import { LIMITS, type Match, type PackInfo, SIDES, type Side } from "./types.ts";

/** Bytes that are looked at again with the next chunk. A longer tail (one word, or letters apart) is given up. */
const TAIL_BYTES_MAX = 4096;
const FIRST_BYTES = 4096;
const OUT_OF_STEP = 0xffff_ffff;

/** What a text says by itself, as one side of an event that has no other. Copies: they stay as they are. */
export interface TextResult {
  /** 1/10,000, by category. */
  readonly scores: Int32Array;
  readonly matches: readonly Match[];
  readonly truncated: boolean;
  /** The model's overall score; absent where the pack has none. */
  readonly overall?: number;
}

/**
 * One side's text in chunks that may be cut anywhere, inside of a UTF-8 sequence too. Any number of streams may be open
 * on a detector; a payload or scan of it is void after a `push` or `close`.
 */
export interface TextStream {
  /**
   * Takes a chunk. False when the text would exceed `eventBytesMax` with it: nothing of it was taken, nor is anything
   * that comes behind it.
   */
  push(chunk: Uint8Array): boolean;
  /**
   * 1/10,000, by category. Before `close` what rules say of the words so far that nothing can change any more, without
   * the model and encoded runs: a score that was reported falls by a context alone. After it those of the result.
   */
  scores(): Int32Array;
  /** Ends the text: exactly what a scan of the whole text finds. Again: the same. */
  close(): TextResult;
  /** Bytes of text held: at most twice the text and 4,096, at most `eventBytesMax`; none after `close`. */
  readonly heldBytes: number;
}

export interface StreamKernel {
  scanPiece(side: number, length: number, isInStep: number): number;
  countedRules(side: number): number;
}
export interface StreamHost {
  readonly kernel: StreamKernel;
  readonly info: PackInfo;
  /** Where a text goes. */
  readonly text: Uint8Array;
  /** Where rules are listed. */
  readonly rules: Uint32Array;
  /** Scans the whole text as an event's. */
  scanText(side: Side, text: Uint8Array): TextResult;
}

/** A class, for there is one a conversation: an accessor of an object literal would keep it until a full collection. */
class KernelTextStream implements TextStream {
  readonly #host: StreamHost;
  readonly #side: Side;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  readonly #matched = new Set<number>();
  #held = new Uint8Array(FIRST_BYTES);
  #length = 0;
  #tailAt = 0;
  #isInStep = true;
  #isFull = false;
  #result: TextResult | undefined;

  constructor(host: StreamHost, side: Side) {
    this.#host = host;
    this.#side = side;
  }

  get heldBytes(): number {
    return this.#held.length;
  }

  push(chunk: Uint8Array): boolean {
    if (this.#result !== undefined) throw new Error("broken invariant: a closed stream takes no more text");
    if (this.#isFull) return false;
    // Decoded and encoded again: what is no UTF-8 becomes U+FFFD, and a sequence waits for its end.
    const bytes = Buffer.from(this.#decoder.decode(chunk, { stream: true }));
    this.#isFull = this.#length + bytes.length > LIMITS.eventBytesMax;
    if (this.#isFull) return false;
    if (bytes.length === 0) return true;
    this.#hold(bytes);
    this.#matchTail();
    return true;
  }

  scores(): Int32Array {
    return this.#result?.scores ?? Int32Array.from(scoreSide(this.#host.info, this.#matched));
  }

  close(): TextResult {
    if (this.#result === undefined) {
      const rest = Buffer.from(this.#decoder.decode()); // of a sequence that was cut off
      if (!this.#isFull && this.#length + rest.length <= LIMITS.eventBytesMax) this.#hold(rest);
      this.#result = this.#host.scanText(this.#side, this.#held.subarray(0, this.#length));
      this.#held = new Uint8Array();
      this.#matched.clear();
    }
    return this.#result;
  }

  #hold(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#held.length) {
      const more = new Uint8Array(Math.min(LIMITS.eventBytesMax, 2 * (this.#length + bytes.length)));
      more.set(this.#held.subarray(0, this.#length));
      this.#held = more;
    }
    this.#held.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #matchTail(): void {
    const { kernel, text, rules } = this.#host;
    const number = SIDES.indexOf(this.#side);
    const tailBytes = this.#length - this.#tailAt;
    text.set(this.#held.subarray(this.#tailAt, this.#length));
    const next = kernel.scanPiece(number, tailBytes, this.#isInStep ? 1 : 0) >>> 0;
    for (const rule of rules.subarray(0, kernel.countedRules(number))) this.#matched.add(rule);
    this.#isInStep = next !== OUT_OF_STEP && tailBytes - next <= TAIL_BYTES_MAX;
    this.#tailAt = this.#isInStep ? this.#tailAt + next : this.#length;
  }
}

export const openTextStream = (host: StreamHost, side: Side): TextStream => new KernelTextStream(host, side);
