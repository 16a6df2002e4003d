/**
 * The page in a real Chromium, fed by a real `sluice serve --demo`: what a person sees and does, and what is never
 * fetched.
 */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { missingForPage, pageSkipNote, widthOf } from "./support/chromium.ts";
import { demoPage, FLAGGED_PROMPT, ingestFlagged } from "./support/demo-page.ts";

describe.skipIf(missingForPage !== undefined)(`the page in Chromium${pageSkipNote}`, () => {
  const demo = demoPage();
  const { onPage } = demo;

  test("decisions appear with action, organisation and reason, and say that they are synthetic", () =>
    onPage(async (page) => {
      const row = page.locator(".row").first();
      expect(await row.locator(".badge").textContent()).toMatch(/^(allow|warn|redact|escalate|block)$/);
      expect(await row.locator(".org").textContent()).not.toBe("");
      expect(await row.locator(".reason").textContent()).not.toBe("");
      await page.getByText("synthetic traffic").waitFor();
      expect(await page.locator(".chart canvas").count()).toBe(3);
      expect(await page.locator(".panel").count()).toBe(6);
    }));

  test("a filter shows only what it says and is in the address", () =>
    onPage(async (page) => {
      await page.locator(".chip[data-action=allow]").click();
      await page.waitForURL((address) => address.searchParams.get("action") === "allow");
      await page.locator(".row[data-action=allow]").first().waitFor();
      expect(await page.locator(".row:not([data-action=allow])").count()).toBe(0);
      await page.reload();
      await page.locator(".row[data-action=allow]").first().waitFor();
      expect(await page.locator(".chip[data-action=allow]").getAttribute("aria-pressed")).toBe("true");
      await page.getByRole("button", { name: "Clear" }).click();
      await page.waitForURL((address) => address.search === "");
    }));

  test("pause holds the list and counts what arrives, resume follows again", () =>
    onPage(async (page) => {
      await page.getByRole("button", { name: "Pause" }).click();
      const held = await newestOf(page);
      await page.getByRole("button", { name: /^Resume \([1-9]/ }).waitFor();
      expect(await newestOf(page)).toBe(held);
      await page.getByRole("button", { name: /^Resume/ }).click();
      await page.mouse.move(0, 0);
      await expect.poll(() => newestOf(page)).not.toBe(held);
    }));

  test("a decision opens by key with its reasons, and text only after asking for the look that is recorded", () =>
    onPage(async (page) => {
      const textRequests: string[] = [];
      page.on("request", (request) => {
        if (request.url().includes("/text")) textRequests.push(request.url());
      });
      const eventId = `page-${Date.now()}`;
      await ingestFlagged(demo.url(), eventId);
      const row = page.locator(`.row[data-event="${eventId}"]`);
      await page.getByRole("searchbox").fill(eventId);
      await row.focus();
      await page.keyboard.press("Enter");
      const detail = page.getByRole("complementary", { name: "Decision in detail" });
      await detail
        .getByText(/score [\d.]+ of the prompt/)
        .first()
        .waitFor();
      expect(await detail.locator(".matches code").first().textContent()).toMatch(/^\w+\.\w+/);
      expect(await detail.locator(".bar").count()).toBeGreaterThan(0);
      await detail.locator(".comparisons tr[data-met=true]").first().waitFor();
      await detail.getByRole("button", { name: /of scores below 0.01/ }).click();
      expect(await detail.locator(".comparisons tr[data-met=false]").count()).toBeGreaterThan(20);
      expect(await detail.textContent()).not.toContain("previous instructions");
      expect(textRequests).toEqual([]);

      await detail.getByRole("button", { name: /this look is recorded/ }).click();
      await detail.getByText("This look was recorded").waitFor();
      expect(textRequests).toHaveLength(1);
      expect(await detail.locator(".text").first().textContent()).toBe(FLAGGED_PROMPT);
      const marked = (await detail.locator(".text mark").allInnerTexts()).join("");
      expect(marked.toLowerCase()).toMatch(/^ignore all previous instructions/);

      await page.keyboard.press("Escape");
      await expect.poll(() => detail.count()).toBe(0);
    }));

  test("the five panels show live numbers, and the parts of the server as /ready has them", () =>
    onPage(async (page) => {
      const panel = (name: string) => page.locator(`[data-panel=${name}]`);
      await panel("organisations").locator("tbody tr").first().waitFor();
      await panel("risk").locator(".heat-cell").first().waitFor();
      await panel("health").getByText("watermark").waitFor();
      expect(await panel("rate").locator("canvas").count()).toBe(2);
      await expect.poll(() => panel("actions").locator("[data-total=allow]").textContent()).toMatch(/^[1-9]/);
      await panel("actions").getByRole("button", { name: "24 h" }).click();
      await panel("actions")
        .getByRole("img", { name: /last 24 hours/ })
        .waitFor();
      expect(await panel("alerts").textContent()).toContain("No alert");
    }));

  test("the list begins with what was decided before the page was opened", async () => {
    const eventId = `page-before-${Date.now()}`;
    await ingestFlagged(demo.url(), eventId);
    await onPage(
      async (page) => {
        await page.locator(`.row[data-event="${eventId}"]`).waitFor();
      },
      { path: `/?id=${eventId}` },
    );
  });

  test("on a phone nothing is wider than the screen, in the list, the panels and the detail", () =>
    onPage(
      async (page) => {
        expect(await widthOf(page)).toBe(390);
        await page.getByRole("button", { name: "Panels", exact: true }).click();
        expect(await widthOf(page)).toBe(390);
        await page.getByRole("button", { name: "Decisions", exact: true }).click();
        await page.getByRole("button", { name: "Pause" }).click();
        await page.locator(".row").first().click();
        const sheet = await page.getByRole("complementary").boundingBox();
        expect(sheet).toMatchObject({ x: 0, width: 390 });
        expect(await widthOf(page)).toBe(390);
      },
      { width: 390 },
    ));
});

const newestOf = (page: Page) => page.locator(".row").first().getAttribute("data-event");
