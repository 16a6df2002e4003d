/**
 * The readers that are up to date, grouped by filter: one batch in, one frame a group made, that frame sent to each.
 * Invariant: no reader waits for another; one whose buffer is full is passed over and told of its gap when it drains.
 */
import type { RecordedDecision } from "@sluice/engine";
import { decisionsFrame } from "./frame.ts";
import { deliver, type LiveReader, tellGap, withhold } from "./reader.ts";

export interface LiveReaders {
  join(reader: LiveReader): void;
  leave(reader: LiveReader): void;
  publish(batch: readonly RecordedDecision[]): void;
  /** Makes the batch a gap for every reader that would have got some of it. */
  withholdAll(batch: readonly RecordedDecision[]): void;
  /** Tells a reader of its gap, if it has one and takes bytes again. */
  tell(reader: LiveReader): void;
  /** Readers from which frames have been withheld for longer than this. */
  stalled(longerThanMs: number): readonly LiveReader[];
  readonly count: number;
  /** Gaps told so far. */
  readonly gapCount: number;
  /** Readers from which frames are withheld now. */
  readonly behindCount: number;
}

export function liveReaders(): LiveReaders {
  const groups = new Map<string, Set<LiveReader>>();
  let count = 0;
  let gapCount = 0;

  function tell(reader: LiveReader): void {
    if (tellGap(reader)) gapCount += 1;
  }
  function publishTo(readers: ReadonlySet<LiveReader>, batch: readonly RecordedDecision[], nowMs: number): void {
    const { seq } = batch.at(-1)!;
    const frames = new Map<number, Uint8Array | undefined>(); // by `prev`: the same for all but the newest readers
    let isTaken: boolean | undefined;
    for (const reader of readers) {
      tell(reader);
      if (reader.withheldTo > 0) {
        isTaken ??= batch.some((recorded) => reader.filter.takes(recorded));
        if (isTaken) withhold(reader, seq, nowMs);
        continue;
      }
      if (!frames.has(reader.seq)) frames.set(reader.seq, decisionsFrame(batch, reader.filter, reader.seq));
      const frame = frames.get(reader.seq);
      if (frame !== undefined) deliver(reader, frame, seq, nowMs);
    }
  }
  return {
    join(reader) {
      const readers = groups.get(reader.filter.key) ?? new Set();
      groups.set(reader.filter.key, readers.add(reader));
      count += 1;
    },
    leave(reader) {
      const readers = groups.get(reader.filter.key);
      if (readers?.delete(reader)) count -= 1;
      if (readers?.size === 0) groups.delete(reader.filter.key);
    },
    publish(batch) {
      const nowMs = performance.now();
      for (const readers of groups.values()) publishTo(readers, batch, nowMs);
    },
    withholdAll(batch) {
      const { seq } = batch.at(-1)!;
      for (const reader of all(groups)) {
        if (!batch.some((recorded) => recorded.seq > reader.seq && reader.filter.takes(recorded))) continue;
        withhold(reader, seq, performance.now());
        tell(reader);
      }
    },
    tell,
    stalled: (longerThanMs) =>
      [...all(groups)].filter((r) => r.withheldTo > 0 && performance.now() - r.stalledAtMs > longerThanMs),
    get count() {
      return count;
    },
    get gapCount() {
      return gapCount;
    },
    get behindCount() {
      let behind = 0;
      for (const reader of all(groups)) if (reader.withheldTo > 0) behind += 1;
      return behind;
    },
  };
}

function* all(groups: ReadonlyMap<string, ReadonlySet<LiveReader>>): Generator<LiveReader> {
  for (const readers of groups.values()) yield* readers;
}
