import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { startProgress } from "./progress.ts";

function terminal(isTTY: boolean) {
  const stderr = Object.assign(new PassThrough(), { isTTY, cursorTo() {}, clearLine() {}, clearScreenDown() {} });
  return { stderr, text: () => String(stderr.read() ?? "") };
}

test("nothing is shown when stderr is not a terminal", () => {
  const { stderr, text } = terminal(false);
  let nowMs = 0;
  const progress = startProgress({ stderr }, { label: "reading", total: 10, nowMs: () => nowMs });
  nowMs = 5000;
  progress.update(5);
  progress.stop();
  expect(text()).toBe("");
});

test("the bar waits a second before it shows, and stops once", () => {
  const { stderr, text } = terminal(true);
  let nowMs = 0;
  const progress = startProgress({ stderr }, { label: "reading", total: 10, nowMs: () => nowMs });
  nowMs = 999;
  progress.update(5);
  expect(text()).toBe("");
  nowMs = 1000;
  progress.update(6);
  expect(text()).toContain("reading");
  progress.stop();
  progress.stop();
});
