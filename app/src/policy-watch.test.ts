import { mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type PolicyWatch, watchPolicy } from "./policy-watch.ts";

const path = join(mkdtempSync(join(tmpdir(), "sluice-watch-")), "policy.yaml");
let watching: PolicyWatch | undefined;
afterEach(() => watching?.close());

/** Calls of `reload` end as the given outcomes say, in order; `next` resolves with what was told. */
async function watch(...outcomes: readonly ("sound" | "faulty")[]) {
  const left = [...outcomes];
  const told: string[] = [];
  let tell: () => void = () => {};
  const say = (what: string) => {
    told.push(what);
    tell();
  };
  writeFileSync(path, "first");
  watching = await watchPolicy({
    path,
    reload: async () => {
      if (left.shift() !== "sound") throw new Error("line 3");
    },
    accepted: () => say("accepted"),
    refused: ({ message }) => say(`refused: ${message}`),
  });
  return async () => {
    while (told.length === 0) await new Promise<void>((resolve) => (tell = resolve));
    return told.shift();
  };
}

test("each change is taken or refused, and told", async () => {
  const next = await watch("faulty", "sound");
  writeFileSync(path, "second");
  expect(await next()).toBe("refused: line 3");
  writeFileSync(path, "third, longer");
  expect(await next()).toBe("accepted");
});

test("an editor that saves by renaming is seen", async () => {
  const next = await watch("sound");
  writeFileSync(`${path}.new`, "replaced as a whole");
  renameSync(`${path}.new`, path);
  expect(await next()).toBe("accepted");
});
