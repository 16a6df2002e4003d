/**
 * How long to wait before the next attempt to connect: doubles with each attempt up to its most, by half at random, so
 * that many processes do not come back at once.
 */

const RECONNECT_FIRST_MS = 100;
const RECONNECT_MAX_MS = 2_000;

export class ReconnectDelay {
  #attempts = 0;
  /** The client asks more often than it tries. */
  #currentMs = 0;

  readonly currentMs = (): number => this.#currentMs;

  grow(): void {
    const fullMs = Math.min(RECONNECT_MAX_MS, RECONNECT_FIRST_MS * 2 ** this.#attempts++);
    this.#currentMs = fullMs / 2 + Math.random() * (fullMs / 2);
  }
  reset(): void {
    this.#attempts = 0;
    this.#currentMs = 0;
  }
}
