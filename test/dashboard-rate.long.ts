/** The page under 20,000 decisions a second: every one is counted, and it never draws fewer than 30 frames a second. */
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser, missingForPage, pageSkipNote } from "./support/chromium.ts";
import { type DecisionFlood, decisionFlood } from "./support/decision-flood.ts";

const PER_SECOND = 20_000;
const SECONDS = 10;
const FRAMES_A_SECOND_MIN = 30;

describe.skipIf(missingForPage !== undefined)(`the page under ${PER_SECOND} decisions a second${pageSkipNote}`, () => {
  let browser: Browser;
  let flood: DecisionFlood;

  beforeAll(async () => {
    flood = await decisionFlood(fileURLToPath(new URL("../dashboard/dist", import.meta.url)));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await flood?.close();
  });

  test("counts each of them and keeps drawing", async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(flood.url.href);
    await page.getByText("live", { exact: true }).waitFor();
    flood.start(PER_SECOND);
    await page.locator(".row").first().waitFor();
    const mainThread = await page.context().newCDPSession(page);
    await mainThread.send("Performance.enable");
    const busySeconds = async () => {
      const { metrics } = await mainThread.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
    };
    const sentBefore = flood.sent;
    const busyBefore = await busySeconds();
    const framesMs = await drawnFrames(page, SECONDS);
    const busyShare = ((await busySeconds()) - busyBefore) / SECONDS;
    const sentPerSecond = (flood.sent - sentBefore) / SECONDS;
    flood.stop();

    const slowest = fewestInASecond(framesMs);
    const figures = { sentPerSecond, framesASecond: framesMs.length / SECONDS, slowest, mainThreadBusy: busyShare };
    process.stdout.write(`dashboard under load: ${JSON.stringify(figures)}\n`);
    const counted = page.locator(".tile").first();
    await expect
      .poll(() => counted.getAttribute("title"), { timeout: 20_000 })
      .toContain(`${flood.sent.toLocaleString("en")} decisions`);
    expect(await page.getByText(/Sampled:|were not shown/).count()).toBe(0);
    expect(sentPerSecond).toBeGreaterThan(PER_SECOND * 0.95);
    expect(slowest).toBeGreaterThanOrEqual(FRAMES_A_SECOND_MIN);
    expect(await page.locator(".row").count()).toBeLessThanOrEqual(100);
    await page.close();
  });
});

/** When each animation frame was drawn, in milliseconds from the first. */
const drawnFrames = (page: Page, seconds: number) =>
  page.evaluate<number[]>(`new Promise((resolve) => {
    const frames = [];
    const startMs = performance.now();
    const note = (nowMs) => {
      frames.push(nowMs - startMs);
      if (nowMs - startMs < ${seconds * 1000}) requestAnimationFrame(note);
      else resolve(frames);
    };
    requestAnimationFrame(note);
  })`);

/** Fewest frames in any second that begins with a frame. */
function fewestInASecond(framesMs: readonly number[]): number {
  const lastMs = framesMs.at(-1) ?? 0;
  const counts = framesMs
    .filter((startMs) => startMs + 1000 <= lastMs)
    .map((startMs) => framesMs.filter((ms) => ms >= startMs && ms < startMs + 1000).length);
  return Math.min(...counts);
}
