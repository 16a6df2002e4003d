/**
 * Messages sent and not yet acknowledged, by number: a ring of `sizeMax` places, each with a mark of its sender's, such as
 * a sequence. Acknowledgements may come in any order; `mark` moves only past what is acknowledged without a gap. No clock,
 * no I/O, and no object a message.
 */
import { assert } from "@sluice/engine";

export class AckWindow {
  readonly #sizeMax: number;
  readonly #marks: Float64Array;
  readonly #isAcked: Uint8Array;
  /** Number of the oldest message without its acknowledgement, and of the next to be sent. */
  #oldest = 0;
  #next = 0;
  #mark = 0;

  /** @param mark what counts as acknowledged before the first message */
  constructor(sizeMax: number, mark = 0) {
    this.#sizeMax = sizeMax;
    this.#marks = new Float64Array(sizeMax);
    this.#isAcked = new Uint8Array(sizeMax);
    this.#mark = mark;
  }

  get room(): number {
    return this.#sizeMax - this.inFlight;
  }
  get inFlight(): number {
    return this.#next - this.#oldest;
  }
  /** Number of the oldest message that waits; of the next one when none does. */
  get oldest(): number {
    return this.#oldest;
  }
  /** Of the last message up to which all are acknowledged. */
  get mark(): number {
    return this.#mark;
  }

  /** @returns the message's number; numbers are never used twice. */
  add(mark: number): number {
    assert(this.room > 0, "a message is sent only where there is room");
    const place = this.#next % this.#sizeMax;
    this.#marks[place] = mark;
    this.#isAcked[place] = 0;
    return this.#next++;
  }

  /** @returns false when the number is not in flight: acknowledged already, or let go of. */
  acknowledge(number: number): boolean {
    if (!(number >= this.#oldest && number < this.#next)) return false;
    this.#isAcked[number % this.#sizeMax] = 1;
    while (this.#oldest < this.#next && this.#isAcked[this.#oldest % this.#sizeMax] === 1) {
      this.#mark = this.#marks[this.#oldest % this.#sizeMax] ?? 0;
      this.#oldest += 1;
    }
    return true;
  }

  /** Lets go of what is in flight: acknowledgements that still come are of nothing. */
  reset(mark: number): void {
    this.#oldest = this.#next;
    this.#mark = mark;
  }
}
