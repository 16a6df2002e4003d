/**
 * Keeps a fault that happens a thousand times a second from filling the disk with lines about it. Of each event at most
 * `LINES_MAX` lines go out within `WINDOW_MS`; the others are counted, and the last of them is written with that count
 * (`repeated`) when the window ends. Nothing is lost but lines, and how many is said.
 */
import type { LogEntry } from "@sluice/engine";

export const LINES_MAX = 10;
export const WINDOW_MS = 10_000;

export interface LogLimit {
  take(entry: LogEntry): void;
  /** Writes what is held back. */
  flush(): void;
}

interface Window {
  endMs: number;
  lines: number;
  held: number;
  last: LogEntry;
}

/** @param write gets entries that may go out; `repeated` counts those that one stands for, itself included */
export function logLimit(
  write: (entry: LogEntry, repeated: number | undefined) => void,
  nowMs: () => number,
): LogLimit {
  /** By event: a closed list, so it is bounded. */
  const windows = new Map<string, Window>();

  function release({ held, last }: Window): void {
    if (held > 0) write(last, held);
  }
  function closeEnded(): void {
    for (const [event, window] of windows) {
      if (window.endMs > nowMs()) continue;
      windows.delete(event);
      release(window);
    }
  }
  return {
    take(entry) {
      closeEnded();
      const window = windows.get(entry.event);
      if (window === undefined) {
        windows.set(entry.event, { endMs: nowMs() + WINDOW_MS, lines: 1, held: 0, last: entry });
        write(entry, undefined);
      } else if (window.lines < LINES_MAX) {
        window.lines += 1;
        write(entry, undefined);
      } else {
        window.held += 1;
        window.last = entry;
        if (window.held === 1) setTimeout(closeEnded, Math.max(0, window.endMs - nowMs())).unref();
      }
    },
    flush() {
      for (const window of windows.values()) release(window);
      windows.clear();
    },
  };
}
