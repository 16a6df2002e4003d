/**
 * Index of one segment: 40 bytes a record, so the place of a seq is known without search. Derived data: rebuilt from
 * the segment when it is missing, short or wrong, and therefore never synced. Little-endian.
 *
 *   header  0 "SLUICEIX"  8 u32 version  12 u32 entry bytes  16 u64 first seq  24 u64 fingerprint check
 *   entry   0 u64 fingerprint of (org_id, event_id)  8 u64 of event_id  16 u64 time in ms  24 u32 offset of the record
 *           in the segment  28 u32 its length  32 u64 offset of its text in the text file plus 1, or 0
 *
 * Fingerprints of a record without a key are 0.
 */
import type { Fingerprint, Fingerprinter, KeyFingerprints } from "./fingerprint.ts";
import { readSeq, writeSeq } from "./segment-format.ts";

export const INDEX_HEADER_BYTES = 32;
export const ENTRY_BYTES = 40;
const INDEX_MAGIC = Buffer.from("SLUICEIX", "latin1");
const NO_KEYS: KeyFingerprints = { low: 0, high: 0, event: { low: 0, high: 0 } };

export interface IndexEntry {
  readonly key: Fingerprint;
  readonly event: Fingerprint;
  readonly timeMs: number;
  readonly offset: number;
  readonly length: number;
  /** Offset in the text file plus 1; 0 when no text was retained. */
  readonly textPlace: number;
}

/** The check value ties the fingerprints to the secret they were made with. */
export function encodeIndexHeader(firstSeq: number, fingerprints: Fingerprinter): Buffer {
  const header = Buffer.alloc(INDEX_HEADER_BYTES);
  INDEX_MAGIC.copy(header);
  header.writeUInt32LE(1, 8);
  header.writeUInt32LE(ENTRY_BYTES, 12);
  writeSeq(header, firstSeq, 16);
  const check = fingerprints.event("sluice index");
  header.writeInt32LE(check.low, 24);
  header.writeInt32LE(check.high, 28);
  return header;
}

/** Through a DataView, which V8 makes a plain store of: a tenth of the cost of a Buffer's calls (measured). */
export function writeEntry(
  entries: DataView,
  at: number,
  fingerprints: KeyFingerprints | undefined,
  place: Pick<IndexEntry, "timeMs" | "offset" | "length" | "textPlace">,
): void {
  const { low, high, event } = fingerprints ?? NO_KEYS;
  entries.setInt32(at, low, true);
  entries.setInt32(at + 4, high, true);
  entries.setInt32(at + 8, event.low, true);
  entries.setInt32(at + 12, event.high, true);
  setSeq(entries, at + 16, place.timeMs);
  entries.setUint32(at + 24, place.offset, true);
  entries.setUint32(at + 28, place.length, true);
  setSeq(entries, at + 32, place.textPlace);
}

/** As `writeSeq` does. */
function setSeq(entries: DataView, at: number, value: number): void {
  entries.setUint32(at, value % 0x1_0000_0000, true);
  entries.setUint32(at + 4, Math.floor(value / 0x1_0000_0000), true);
}

export function readEntry(entries: Buffer, at: number): IndexEntry {
  return {
    key: { low: entries.readInt32LE(at), high: entries.readInt32LE(at + 4) },
    event: { low: entries.readInt32LE(at + 8), high: entries.readInt32LE(at + 12) },
    timeMs: readSeq(entries, at + 16),
    offset: entries.readUInt32LE(at + 24),
    length: entries.readUInt32LE(at + 28),
    textPlace: readSeq(entries, at + 32),
  };
}

/** Entries of a frame are written with offsets from its start; this makes them offsets in the files. */
export function shiftEntries(entries: Buffer, count: number, segmentOffset: number, textOffset: number): void {
  for (let at = 0; at < count * ENTRY_BYTES; at += ENTRY_BYTES) {
    entries.writeUInt32LE(entries.readUInt32LE(at + 24) + segmentOffset, at + 24);
    const textPlace = readSeq(entries, at + 32);
    if (textPlace !== 0) writeSeq(entries, textPlace + textOffset, at + 32);
  }
}

export function entryAt(seq: number, firstSeq: number): number {
  return INDEX_HEADER_BYTES + (seq - firstSeq) * ENTRY_BYTES;
}
