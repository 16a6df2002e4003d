import { appendFileSync, copyFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { exportLedger } from "./export.ts";
import { fingerprinter } from "./fingerprint.ts";
import { loadFingerprintKey } from "./fingerprint-key.ts";
import { recover } from "./recovery.ts";
import { FRAME_MAGIC } from "./segment-format.ts";
import { decision, decisions, withText } from "./testing/drafts.ts";
import { ledgerFolder, readAll } from "./testing/folder.ts";
import { verifyLedger } from "./verify.ts";

const folder = ledgerFolder();

/** Three frames of two records; returns the segment's size after each. */
async function threeFrames(): Promise<number[]> {
  const ledger = await folder.open();
  const sizes: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await ledger.append([withText(decision(round * 2), `text ${round * 2}`), decision(round * 2 + 1)]).written;
    sizes.push(statSync(folder.segments()[0]!.segment).size);
  }
  await ledger.close();
  return sizes;
}

function flip(file: string, offset: number): void {
  const bytes = readFileSync(file);
  bytes[offset]! ^= 1;
  writeFileSync(file, bytes);
}

describe("a torn tail", () => {
  test("cut anywhere in the last frame loses that frame alone, says so, and the ledger goes on", async () => {
    const [, second, third] = await threeFrames();
    const { segment, index, text } = folder.segments()[0]!;
    const whole = [segment, index, text].map((path) => [path, readFileSync(path)] as const);
    const fingerprints = fingerprinter(loadFingerprintKey(folder.directory));
    const isNearAnEnd = (size: number) => size < second! + 80 || size > third! - 40;
    for (let size = second!; size < third!; size += isNearAnEnd(size) ? 1 : 7) {
      for (const [path, bytes] of whole) writeFileSync(path, bytes);
      truncateSync(segment, size);
      const { nextSeq, segmentEnd, recovered } = await recover(folder.directory, fingerprints);
      expect([nextSeq, segmentEnd, recovered?.cutBytes ?? 0], `cut at ${size}`).toEqual([5, second, size - second!]);
      expect(readFileSync(text).includes("text 4"), "text without a record is removed").toBe(false);
    }
    const ledger = await folder.open();
    expect(ledger.find("org-4", "event-4")).toBeUndefined();
    expect(ledger.find("org-3", "event-3")).toMatchObject({ seq: 4 });
    await ledger.append([withText(decision(9), "text 9")]).written;
    expect(await ledger.readText(5)).toMatchObject({ prompt: "text 9" });
    expect(await verifyLedger(folder.directory)).toMatchObject({ ok: true, records: 5, unfinishedBytes: 0 });
  });

  test.each([
    ["random bytes", Buffer.from("garbage that is no frame")],
    ["zeros", Buffer.alloc(10_000)],
    ["the start of a frame", Buffer.concat([FRAME_MAGIC, Buffer.alloc(50)])],
    ["many starts of frames", Buffer.concat(Array.from({ length: 2000 }, () => FRAME_MAGIC))],
  ])("of %s is cut and told once through onRecovered", async (_name, garbage) => {
    await threeFrames();
    const { segment } = folder.segments()[0]!;
    appendFileSync(segment, garbage);
    const told: unknown[] = [];
    const ledger = await folder.open({ onRecovered: (recovered) => told.push(recovered) });
    expect(told).toEqual([{ cutBytes: garbage.length, file: segment, reason: expect.any(String) }]);
    expect(await readAll(ledger)).toHaveLength(6);
    await ledger.close();
    const again = await folder.open({ onRecovered: (recovered) => told.push(recovered) });
    expect(told).toHaveLength(1);
    expect(again.state().recovered).toBeUndefined();
  });

  test("that is a segment without its header is removed with its name", async () => {
    await threeFrames();
    const created = folder.segments()[0]!.segment.replace("0000000001.", "0000000007.");
    writeFileSync(created, Buffer.alloc(20, 1));
    const ledger = await folder.open();
    expect(ledger.state()).toMatchObject({ lastSeq: 6, segments: 1, recovered: { file: created, cutBytes: 20 } });
  });
});

describe("damage", () => {
  test("in the middle is refused naming file and offset, nothing is touched, and verify finds the record", async () => {
    const [first, second] = await threeFrames();
    const { segment } = folder.segments()[0]!;
    flip(segment, first! + 120);
    const damaged = readFileSync(segment);
    await expect(folder.open()).rejects.toMatchObject({
      code: "ledger-corrupt",
      message: expect.stringContaining(`${segment} is damaged at byte ${first}`),
    });
    expect(readFileSync(segment).equals(damaged)).toBe(true);
    const report = await verifyLedger(folder.directory);
    expect(report).toMatchObject({ ok: false, records: 2, fault: { seq: 3, file: segment, offset: first } });
    expect(second).toBeGreaterThan(first!);
    await expect(exportAll()).rejects.toMatchObject({ code: "ledger-corrupt" });
  });

  test("of a frame's own length does not hide the valid frame behind it", async () => {
    const [first] = await threeFrames();
    flip(folder.segments()[0]!.segment, first! + 6);
    await expect(folder.open()).rejects.toMatchObject({ code: "ledger-corrupt" });
  });

  test("by a frame taken out is refused", async () => {
    const [first, second] = await threeFrames();
    const { segment } = folder.segments()[0]!;
    const bytes = readFileSync(segment);
    writeFileSync(segment, Buffer.concat([bytes.subarray(0, first), bytes.subarray(second)]));
    await expect(folder.open()).rejects.toThrow(/expected seq 3, found 5/);
    expect(await verifyLedger(folder.directory)).toMatchObject({ ok: false, fault: { seq: 3, offset: first! + 16 } });
  });

  test("of a newer format is refused by its version, not cut", async () => {
    await threeFrames();
    flip(folder.segments()[0]!.segment, 9);
    await expect(folder.open()).rejects.toThrow(/format version 257/);
  });

  test("by a segment taken out is refused, wherever it was", async () => {
    const ledger = await folder.open({ segmentBytesMax: 4096 });
    for (let round = 0; round < 60; round += 1) await ledger.append(decisions(round * 2, 2)).written;
    await ledger.close();
    const [first, second] = folder.segments();
    for (const { segment } of [first!, second!]) {
      copyFileSync(segment, `${segment}.kept`);
      rmSync(segment);
      await expect(folder.open()).rejects.toMatchObject({ code: "ledger-corrupt" });
      expect((await verifyLedger(folder.directory)).ok).toBe(false);
      copyFileSync(`${segment}.kept`, segment);
    }
    await folder.open();
  });
});

describe("the index", () => {
  test.each([
    ["missing", (path: string) => rmSync(path)],
    ["empty", (path: string) => truncateSync(path, 0)],
    ["short", (path: string) => truncateSync(path, statSync(path).size - 7)],
    ["long", (path: string) => appendFileSync(path, Buffer.alloc(80))],
    ["of other fingerprints", (path: string) => flip(path, 24)],
    ["wrong at its end", (path: string) => flip(path, statSync(path).size - 16)],
  ])("that is %s is rebuilt for every segment, keys and texts included", async (_name, spoil) => {
    const ledger = await folder.open({ segmentBytesMax: 4096 });
    for (let number = 0; number < 40; number += 1)
      await ledger.append([withText(decision(number), `text ${number}`)]).written;
    await ledger.close();
    expect(folder.segments().length).toBeGreaterThan(1);
    for (const { index } of folder.segments()) spoil(index);
    const after = await folder.open({ segmentBytesMax: 4096 });
    expect(await readAll(after)).toHaveLength(40);
    for (const number of [0, 20, 39]) {
      expect(after.find(`org-${number % 8}`, `event-${number}`)).toMatchObject({ seq: number + 1 });
      expect(await after.readText(number + 1)).toMatchObject({ prompt: `text ${number}` });
    }
    expect(await after.findByEventId("event-11", 5)).toMatchObject([{ seq: 12 }]);
  });

  test("wrong anywhere in the last segment is rebuilt", async () => {
    await threeFrames();
    flip(folder.segments()[0]!.index, 32 + 40 * 2 + 24);
    const ledger = await folder.open();
    expect(await readAll(ledger)).toHaveLength(6);
  });

  test("made with a lost secret is rebuilt with a new one", async () => {
    await threeFrames();
    rmSync(folder.segments()[0]!.segment.replace(/[^/]*$/, "fingerprint.key"));
    const ledger = await folder.open();
    expect(ledger.find("org-5", "event-5")).toMatchObject({ seq: 6 });
  });
});

async function exportAll(): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLedger(folder.directory)) lines.push(line);
  return lines;
}
