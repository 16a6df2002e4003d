import { readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { exportLedger } from "./export.ts";
import { openLedger } from "./ledger.ts";
import { decision, decisions, withText } from "./testing/drafts.ts";
import { ledgerFolder, readAll } from "./testing/folder.ts";
import { verifyLedger } from "./verify.ts";

const folder = ledgerFolder();

describe("append and read", () => {
  test("records get seqs from 1 in order, and read back as one JSON object each", async () => {
    const ledger = await folder.open();
    const first = ledger.append(decisions(0, 3));
    const second = ledger.append([
      { type: "policy", json: '{"policy":"sha256:00","name":"ü"}' },
      { type: "start", json: "{}" },
    ]);
    expect([first.firstSeq, second.firstSeq]).toEqual([1, 4]);
    await Promise.all([first.written, second.written]);
    const records = await readAll(ledger);
    expect(records.map(({ seq, type }) => `${seq} ${type}`)).toEqual([
      ...["1 decision", "2 decision", "3 decision", "4 policy", "5 start"],
    ]);
    expect(JSON.parse(records[0]!.json)).toEqual({
      ...{ seq: 1, type: "decision", event_id: "event-0", org_id: "org-0", action: "allow" },
      event_digest: `sha256:${"00".repeat(32)}`,
    });
    expect(records[3]!.json).toBe('{"seq":4,"type":"policy","policy":"sha256:00","name":"ü"}');
    expect(records[4]!.json).toBe('{"seq":5,"type":"start"}');
    expect(ledger.lastSeq).toBe(5);
  });

  test("only written records are read, counted by lastSeq and exported", async () => {
    const ledger = await folder.open();
    const { written } = ledger.append(decisions(0, 2));
    expect(ledger.lastSeq).toBe(0);
    expect(await readAll(ledger)).toEqual([]);
    await written;
    expect(ledger.lastSeq).toBe(2);
    expect(await readAll(ledger, 2)).toHaveLength(1);
    expect(await readAll(ledger, 3)).toEqual([]);
  });

  test.each(["always", "interval", "os"] as const)("with sync %s everything survives a restart", async (sync) => {
    const before = await folder.open({ sync, syncIntervalMs: 1 });
    for (let round = 0; round < 5; round += 1) await before.append(decisions(round * 10, 10)).written;
    await before.close();
    const after = await folder.open({ sync });
    expect(after.append(decisions(50, 1)).firstSeq).toBe(51);
    await after.flush();
    expect((await readAll(after)).map(({ seq }) => seq)).toEqual(Array.from({ length: 51 }, (_, index) => index + 1));
  });

  test("segments are closed before they exceed their size, and reading and verifying go across them", async () => {
    const ledger = await folder.open({ segmentBytesMax: 4096 });
    for (let round = 0; round < 30; round += 1) await ledger.append(decisions(round * 5, 5)).written;
    expect(folder.segments().length).toBeGreaterThan(3);
    for (const { segment } of folder.segments()) expect(statSync(segment).size).toBeLessThanOrEqual(4096);
    expect((await readAll(ledger, 77)).map(({ seq }) => seq)).toEqual(Array.from({ length: 74 }, (_, at) => at + 77));
    expect(await verifyLedger(folder.directory)).toMatchObject({ ok: true, records: 150, lastSeq: 150 });
    expect(ledger.find("org-3", "event-3")).toMatchObject({ seq: 4 });
  });

  test("a reader goes on while the writer does, and sees each record once in order", async () => {
    const ledger = await folder.open({ segmentBytesMax: 16_384 });
    await ledger.append(decisions(0, 300)).written;
    const seen: number[] = [];
    for await (const batch of ledger.read(1)) {
      expect(batch.length).toBeLessThanOrEqual(256);
      seen.push(...batch.map(({ seq }) => seq));
      if (seen.length < 1000) await ledger.append(decisions(seen.length + 1000, 100)).written;
    }
    expect(seen).toEqual(Array.from({ length: ledger.lastSeq }, (_, index) => index + 1));
    expect(seen.length).toBeGreaterThan(1000);
  });

  test("a record larger than a frame is written like any other", async () => {
    const ledger = await folder.open();
    const large = { type: "policy", json: JSON.stringify({ large: "x".repeat(3 * 1024 * 1024) }) } as const;
    await ledger.append([...decisions(0, 2), large, ...decisions(2, 2)]).written;
    const records = await readAll(ledger);
    expect(records.map(({ json }) => JSON.parse(json).large?.length)).toEqual([
      ...[undefined, undefined, 3 * 1024 * 1024, undefined, undefined],
    ]);
    expect(await verifyLedger(folder.directory)).toMatchObject({ ok: true, records: 5 });
  });
});

describe("idempotency", () => {
  test("a key is found from the moment of append, after the write and after a restart, with its digest", async () => {
    const ledger = await folder.open();
    const { written } = ledger.append(decisions(0, 20));
    const expected = { seq: 8, digest: "07".repeat(32), json: expect.stringContaining('"event_id":"event-7"') };
    expect(ledger.find("org-7", "event-7")).toEqual(expected);
    await written;
    expect(ledger.find("org-7", "event-7")).toEqual(expected);
    await ledger.close();
    const after = await folder.open();
    expect(after.find("org-7", "event-7")).toEqual(expected);
    expect(after.find("org-6", "event-7")).toBeUndefined();
    expect(after.find("org-7", "event-70")).toBeUndefined();
  });

  test("of two records with one key the first is found", async () => {
    const ledger = await folder.open();
    await ledger.append([decision(1), decision(2), decision(1)]).written;
    expect(ledger.find("org-1", "event-1")).toMatchObject({ seq: 1 });
  });

  test("a key past the horizon is a new event, also after a restart", async () => {
    let nowMs = 1_000_000;
    const clock = { nowMs: () => nowMs };
    const ledger = await folder.open({ clock, idempotency: { horizonMs: 10_000 } });
    await ledger.append([decision(1)]).written;
    nowMs += 6_000;
    await ledger.append([decision(2)]).written;
    nowMs += 4_000;
    expect(ledger.find("org-1", "event-1")).toMatchObject({ seq: 1 });
    nowMs += 100;
    expect(ledger.find("org-1", "event-1")).toBeUndefined();
    expect(ledger.find("org-2", "event-2")).toMatchObject({ seq: 2 });
    await ledger.append([decision(1)]).written;
    expect(ledger.find("org-1", "event-1")).toMatchObject({ seq: 3 });
    await ledger.close();
    const after = await folder.open({ clock, idempotency: { horizonMs: 10_000 } });
    expect(after.find("org-1", "event-1")).toMatchObject({ seq: 3 });
    expect(after.find("org-2", "event-2")).toMatchObject({ seq: 2 });
    nowMs += 20_000;
    expect(after.find("org-1", "event-1")).toBeUndefined();
  });

  test("keys are held over keysMax records and no more", async () => {
    const ledger = await folder.open({ idempotency: { keysMax: 50 } });
    for (let round = 0; round < 20; round += 1) await ledger.append(decisions(round * 10, 10)).written;
    const isHeld = (number: number) => ledger.find(`org-${number % 8}`, `event-${number}`) !== undefined;
    expect([149, 150, 199].map(isHeld)).toEqual([false, true, true]);
    await ledger.close();
    const after = await folder.open({ idempotency: { keysMax: 50 } });
    expect(after.find("org-5", "event-149")).toBeUndefined();
    expect(after.find("org-6", "event-150")).toMatchObject({ seq: 151 });
  });

  test("an event id is found over all organisations and segments, newest first, up to max", async () => {
    const ledger = await folder.open({ segmentBytesMax: 4096 });
    for (let round = 0; round < 10; round += 1) {
      await ledger.append([...decisions(round * 20, 20), decision(1, "shared", `org-${round}`)]).written;
    }
    const found = await ledger.findByEventId("shared", 4);
    expect(found.map(({ json }) => JSON.parse(json).org_id)).toEqual(["org-9", "org-8", "org-7", "org-6"]);
    expect(found[0]).toMatchObject({ seq: 210, type: "decision" });
    expect(await ledger.findByEventId("shared", 100)).toHaveLength(10);
    expect(await ledger.findByEventId("unknown", 4)).toEqual([]);
  });
});

describe("retained text", () => {
  test("is read back, and is nowhere in the record's file", async () => {
    const ledger = await folder.open();
    await ledger.append([decision(0), withText(decision(1), "grüße", "answer"), withText(decision(2), "")]).written;
    expect(await ledger.readText(1)).toBeUndefined();
    expect(await ledger.readText(2)).toEqual({ prompt: "grüße", completion: "answer" });
    expect(await ledger.readText(3)).toEqual({ prompt: "", completion: "" });
    expect(await ledger.readText(4)).toBeUndefined();
    const [paths] = folder.segments();
    expect(readFileSync(paths!.segment).includes("grüße")).toBe(false);
    expect(readFileSync(paths!.text).includes("grüße")).toBe(true);
  });

  test("that was just appended is there once it is asked for", async () => {
    const ledger = await folder.open();
    const { written } = ledger.append([withText(decision(1), "prompt")]);
    expect(await ledger.readText(1)).toEqual({ prompt: "prompt", completion: "" });
    await written;
  });

  test("erased is gone from the disk with its key, others stay, and the chain still verifies", async () => {
    const ledger = await folder.open();
    await ledger.append([withText(decision(1), "first secret"), withText(decision(2), "second", "two")]).written;
    const text = folder.segments()[0]!.text;
    const key = readFileSync(text).subarray(24, 56);
    expect(await ledger.eraseText(1)).toBe(true);
    expect(await ledger.eraseText(1)).toBe(false);
    expect(await ledger.eraseText(9)).toBe(false);
    expect(await ledger.readText(1)).toBeUndefined();
    expect(await ledger.readText(2)).toEqual({ prompt: "second", completion: "two" });
    expect(readFileSync(text).includes("first secret")).toBe(false);
    expect(readFileSync(text).includes(key)).toBe(false);
    expect(await verifyLedger(folder.directory)).toMatchObject({ ok: true, texts: { kept: 1, erased: 1, missing: 0 } });
    await ledger.close();
    const after = await folder.open();
    await after.append([withText(decision(3), "third")]).written;
    expect(await after.readText(3)).toEqual({ prompt: "third", completion: "" });
    expect(await after.readText(1)).toBeUndefined();
  });

  test("of several segments lies in a file of each", async () => {
    const ledger = await folder.open({ segmentBytesMax: 4096 });
    for (let number = 0; number < 60; number += 1)
      await ledger.append([withText(decision(number), `text ${number}`)]).written;
    await ledger.close();
    const after = await folder.open({ segmentBytesMax: 4096 });
    expect(folder.segments().length).toBeGreaterThan(2);
    for (const number of [0, 17, 59])
      expect(await after.readText(number + 1)).toMatchObject({ prompt: `text ${number}` });
    expect(await verifyLedger(folder.directory)).toMatchObject({ ok: true, texts: { kept: 60 } });
  });
});

describe("refusals and state", () => {
  test("more bytes than may wait are refused as queue-full, and taken again after the write", async () => {
    const ledger = await folder.open({ pendingBytesMax: 2000 });
    const { written } = ledger.append(decisions(0, 20));
    expect(() => ledger.append(decisions(20, 20))).toThrow(expect.objectContaining({ code: "queue-full" }));
    await written;
    expect(ledger.append(decisions(20, 20)).firstSeq).toBe(21);
    await ledger.flush();
    expect(ledger.state()).toMatchObject({ state: "ready", lastSeq: 40, pendingRecords: 0, pendingBytes: 0 });
  });

  test.each([
    ["no object", "[1]"],
    ["more than one line", '{"a":\n1}'],
  ])("a draft that is %s is refused, and the batch with it", async (_name, json) => {
    const ledger = await folder.open();
    expect(() => ledger.append([decision(1), { type: "policy", json }])).toThrow(/one JSON object on one line/);
    expect(ledger.append([decision(1)]).firstSeq).toBe(1);
    await ledger.flush();
  });

  test("a record above the limit is refused", async () => {
    const ledger = await folder.open();
    const json = JSON.stringify({ large: "x".repeat(8 * 1024 * 1024) });
    expect(() => ledger.append([{ type: "policy", json }])).toThrow(/at most 8388608 bytes/);
  });

  test("closing writes what was appended, is idempotent, and takes no more", async () => {
    const ledger = await folder.open();
    const { written } = ledger.append(decisions(0, 10));
    const closing = ledger.close();
    await Promise.all([written, closing, ledger.close()]);
    expect(() => ledger.append(decisions(10, 1))).toThrow(expect.objectContaining({ code: "stopping" }));
    expect(ledger.state()).toMatchObject({ state: "stopped", lastSeq: 10 });
  });

  test("options out of range are all named", async () => {
    const opening = openLedger({ directory: folder.directory, segmentBytesMax: 1, idempotency: { keysMax: 0 } });
    await expect(opening).rejects.toThrow(/segmentBytesMax .*keysMax/);
  });

  test("a folder that cannot be made is said with its cause", async () => {
    const opening = openLedger({ directory: "/dev/null/nowhere" });
    await expect(opening).rejects.toMatchObject({
      code: "ledger-failed",
      message: expect.stringContaining("/dev/null"),
    });
  });

  test("folders and files are for their owner alone", async () => {
    const ledger = await folder.open();
    await ledger.append([withText(decision(1), "prompt")]).written;
    const [paths] = folder.segments();
    for (const path of [paths!.segment, paths!.index, paths!.text]) expect(statSync(path).mode & 0o077).toBe(0);
  });
});

describe("export", () => {
  test("gives the records as JSON lines from a seq on, beside the running writer", async () => {
    const ledger = await folder.open({ segmentBytesMax: 4096 });
    for (let round = 0; round < 10; round += 1) await ledger.append(decisions(round * 10, 10)).written;
    const lines: string[] = [];
    for await (const line of exportLedger(folder.directory, { fromSeq: 31 })) lines.push(line);
    expect(lines).toEqual((await readAll(ledger, 31)).map(({ json }) => json));
    expect(JSON.parse(lines[0]!)).toMatchObject({ seq: 31, type: "decision", event_id: "event-30" });
  });

  test("of a folder without a ledger gives nothing", async () => {
    for await (const line of exportLedger(folder.directory)) throw new Error(`unexpected ${line}`);
  });
});
