/** Fills the key table at opening, from the indexes of the segments that reach into the idempotency horizon. */
import { open } from "node:fs/promises";
import type { Horizon } from "./horizon.ts";
import { ENTRY_BYTES, entryAt, readEntry } from "./index-format.ts";
import type { KeyTable } from "./key-table.ts";
import { readFully, type SegmentPaths } from "./segment-files.ts";

const CHUNK_ENTRIES = 16_384;

export interface KeysToLoad {
  readonly segments: readonly SegmentPaths[];
  readonly nextSeq: number;
  /** Older keys are absent. */
  readonly fromMs: number;
  readonly keysMax: number;
  readonly keys: KeyTable;
  readonly horizon: Horizon;
}

export async function loadKeys(load: KeysToLoad): Promise<void> {
  const { segments, nextSeq, fromMs, keysMax, keys, horizon } = load;
  const oldestSeq = Math.max(1, nextSeq - keysMax);
  for (const [position, paths] of segments.entries()) {
    const endSeq = (segments[position + 1]?.firstSeq ?? nextSeq) - 1;
    if (endSeq < Math.max(paths.firstSeq, oldestSeq)) continue;
    const handle = await open(paths.index, "r");
    try {
      if ((await entriesOf(handle, paths, endSeq, 1)).at(-1)!.timeMs < fromMs) continue;
      for (let seq = Math.max(paths.firstSeq, oldestSeq); seq <= endSeq; ) {
        const entries = await entriesOf(handle, paths, seq, Math.min(CHUNK_ENTRIES, endSeq - seq + 1));
        for (const { key, timeMs } of entries) {
          if (timeMs >= fromMs) {
            horizon.note(seq, timeMs);
            if (key.low !== 0 || key.high !== 0) keys.insert(key.low, seq, oldestSeq);
          }
          seq += 1;
        }
      }
    } finally {
      await handle.close();
    }
  }
}

async function entriesOf(handle: Awaited<ReturnType<typeof open>>, paths: SegmentPaths, seq: number, count: number) {
  const bytes = Buffer.alloc(count * ENTRY_BYTES);
  await readFully(handle, bytes, entryAt(seq, paths.firstSeq));
  return Array.from({ length: count }, (_, index) => readEntry(bytes, index * ENTRY_BYTES));
}
