import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { ReaderGone, UsageError } from "./exit.ts";
import { fileWriter, lineWriter } from "./line-writer.ts";

test("lines are held back until flushed, and end with a line break", async () => {
  const stream = new PassThrough();
  const out = lineWriter(stream);
  await out.write("a");
  await out.write("b");
  expect(stream.read()).toBeNull();
  await out.flush();
  expect(String(stream.read())).toBe("a\nb\n");
});

test("a reader that left ends the work by ReaderGone", async () => {
  const stream = new PassThrough();
  const out = lineWriter(stream);
  stream.destroy(Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
  await out.write("a");
  await expect(out.flush()).rejects.toThrow(ReaderGone);
});

test("a file holds every line once closed", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "sluice-lines-")), "out");
  const out = fileWriter(path);
  for (let count = 0; count < 20_000; count += 1) await out.write(`line ${count}`);
  await out.close();
  expect(readFileSync(path, "utf8").split("\n")).toHaveLength(20_001);
});

test("a file that cannot be made is wrong use, also when nothing was written", async () => {
  await expect(fileWriter("/nowhere/at/all").close()).rejects.toThrow(UsageError);
  const out = fileWriter("/nowhere/at/all");
  await out.write("a");
  await expect(out.close()).rejects.toThrow(UsageError);
});
