/**
 * Counters, hours and open windows in a file, so that a start folds only the records since. A snapshot is trusted only
 * when the ledger holds the very decision that it ends with; else the whole ledger is folded. Written beside and
 * renamed over, so a reader never sees half of one.
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import { type FoldedCounters, isFoldedCounters } from "./counters.ts";
import type { HourlyState } from "./hourly.ts";
import type { WindowSetState } from "./windows/window-set.ts";

const VERSION = 1;

export interface Snapshot {
  readonly version: typeof VERSION;
  /** The last decision folded in: its place and its `decision_id`. */
  readonly seq: number;
  readonly decisionId: string;
  readonly counters: FoldedCounters;
  readonly hourly: HourlyState;
  readonly windows: WindowSetState;
}

export async function writeSnapshot(path: string, snapshot: Omit<Snapshot, "version">): Promise<void> {
  const beside = `${path}.new`;
  await writeFile(beside, JSON.stringify({ version: VERSION, ...snapshot }), { mode: 0o600 });
  await rename(beside, path);
}

/** Undefined when there is none, or none that can be used: it is a saving, never the truth. */
export async function readSnapshot(path: string): Promise<Snapshot | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    return isSnapshot(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSnapshot(value: unknown): value is Snapshot {
  if (typeof value !== "object" || value === null) return false;
  const { version, seq, decisionId, counters, hourly, windows } = value as Partial<Record<keyof Snapshot, unknown>>;
  if (version !== VERSION || !Number.isSafeInteger(seq) || typeof decisionId !== "string") return false;
  const open = (windows as WindowSetState | undefined)?.open;
  return isFoldedCounters(counters) && Array.isArray(hourly) && Array.isArray(open);
}
