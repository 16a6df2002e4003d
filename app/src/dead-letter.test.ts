import { existsSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { deadLetterFile } from "./dead-letter.ts";

const rejection = { index: 0, event_id: "e", field: "tier", reason: "missing", message: "tier is required" } as const;
const folder = () => mkdtempSync(join(tmpdir(), "sluice-dead-"));

test("each refusal is one line with its time, source and reason", async () => {
  const directory = folder();
  const dead = deadLetterFile(directory, () => 0);
  dead.put(rejection, "ingest");
  dead.put({ ...rejection, index: 1 }, "file");
  await dead.flush();
  const lines = readFileSync(join(directory, "dead-letter.ndjson"), "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { at: "1970-01-01T00:00:00.000Z", source: "ingest", ...rejection },
    { at: "1970-01-01T00:00:00.000Z", source: "file", ...rejection, index: 1 },
  ]);
});

test("a full file makes room and only two are kept", async () => {
  const directory = folder();
  const dead = deadLetterFile(directory, () => 0, 400);
  for (let count = 0; count < 20; count += 1) {
    dead.put(rejection, "ingest");
    await dead.flush();
  }
  expect(statSync(join(directory, "dead-letter.ndjson")).size).toBeLessThanOrEqual(400);
  expect(existsSync(join(directory, "dead-letter.1.ndjson"))).toBe(true);
});

test("a folder that is gone loses refusals by count, and throws nothing", async () => {
  const dead = deadLetterFile(join(folder(), "gone"), () => 0);
  dead.put(rejection, "ingest");
  await dead.flush();
  expect(dead.lost).toBe(1);
});

test("more than may wait is lost by count", () => {
  const dead = deadLetterFile(folder(), () => 0);
  for (let count = 0; count < 3; count += 1) dead.put({ ...rejection, message: "x".repeat(500_000) }, "ingest");
  expect(dead.lost).toBe(1);
});
