/**
 * Logs on stderr: JSON lines, or short lines for a person when stderr is a terminal. Every line is an event with a
 * stable name; docs/guides/logging.md lists them. Holds counts, reasons and ids of ours, never text of an event, a user
 * or a peer. Warnings and errors that repeat are held back and counted, except at level debug. Wraps pino.
 */
import { Writable } from "node:stream";
import type { Log, LogEntry } from "@sluice/engine";
import { pino } from "pino";
import { logLimit } from "./log-limit.ts";
import type { LogLevel } from "./settings.ts";
import type { Shell } from "./shell.ts";

export interface Logger {
  readonly log: Log;
  /** Writes what is held back. Call at the end. */
  flush(): void;
}

export function createLogger(shell: Pick<Shell, "stderr">, level: LogLevel, nowMs: () => number = Date.now): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: levelName } };
  const lines = pino(options, shell.stderr.isTTY ? terminalStream(shell) : shell.stderr);
  const write = ({ level, event, message, fields }: LogEntry, repeated: number | undefined) =>
    lines[level]({ event, ...(repeated === undefined ? {} : { repeated }), ...fields }, message);
  const limit = logLimit(write, nowMs);
  const isLimited = level !== "debug" && level !== "trace"; // who asks for everything gets everything
  return {
    log(entry) {
      if (isLimited && (entry.level === "warn" || entry.level === "error")) limit.take(entry);
      else write(entry, undefined);
    },
    flush: () => limit.flush(),
  };
}

const levelName = (level: string) => ({ level });

function terminalStream({ stderr }: Pick<Shell, "stderr">): Writable {
  return new Writable({
    write(line: Buffer, _encoding, done) {
      stderr.write(forPeople(line.toString()));
      done();
    },
  });
}

/** `12:00:00 warn  source-disconnected no connection to the peer; trying again reason=closed code=1006` */
function forPeople(line: string): string {
  const { level, time, event, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const details = Object.entries(rest).map(([key, value]) => `${key}=${String(value)}`);
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${[event, msg, ...details].join(" ")}\n`;
}
