import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { drawLoop } from "./draw-loop.ts";

const frameMs = 16;
const drawFast = vi.fn();
const drawSlow = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => setTimeout(draw, frameMs));
  drawFast.mockClear();
  drawSlow.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const loop = () => drawLoop({ drawFast, drawSlow, slowEveryMs: 200 });

test("many changes within a frame are drawn once", () => {
  const changed = loop();
  for (let index = 0; index < 100; index += 1) changed();
  vi.advanceTimersByTime(frameMs);
  expect(drawFast).toHaveBeenCalledTimes(1);
  expect(drawSlow).toHaveBeenCalledTimes(1);
});

test("under a flood the slow part keeps its pace and the last change is still drawn", () => {
  const changed = loop();
  for (let ms = 0; ms < 1000; ms += 10) {
    changed();
    vi.advanceTimersByTime(10);
  }
  expect(drawSlow.mock.calls.length).toBeLessThanOrEqual(5);
  const before = drawSlow.mock.calls.length;
  vi.advanceTimersByTime(1000);
  expect(drawSlow).toHaveBeenCalledTimes(before + 1);
});

test("when nothing comes nothing runs", () => {
  const changed = loop();
  changed();
  vi.advanceTimersByTime(1000);
  expect(vi.getTimerCount()).toBe(0);
  expect(drawFast).toHaveBeenCalledTimes(1);
});
