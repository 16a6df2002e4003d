import { appendFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FramePool } from "./pending-frame.ts";
import { FRAME_HEADER_BYTES, GENESIS_CHAIN, SEGMENT_HEADER_BYTES } from "./segment-format.ts";
import { decision, decisions, withText } from "./testing/drafts.ts";
import { ledgerFolder } from "./testing/folder.ts";
import { verifyLedger } from "./verify.ts";

const folder = ledgerFolder();

async function write(count: number): Promise<void> {
  const ledger = await folder.open({ segmentBytesMax: 4096 });
  for (let number = 0; number < count; number += 1) {
    await ledger.append([withText(decision(number), `text ${number}`)]).written;
  }
  await ledger.close();
}

describe("verify", () => {
  test("of nothing is sound and empty", async () => {
    expect(await verifyLedger(folder.directory)).toMatchObject({ ok: true, records: 0, segments: 0 });
  });

  test("tells the records, the last chain value and its progress", async () => {
    await write(30);
    const seqs: number[] = [];
    const report = await verifyLedger(folder.directory, { onProgress: ({ seq }) => seqs.push(seq) });
    expect(report).toMatchObject({ ok: true, records: 30, lastSeq: 30, texts: { kept: 30, erased: 0, missing: 0 } });
    const last = readFileSync(folder.segments().at(-1)!.segment);
    expect(last.includes(Buffer.from(report.chain, "hex"))).toBe(true);
    expect(seqs.at(-1)).toBe(30);
    expect(seqs.length).toBe(folder.segments().length);
  });

  test("finds any one changed byte, in any segment", async () => {
    await write(12);
    const { segment } = folder.segments()[0]!;
    const whole = readFileSync(segment);
    for (let offset = 0; offset < whole.length; offset += 5) {
      const changed = Buffer.from(whole);
      changed[offset]! ^= 0x20;
      writeFileSync(segment, changed);
      const report = await verifyLedger(folder.directory);
      expect(report.ok, `byte ${offset}`).toBe(false);
      expect(report.fault).toMatchObject({ file: segment, what: expect.any(String) });
      expect(report.fault!.offset).toBeLessThanOrEqual(offset);
    }
  });

  test("finds a record that was rewritten together with its frame, by the frame or the segment behind it", async () => {
    await write(12);
    const { segment } = folder.segments()[0]!;
    const whole = readFileSync(segment);
    const forged = new FramePool().take(1);
    const length = whole.readUInt32LE(SEGMENT_HEADER_BYTES + 4);
    for (let fill = 0; forged.byteLength < FRAME_HEADER_BYTES + length; fill += 1) {
      const room = length - 5 - '{"seq":1,"type":"decision","a":""}'.length;
      forged.add({ type: "decision", json: JSON.stringify({ a: "x".repeat(room) }) }, undefined, fill);
    }
    forged.seal(GENESIS_CHAIN);
    const behind = whole.subarray(SEGMENT_HEADER_BYTES + FRAME_HEADER_BYTES + length);
    writeFileSync(segment, Buffer.concat([whole.subarray(0, SEGMENT_HEADER_BYTES), forged.bytes, behind]));
    const report = await verifyLedger(folder.directory);
    expect(report).toMatchObject({ ok: false, fault: { seq: 2, what: expect.stringContaining("does not follow") } });
  });

  test("finds a retained text that was changed, and counts one that is no longer there", async () => {
    await write(12);
    const { text } = folder.segments()[0]!;
    const whole = readFileSync(text);
    const changed = Buffer.from(whole);
    changed[whole.indexOf("text 2") + 5] = "9".charCodeAt(0);
    writeFileSync(text, changed);
    const offset = whole.indexOf("text 2") - 56;
    expect(await verifyLedger(folder.directory)).toMatchObject({ ok: false, fault: { seq: 3, file: text, offset } });
    truncateSync(text, offset);
    const shorter = await verifyLedger(folder.directory);
    expect(shorter).toMatchObject({ ok: true, texts: { kept: expect.any(Number) } });
    expect(shorter.texts.missing).toBeGreaterThan(0);
    rmSync(text);
    expect((await verifyLedger(folder.directory)).texts.missing).toBeGreaterThan(2);
  });

  test("beside a writer takes a write under way for no fault, but garbage for one", async () => {
    await write(3);
    const { segment } = folder.segments()[0]!;
    const { size } = statSync(segment);
    const frame = new FramePool().take(4);
    frame.add(decision(4), undefined, 0);
    frame.seal(GENESIS_CHAIN);
    appendFileSync(segment, frame.bytes.subarray(0, 130));
    expect(await verifyLedger(folder.directory)).toMatchObject({ ok: true, records: 3, unfinishedBytes: 130 });
    truncateSync(segment, size);
    appendFileSync(segment, "garbage");
    expect(await verifyLedger(folder.directory)).toMatchObject({ ok: false, fault: { seq: 4, offset: size } });
  });

  test("beside a running writer sees whole frames only", async () => {
    const ledger = await folder.open({ segmentBytesMax: 16_384 });
    const writing = (async () => {
      for (let round = 0; round < 100; round += 1) await ledger.append(decisions(round * 20, 20)).written;
    })();
    for (let round = 0; round < 5; round += 1) expect(await verifyLedger(folder.directory)).toMatchObject({ ok: true });
    await writing;
    expect(await verifyLedger(folder.directory)).toMatchObject({ ok: true, records: 2000 });
  });
});
