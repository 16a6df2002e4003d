/** A real Chromium for tests of the page, and axe-core run inside it. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
const chromiumPath = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== undefined && existsSync(path));
const unbuilt = ["app/dist/main.js", "dashboard/dist/index.html"].find((path) => !existsSync(`${root}${path}`));

/** Why the page cannot be tested here; undefined when it can. */
export const missingForPage: string | undefined =
  chromiumPath === undefined
    ? "Chromium is not installed: set CHROMIUM_PATH"
    : unbuilt && `${unbuilt} is not built: npm run build`;
export const pageSkipNote = missingForPage === undefined ? "" : ` (skipped: ${missingForPage})`;

const QUIET = "--no-first-run --disable-background-networking --disable-component-update --disable-sync";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", ...QUIET.split(" ")];

export const launchBrowser = (flags: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath ?? "", args: [...FLAGS, ...flags] });

/** Collects what the page says is wrong; a breach of its content security policy is an error in the console. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  return faults;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every rule of axe-core that the page breaks as it is now, with the places. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE); // by the debugger, so the page's own policy on scripts stays as strict as it is
  return page.evaluate<string[]>(`axe.run(document).then(({ violations }) =>
    violations.map(({ id, help, nodes }) => id + ": " + help + " at " + nodes.map((node) => node.target.join(" ")).join(", ")))`);
}

/** Width in CSS pixels that the document asks for. */
export const widthOf = (page: Page): Promise<number> => page.evaluate<number>("document.documentElement.scrollWidth");
