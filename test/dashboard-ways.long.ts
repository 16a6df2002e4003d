/** Further ways through the page in a real Chromium: keys, history, colours, addresses, sampling. */
import { describe, expect, test } from "vitest";
import { missingForPage, pageSkipNote } from "./support/chromium.ts";
import { demoPage, ingestFlagged } from "./support/demo-page.ts";

describe.skipIf(missingForPage !== undefined)(`ways through the page${pageSkipNote}`, () => {
  const demo = demoPage();
  const { onPage } = demo;

  test("arrow keys walk through the list and hold it", () =>
    onPage(async (page) => {
      await page.locator(".row").first().focus();
      await page.keyboard.press("ArrowDown");
      await page.getByRole("button", { name: /^Resume/ }).waitFor();
      const focused = page.locator(".row:focus");
      expect(await focused.count()).toBe(1);
    }));

  test("a cell of the risk map and an organisation's name filter the list, and back undoes each", () =>
    onPage(async (page) => {
      await page.locator(".heat-cell:not([data-shade='0'])").first().click();
      await page.waitForURL((address) => address.searchParams.has("category") && address.searchParams.has("tier"));
      await page.locator("[data-panel=organisations] .name-button").first().click();
      await page.waitForURL((address) => address.searchParams.has("org"));
      await page.goBack();
      await page.waitForURL((address) => address.searchParams.has("tier") && !address.searchParams.has("org"));
      await page.goBack();
      await page.waitForURL((address) => address.search === "");
      expect(await page.getByRole("combobox", { name: "Tier" }).inputValue()).toBe("");
    }));

  test("back closes the decision that was opened, and forward opens it again", () =>
    onPage(async (page) => {
      await page.getByRole("button", { name: "Pause" }).click();
      await page.locator(".row").first().click();
      const detail = page.getByRole("complementary", { name: "Decision in detail" });
      await detail.waitFor();
      await page.goBack();
      await expect.poll(() => detail.count()).toBe(0);
      await page.goForward();
      await detail.getByText("Why", { exact: true }).waitFor();
    }));

  test("colours follow the system until the person chooses, and the choice is kept", () =>
    onPage(async (page) => {
      const ground = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
      const light = await ground();
      await page.getByRole("button", { name: "dark" }).click();
      await expect.poll(ground).not.toBe(light);
      await page.reload();
      await page.locator(".row").first().waitFor();
      expect(await ground()).not.toBe(light);
    }));

  test("a sampled page says so and by how much, and takes all again when asked", () =>
    onPage(
      async (page) => {
        await page.getByText("Sampled: this page takes one decision of 4").waitFor();
        await page.getByRole("button", { name: "Take all again" }).click();
        await expect.poll(() => page.getByText("Sampled:").count()).toBe(0);
        expect(new URL(page.url()).search).toBe("");
      },
      { path: "/?sample=4" },
    ));

  test("an address that names a decision opens it", async () => {
    const eventId = `page-link-${Date.now()}`;
    await ingestFlagged(demo.url(), eventId);
    await onPage(
      async (page) => {
        await page.getByRole("complementary").getByText(eventId).first().waitFor();
      },
      { path: `/?event=${eventId}&in=page-test` },
    );
  });
});
