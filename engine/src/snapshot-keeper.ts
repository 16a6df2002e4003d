/** Writes the snapshot of what was folded, when there is something new; one write at a time. */
import type { Folded } from "./fold.ts";
import { writeSnapshot } from "./snapshot.ts";

/** The promise never rejects: a snapshot that cannot be written costs time at the next start and nothing else. */
export function createSnapshotKeeper(
  path: string | undefined,
  folded: Folded,
  onFailure: () => void,
): () => Promise<void> {
  let keptSeq = folded.last?.seq ?? 0;
  let writing: Promise<void> = Promise.resolve();
  async function write(): Promise<void> {
    const { last } = folded;
    if (path === undefined || last === undefined || last.seq === keptSeq) return;
    const state = { counters: folded.counters.state(), hourly: folded.hourly.state(), windows: folded.windows.state() };
    try {
      await writeSnapshot(path, { ...last, ...state });
      keptSeq = last.seq;
    } catch {
      onFailure();
    }
  }
  return () => {
    writing = writing.then(write); // one at a time: both would write the same file beside
    return writing;
  };
}
