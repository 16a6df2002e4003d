/**
 * Fingerprints between the look-up of an event and its append: what `find` was asked for and did not know is appended
 * next, in the same order, so it is fingerprinted once. Bounded; what is not there is made again.
 */
import type { Fingerprinter, KeyFingerprints } from "./fingerprint.ts";

const ASKED_MAX = 1024;

export class AskedFingerprints {
  readonly #fingerprints: Fingerprinter;
  /** Parallel, in the order of the questions. */
  readonly #orgIds: string[] = [];
  readonly #eventIds: string[] = [];
  readonly #made: KeyFingerprints[] = [];
  /** Those before it were taken, or passed over. */
  #next = 0;

  constructor(fingerprints: Fingerprinter) {
    this.#fingerprints = fingerprints;
  }

  /** Of an event that may be appended next. */
  ask(orgId: string, eventId: string): KeyFingerprints {
    const made = this.#fingerprints.of(orgId, eventId);
    if (this.#made.length === ASKED_MAX) this.#clear();
    this.#orgIds.push(orgId);
    this.#eventIds.push(eventId);
    this.#made.push(made);
    return made;
  }

  /** Of an event that is appended now. */
  take(orgId: string, eventId: string): KeyFingerprints {
    const count = this.#made.length;
    for (let at = this.#next; at < count; at += 1) {
      if (this.#eventIds[at] !== eventId || this.#orgIds[at] !== orgId) continue; // not appended: a repeat
      const made = this.#made[at]!;
      this.#next = at + 1;
      if (this.#next === count) this.#clear();
      return made;
    }
    this.#clear(); // an append that asked nothing: no second walk over the same
    return this.#fingerprints.of(orgId, eventId);
  }

  #clear(): void {
    this.#orgIds.length = 0;
    this.#eventIds.length = 0;
    this.#made.length = 0;
    this.#next = 0;
  }
}
