import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fingerprinter } from "./fingerprint.ts";
import { ENTRY_BYTES, readEntry } from "./index-format.ts";
import { FramePool } from "./pending-frame.ts";
import { readTail } from "./record.ts";
import {
  decodeFrame,
  decodeSegmentHeader,
  encodeSegmentHeader,
  FRAME_RECORDS_MAX,
  GENESIS_CHAIN,
  HASH_BYTES,
} from "./segment-format.ts";
import { decision } from "./testing/drafts.ts";

const fingerprints = fingerprinter(Buffer.from("01234567"));
const jsonObject = fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()).map((value) => JSON.stringify(value));
const drafts = fc.array(jsonObject, { minLength: 1, maxLength: 6 });

function frameOf(jsons: readonly string[], previous: Buffer = GENESIS_CHAIN, firstSeq = 1) {
  const frame = new FramePool().take(firstSeq);
  for (const json of jsons) expect(frame.add({ type: "policy", json }, undefined, 1_700_000_000_000)).toBe(true);
  const chain = frame.seal(previous);
  return { bytes: Buffer.from(frame.bytes), chain, entries: frame.entries };
}

describe("a frame", () => {
  test("gives back the records, seq, time and chain that it was made of, wherever it lies", () => {
    fc.assert(
      fc.property(drafts, fc.integer({ min: 1, max: 2 ** 52 }), fc.nat(100), (jsons, firstSeq, before) => {
        const previous = Buffer.alloc(HASH_BYTES, 7);
        const { bytes, chain, entries } = frameOf(jsons, previous, firstSeq);
        const decoded = decodeFrame(Buffer.concat([Buffer.alloc(before, 0xff), bytes, Buffer.from("next")]), before);
        if (decoded.kind !== "frame") throw new Error(`decoded as ${decoded.kind}`);
        const { frame } = decoded;
        expect([frame.firstSeq, frame.timeMs, frame.byteLength]).toEqual([firstSeq, 1_700_000_000_000, bytes.length]);
        expect(frame.previous.equals(previous) && frame.chain.equals(chain)).toBe(true);
        for (const [index, record] of frame.records.entries()) {
          const members = { seq: firstSeq + index, type: "policy", ...JSON.parse(jsons[index]!) };
          expect(JSON.parse(record.toString())).toEqual(JSON.parse(JSON.stringify(members)));
          const { offset, length } = readEntry(entries, index * ENTRY_BYTES);
          expect(bytes.subarray(offset, offset + length).equals(record)).toBe(true);
        }
      }),
    );
  });

  test("with any one byte changed is no frame", () => {
    const { bytes } = frameOf(['{"a":1}', '{"b":"two"}']);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(decodeFrame(changed, 0).kind, `byte ${at}`).not.toBe("frame");
    }
  });

  test("cut anywhere says that it is short, never that it is whole", () => {
    const { bytes } = frameOf(['{"a":1}', '{"b":"two"}']);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(decodeFrame(bytes.subarray(0, length), 0).kind, `${length} bytes`).toBe("short");
    }
  });

  test("of random bytes is never read as one", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(decodeFrame(Buffer.from(bytes), 0).kind).not.toBe("frame");
      }),
    );
  });

  test("takes at most its number of records, and one record of any allowed size", () => {
    const full = new FramePool().take(1);
    for (let count = 0; count < FRAME_RECORDS_MAX; count += 1) full.add({ type: "start", json: "{}" }, undefined, 0);
    expect(full.add({ type: "start", json: "{}" }, undefined, 0)).toBe(false);
    const { bytes } = frameOf([JSON.stringify({ large: "ü".repeat(2_000_000) })]);
    expect(decodeFrame(bytes, 0).kind).toBe("frame");
  });

  test("reused after release holds nothing of the one before", () => {
    const pool = new FramePool();
    const first = pool.take(1);
    first.add({ type: "policy", json: '{"a":"long enough to leave something"}' }, undefined, 1);
    first.seal(GENESIS_CHAIN);
    pool.release(first);
    const second = pool.take(2);
    second.add({ type: "start", json: "{}" }, undefined, 2);
    second.seal(GENESIS_CHAIN);
    expect(second.record(2).toString()).toBe('{"seq":2,"type":"start"}');
    expect(decodeFrame(second.bytes, 0).kind).toBe("frame");
  });
});

describe("what the ledger adds to a record", () => {
  test("is read from its end, whatever the draft's own members are", () => {
    fc.assert(
      fc.property(jsonObject, fc.boolean(), fc.boolean(), (json, hasKey, hasText) => {
        const { key } = decision(5);
        const text = { prompt: Buffer.from("hello"), completion: Buffer.alloc(0) };
        const frame = new FramePool().take(9);
        frame.add({ type: "decision", json, ...(hasKey && { key: key! }), ...(hasText && { text }) }, undefined, 0);
        const tail = readTail(frame.record(9));
        const record = JSON.parse(frame.record(9).toString());
        expect(tail.digest).toBe(hasKey ? record.event_digest.slice("sha256:".length) : undefined);
        expect(tail.text?.prompt.toString("hex")).toBe(
          hasText ? record.text.prompt.slice("hmac-sha256:".length) : undefined,
        );
        expect(tail.text?.completion.length).toBe(hasText ? HASH_BYTES : undefined);
      }),
    );
  });
});

describe("a segment header", () => {
  test("gives back what it was made of, and refuses any changed byte", () => {
    const header = encodeSegmentHeader({ firstSeq: 2 ** 40 + 3, chainBefore: Buffer.alloc(HASH_BYTES, 9) });
    expect(decodeSegmentHeader(header)).toEqual({ firstSeq: 2 ** 40 + 3, chainBefore: Buffer.alloc(HASH_BYTES, 9) });
    for (let at = 0; at < header.length; at += 1) {
      const changed = Buffer.from(header);
      changed[at]! ^= 1;
      expect(typeof decodeSegmentHeader(changed), `byte ${at}`).toBe("string");
    }
  });
});

describe("fingerprints", () => {
  test("differ by secret, by where organisation and event id part, and between key and event", () => {
    const seen = new Set<string>();
    const note = ({ low, high }: { low: number; high: number }) => seen.add(`${low} ${high}`);
    note(fingerprints.of("ab", "c"));
    note(fingerprints.of("a", "bc"));
    note(fingerprints.of("", "abc"));
    note(fingerprints.event("abc"));
    note(fingerprints.event("abc\0"));
    note(fingerprinter(Buffer.from("76543210")).event("abc"));
    expect(seen.size).toBe(6);
    expect(fingerprints.of("ab", "c")).toEqual(fingerprints.of("ab", "c"));
  });

  test("of 100,000 similar ids do not collide, and their halves spread evenly", () => {
    const whole = new Set<string>();
    const buckets = new Uint32Array(256);
    for (let number = 0; number < 100_000; number += 1) {
      const { low, high } = fingerprints.event(`event-${number}`);
      whole.add(`${low} ${high}`);
      buckets[low & 255]! += 1;
    }
    expect(whole.size).toBe(100_000);
    expect(Math.max(...buckets)).toBeLessThan(500);
    expect(Math.min(...buckets)).toBeGreaterThan(300);
  });
});
