import { Writable } from "node:stream";
import type { LogEntry } from "@sluice/engine";
import { describe, expect, test, vi } from "vitest";
import { LINES_MAX, WINDOW_MS } from "./log-limit.ts";
import { createLogger } from "./logger.ts";
import type { LogLevel } from "./settings.ts";

function capture(level: LogLevel, isTTY: boolean) {
  let text = "";
  let timeMs = 0;
  const write = (chunk: unknown, _encoding: string, done: () => void) => {
    text += String(chunk);
    done();
  };
  const logger = createLogger({ stderr: Object.assign(new Writable({ write }), { isTTY }) }, level, () => timeMs);
  return {
    ...logger,
    text: () => text,
    lines: () => text.split("\n").filter((line) => line !== ""),
    pass(ms: number) {
      timeMs += ms;
    },
  };
}
const LOST: LogEntry = {
  level: "warn",
  event: "source-disconnected",
  message: "no connection",
  fields: { reason: "closed", code: "1006" },
};

describe("the log", () => {
  test("is one JSON object a line, with time, level, event and sentence", () => {
    const { log, lines } = capture("info", false);
    log(LOST);
    log({ level: "debug", event: "quiet", message: "not wanted" });
    expect(lines().map((line) => JSON.parse(line))).toEqual([
      {
        level: "warn",
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        event: "source-disconnected",
        reason: "closed",
        code: "1006",
        msg: "no connection",
      },
    ]);
  });

  test("is a short line for a person on a terminal", () => {
    const { log, text } = capture("info", true);
    log(LOST);
    expect(text()).toMatch(/^\d\d:\d\d:\d\d warn {2}source-disconnected no connection reason=closed code=1006\n$/);
  });

  test("writes the first of many, counts the others, and says how many when the time is over", () => {
    const { log, lines, pass, flush } = capture("info", false);
    for (let at = 0; at < 1_000; at += 1) log({ ...LOST, fields: { at } });
    log({ level: "error", event: "another", message: "goes out" });
    expect(lines()).toHaveLength(LINES_MAX + 1);
    pass(WINDOW_MS);
    log(LOST);
    const held = JSON.parse(lines()[LINES_MAX + 1] ?? "");
    expect(held).toMatchObject({ event: "source-disconnected", repeated: 1_000 - LINES_MAX, at: 999 });
    expect(lines()).toHaveLength(LINES_MAX + 3);
    for (let at = 0; at < LINES_MAX; at += 1) log(LOST);
    flush();
    expect(JSON.parse(lines().at(-1) ?? "")).toMatchObject({ repeated: 1 });
  });

  test("holds nothing back from who asks for everything", () => {
    const { log, lines } = capture("debug", false);
    for (let at = 0; at < 100; at += 1) log(LOST);
    expect(lines()).toHaveLength(100);
  });

  test("says how many were held back also when nothing follows", () => {
    vi.useFakeTimers({ now: 0 });
    try {
      let text = "";
      const stderr = new Writable({
        write(chunk, _encoding, done) {
          text += String(chunk);
          done();
        },
      });
      const { log } = createLogger({ stderr }, "warn");
      for (let at = 0; at < LINES_MAX + 5; at += 1) log(LOST);
      vi.advanceTimersByTime(WINDOW_MS);
      expect(text).toContain('"repeated":5');
    } finally {
      vi.useRealTimers();
    }
  });
});
