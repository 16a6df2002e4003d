/**
 * A progress bar on stderr for work that takes more than a second, on a terminal only: a script that reads our stderr
 * never sees one. Wraps cli-progress.
 */
import { Presets, SingleBar } from "cli-progress";
import type { Shell } from "./shell.ts";

export interface Progress {
  /** @param done in the unit of `total`. */
  update(done: number): void;
  /** Takes the bar off the screen. Idempotent. */
  stop(): void;
}
export interface ProgressOptions {
  readonly label: string;
  /** Undefined when it is not known: the bar then counts without an end. */
  readonly total: number | undefined;
  readonly nowMs?: () => number;
}

const SILENT: Progress = { update() {}, stop() {} };
const PATIENCE_MS = 1000;

export function startProgress(shell: Pick<Shell, "stderr">, options: ProgressOptions): Progress {
  if (!shell.stderr.isTTY) return SILENT;
  const { label, total, nowMs = Date.now } = options;
  const startedMs = nowMs();
  const format = total === undefined ? `${label} {value}` : `${label} {bar} {percentage} %, {eta_formatted} left`;
  const bar = new SingleBar(
    { format, stream: shell.stderr as NodeJS.WriteStream, clearOnComplete: true, hideCursor: true, fps: 5 },
    Presets.shades_classic,
  );
  let isShown = false;
  return {
    update(done) {
      if (!isShown) {
        if (nowMs() - startedMs < PATIENCE_MS) return;
        bar.start(total ?? 0, done);
        isShown = true;
      }
      bar.update(done);
    },
    stop() {
      if (isShown) bar.stop();
      isShown = false;
    },
  };
}
