/** The example for other Node services, run as its comment says. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("the embedding example decides, records once, serves and closes", async () => {
  const example = fileURLToPath(new URL("../examples/embed.mjs", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [example]);
  expect(stdout).toBe(`asked: block, because threshold jailbreak
recorded 2: chat-1 allow
ingested: 1 processed, then 1 repeat
served: /health answers 200
closed
`);
});
