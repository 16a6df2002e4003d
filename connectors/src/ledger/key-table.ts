/**
 * Idempotency keys in memory: fingerprint to seq, open addressing with linear probing over two typed arrays.
 *
 * A slot is 8 bytes: the low half of the fingerprint, and the seq modulo 2^32 - 1 (plus 1; 0 is an empty slot), told
 * apart by its distance from the newest seq. Half a fingerprint is enough because every candidate is compared with its
 * record: with 10 M keys one look-up in 430 reads a record in vain.
 *
 * Nothing is deleted. An entry before the horizon counts as absent, and an insert takes its slot. The table starts at
 * 2^20 slots (8 MiB): 734,000 keys without growing, ten minutes of 1,200 events a second with flat memory. Past 70 % it
 * is rehashed without what has expired, doubled if half of it is alive, up to what `keysMax` live keys need at 60 %
 * (2^24 slots, 128 MiB, for 10 M).
 */
import { assert } from "@sluice/engine";

const SLOTS_START = 2 ** 20;
const FILL_MAX = 0.7;
const LIVE_FILL_MAX = 0.6;
const SEQ_MODULUS = 2 ** 32 - 1;

/** Tags are signed 32-bit integers, as halves of a fingerprint are. */
export interface KeyTable {
  insert(tag: number, seq: number, horizonSeq: number): void;
  /** Seqs from `horizonSeq` to `newestSeq` under this tag, ascending. Usually none, or one. */
  lookup(tag: number, horizonSeq: number, newestSeq: number): readonly number[];
  /** Makes one entry absent, after its record failed to be written. */
  forget(tag: number, seq: number): void;
  readonly slotCount: number;
}

/** @param keysMax live keys at most; @param slotsStart a power of two, smaller in tests. */
export function keyTable(keysMax: number, slotsStart: number = SLOTS_START): KeyTable {
  const slotsMax = Math.max(16, 2 ** Math.ceil(Math.log2(keysMax / LIVE_FILL_MAX)));
  let slotCount = Math.min(slotsStart, slotsMax);
  let tags = new Int32Array(slotCount);
  let seqs = new Uint32Array(slotCount);
  let used = 0;

  const stored = (seq: number) => (seq % SEQ_MODULUS) + 1;
  /** The newest seq that is stored like this and is not above `newestSeq`. */
  const restored = (value: number, newestSeq: number) =>
    newestSeq - ((stored(newestSeq) - value + SEQ_MODULUS) % SEQ_MODULUS);

  function rehash(horizonSeq: number, newestSeq: number): void {
    const isLive = (value: number) => value !== 0 && restored(value, newestSeq) >= horizonSeq;
    let live = 0;
    for (const value of seqs) if (isLive(value)) live += 1;
    while (live * 2 > slotCount && slotCount < slotsMax) slotCount *= 2;
    assert(live < slotCount * FILL_MAX, "the horizon keeps live keys below keysMax");
    const [oldTags, oldSeqs] = [tags, seqs];
    tags = new Int32Array(slotCount);
    seqs = new Uint32Array(slotCount);
    used = 0;
    for (let slot = 0; slot < oldSeqs.length; slot += 1) {
      const value = oldSeqs[slot]!;
      if (isLive(value)) put(oldTags[slot]!, value, () => false);
    }
  }

  function put(tag: number, value: number, isFree: (value: number) => boolean): void {
    const mask = slotCount - 1;
    let slot = tag & mask;
    while (seqs[slot] !== 0 && !isFree(seqs[slot]!)) slot = (slot + 1) & mask;
    if (seqs[slot] === 0) used += 1;
    tags[slot] = tag;
    seqs[slot] = value;
  }

  return {
    insert(tag, seq, horizonSeq) {
      if (used >= slotCount * FILL_MAX) rehash(horizonSeq, seq);
      put(tag, stored(seq), (value) => restored(value, seq) < horizonSeq);
    },
    lookup(tag, horizonSeq, newestSeq) {
      const mask = slotCount - 1;
      let found: number[] | undefined;
      for (let slot = tag & mask; seqs[slot] !== 0; slot = (slot + 1) & mask) {
        if (tags[slot] !== tag) continue;
        const seq = restored(seqs[slot]!, newestSeq);
        if (seq < horizonSeq) continue;
        if (found === undefined) found = [seq];
        else found.push(seq);
      }
      return found === undefined ? NONE : found.sort((a, b) => a - b);
    },
    forget(tag, seq) {
      const mask = slotCount - 1;
      for (let slot = tag & mask; seqs[slot] !== 0; slot = (slot + 1) & mask) {
        // The slot must stay used, or keys behind it would be lost: it gets a tag that this probe path never asks for.
        if (tags[slot] === tag && seqs[slot] === stored(seq)) tags[slot] = ~tag;
      }
    },
    get slotCount() {
      return slotCount;
    },
  };
}

const NONE: readonly number[] = [];
