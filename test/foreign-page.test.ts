/**
 * Pages of other origins in a real Chromium: whatever such a page can send without asking anybody, Sluice takes none of
 * it, and the page reads nothing. One page is on another port of this machine; one has a name that leads to Sluice
 * itself, as a name whose address was changed would (DNS rebinding).
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser, missingForPage, pageSkipNote } from "./support/chromium.ts";
import { ingest, metrics } from "./support/requests.ts";
import { sampleEvent } from "./support/sample-event.ts";
import { exportedDecisions, type Served, serve } from "./support/served.ts";

const REBOUND = "rebound.example";
const EVENT = JSON.stringify(sampleEvent({ event_id: "from-another-page" }));

describe.skipIf(missingForPage !== undefined)(`a page of another origin${pageSkipNote}`, () => {
  let browser: Browser;
  let served: Served;
  let elsewhere: Server;
  let data: string;
  let page: Page;

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), "sluice-foreign-"));
    elsewhere = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>elsewhere</title>");
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
    const rules = `--host-resolver-rules=MAP ${REBOUND} 127.0.0.1`;
    [browser, served] = await Promise.all([launchBrowser([rules]), serve(data)]);
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`);
    await ingest(served.url, JSON.stringify(sampleEvent({ event_id: "ours" })));
  });
  afterAll(async () => {
    await browser?.close();
    await served?.kill();
    elsewhere?.close();
    rmSync(data, { recursive: true, force: true });
  });

  /** What the page's script comes to: `sent` when the browser let it go, `refused`, or what it could read. */
  const inPage = (script: string) =>
    page.evaluate<string>(`(async () => {
      const url = ${JSON.stringify(served.url.origin)}, event = ${JSON.stringify(EVENT)};
      try { return await (async () => { ${script} })(); } catch { return "refused"; }
    })()`);

  test.each([
    [
      "a request that needs no leave",
      `await fetch(url + "/ingest", {method: "POST", mode: "no-cors", body: event}); return "sent"`,
    ],
    [
      "a request with our content type",
      `const answer = await fetch(url + "/ingest", {method: "POST", body: event,
        headers: {"content-type": "application/json"}}); return answer.text()`,
    ],
    [
      "a beacon",
      `return navigator.sendBeacon(url + "/ingest", new Blob([event], {type: "text/plain"})) ? "sent" : "refused"`,
    ],
    [
      "a form",
      `const form = document.createElement("form"), field = document.createElement("input"), frame = document.createElement("iframe");
        frame.name = "target"; document.body.append(frame, form); form.append(field);
        Object.assign(form, {method: "post", enctype: "text/plain", action: url + "/ingest", target: "target"});
        Object.assign(field, {name: event.slice(0, -1) + ',"x":"', value: '"}'});
        const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
        form.submit(); await loaded; return "sent"`,
    ],
  ])("%s is not taken", async (_name, script) => {
    expect(["sent", "refused"]).toContain(await inPage(script));
    await new Promise((resolve) => setTimeout(resolve, 100)); // what was let go has arrived by then
    expect((await metrics(served.url)).total_events).toBe(1);
  });

  test.each(["/metrics", "/decisions/ours", "/decisions?limit=5", "/thresholds", "/ready"])(
    "%s cannot be read",
    async (path) => {
      expect(await inPage(`return (await fetch(url + ${JSON.stringify(path)})).text()`)).toBe("refused");
    },
  );

  test.each(["/live", "/events", "/monitor"])("%s is not opened", async (path) => {
    const script = `return await new Promise((resolve) => {
      const socket = new WebSocket(url.replace("http", "ws") + ${JSON.stringify(path)});
      socket.onopen = () => { socket.send(event); resolve("opened"); };
      socket.onerror = () => resolve("refused"); })`;
    expect(await inPage(script)).toBe("refused");
  });

  test("under a name that leads to Sluice itself it gets nothing, not even the page", async () => {
    const rebound = await browser.newPage();
    const answer = await rebound.goto(`http://${REBOUND}:${served.url.port}/`);
    expect(answer?.status()).toBe(403);
    const status = await rebound.evaluate<number>(`fetch("/ingest", {method: "POST", body: ${JSON.stringify(EVENT)},
      headers: {"content-type": "application/json"}}).then((answer) => answer.status)`);
    expect(status).toBe(403);
    await rebound.close();
  });

  test("and our own page gets all of it", async () => {
    const own = await browser.newPage();
    await own.goto(served.url.href);
    expect(await own.evaluate<number>(`fetch("/decisions/ours").then((answer) => answer.status)`)).toBe(200);
    await own.close();
    expect((await exportedDecisions(data)).map(({ event_id }) => event_id)).toEqual(["ours"]);
  });
});
