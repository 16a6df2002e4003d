/** Opens, checks and rebuilds a segment's index. The segment is the truth; the index only says where to look. */
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { open, rename, writeFile } from "node:fs/promises";
import { EngineError } from "@sluice/engine";
import type { Fingerprinter } from "./fingerprint.ts";
import { readFrames } from "./frame-reader.ts";
import { ENTRY_BYTES, encodeIndexHeader, INDEX_HEADER_BYTES, readEntry, writeEntry } from "./index-format.ts";
import { readTail } from "./record.ts";
import { FILE_MODE, type SegmentPaths } from "./segment-files.ts";
import { FRAME_HEADER_BYTES, RECORD_HEADER_BYTES, SEGMENT_HEADER_BYTES } from "./segment-format.ts";
import { textPlaces } from "./text-file.ts";

/**
 * Whether the index is there, made with these fingerprints, and has `count` entries of which the last ends where the
 * segment does. Entries between are trusted: a wrong one makes a look-up miss or read another record, which `find`
 * sees.
 */
export function isIndexWhole(paths: SegmentPaths, fingerprints: Fingerprinter, count: number): boolean {
  let fd: number;
  try {
    fd = openSync(paths.index, "r");
  } catch {
    return false; // missing or unreadable: it is rebuilt, and an unwritable folder fails there by name
  }
  try {
    if (fstatSync(fd).size !== INDEX_HEADER_BYTES + count * ENTRY_BYTES) return false;
    const header = Buffer.alloc(INDEX_HEADER_BYTES);
    readSync(fd, header, 0, INDEX_HEADER_BYTES, 0);
    if (!header.equals(encodeIndexHeader(paths.firstSeq, fingerprints))) return false;
    if (count === 0) return true;
    const last = Buffer.alloc(ENTRY_BYTES);
    readSync(fd, last, 0, ENTRY_BYTES, INDEX_HEADER_BYTES + (count - 1) * ENTRY_BYTES);
    const { offset, length } = readEntry(last, 0);
    return offset + length === statSync(paths.segment).size;
  } finally {
    closeSync(fd);
  }
}

/**
 * Writes the index anew from the segment, then puts it in place at once.
 * @throws {EngineError} `ledger-corrupt` when the segment holds a frame that is no frame.
 */
export async function rebuildIndex(paths: SegmentPaths, fingerprints: Fingerprinter): Promise<void> {
  const places = await textPlaces(paths.text);
  const parts: Buffer[] = [encodeIndexHeader(paths.firstSeq, fingerprints)];
  const handle = await open(paths.segment, "r");
  try {
    const { size } = await handle.stat();
    let seq = paths.firstSeq;
    for await (const step of readFrames(handle, SEGMENT_HEADER_BYTES, size)) {
      if (step.kind === "fault") throw corruptSegment(paths.segment, step.offset, step.what);
      const entries = Buffer.alloc(step.frame.records.length * ENTRY_BYTES);
      const view = new DataView(entries.buffer, entries.byteOffset, entries.length);
      let offset = step.offset + FRAME_HEADER_BYTES;
      for (const [index, record] of step.frame.records.entries()) {
        offset += RECORD_HEADER_BYTES;
        const place = { timeMs: step.frame.timeMs, offset, length: record.length, textPlace: places.get(seq) ?? 0 };
        writeEntry(view, index * ENTRY_BYTES, fingerprintsOf(record, fingerprints), place);
        offset += record.length;
        seq += 1;
      }
      parts.push(entries);
    }
  } finally {
    await handle.close();
  }
  await writeFile(`${paths.index}.new`, parts, { mode: FILE_MODE });
  await rename(`${paths.index}.new`, paths.index);
}

export function corruptSegment(file: string, offset: number, what: string): EngineError {
  return new EngineError(
    "ledger-corrupt",
    `${file} is damaged at byte ${offset}: ${what}. Valid records may follow, so nothing was cut. ` +
      "Keep a copy of the folder, run `sluice ledger verify` on it, and restore the ledger from a backup.",
  );
}

/** A record with an event digest has a key: its own organisation and event id. */
function fingerprintsOf(record: Buffer, fingerprints: Fingerprinter) {
  if (readTail(record).digest === undefined) return undefined;
  const { org_id: orgId, event_id: eventId } = JSON.parse(record.toString()) as { org_id: unknown; event_id: unknown };
  if (typeof orgId !== "string" || typeof eventId !== "string") return undefined;
  return fingerprints.of(orgId, eventId);
}
