/**
 * Logs on stderr: JSON lines, or short lines for a person when stderr is a terminal. Holds ids, counts and reasons,
 * never the text of an event. Wraps pino.
 */
import { Writable } from "node:stream";
import { type Logger, pino } from "pino";
import type { LogLevel } from "./settings.ts";
import type { Shell } from "./shell.ts";

export type { Logger };

export function createLogger(shell: Pick<Shell, "stderr">, level: LogLevel): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: levelName } };
  return pino(options, shell.stderr.isTTY ? terminalStream(shell) : shell.stderr);
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

function forPeople(line: string): string {
  const { level, time, msg, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const details = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${[msg, ...details].join(" ")}\n`;
}
