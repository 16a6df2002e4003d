import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { main } from "./main.ts";

async function run(...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await main(args, stdout, stderr);
  return { code, out: String(stdout.read() ?? ""), err: String(stderr.read() ?? "") };
}

describe("npm run train", () => {
  test("explains itself", async () => {
    expect(await run("--help")).toMatchObject({ code: 0, out: expect.stringContaining("Example: npm run train") });
  });
  test.each([
    [["--nope"], /Unknown option/],
    [["--head", "nope"], /no head is called nope; there are risk/],
    [["--data", "nowhere"], /name the folder of labelled records with --data/],
  ])("given %j says what is wrong", async (args, message) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
