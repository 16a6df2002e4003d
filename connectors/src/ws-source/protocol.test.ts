import { describe, expect, test } from "vitest";
import { backoffMs } from "./backoff.ts";
import { readFrame } from "./protocol.ts";

const read = (text: string, isResumable: boolean) => readFrame(Buffer.from(text), isResumable);

describe("a frame", () => {
  test.each([
    ['{"seq":7,"events":[]}', { kind: "numbered", seq: 7 }],
    [' { "seq" : 9007199254740991 , "events":[]}', { kind: "numbered", seq: Number.MAX_SAFE_INTEGER }],
    ['{"feed":"log-2026.a:1"}', { kind: "feed", feed: "log-2026.a:1" }],
    ['{"type":"snapshot","seq":1}', { kind: "live" }],
    ['{"type":"decisions","seq":1}', { kind: "live" }],
  ])("of a peer that resumes: %s", (text, frame) => {
    expect(read(text, true)).toEqual(frame);
  });

  test.each([
    '{"events":[],"seq":7}',
    '{"seq":0,"events":[]}',
    '{"seq":-1,"events":[]}',
    '{"seq":1.5,"events":[]}',
    '{"seq":9999999999999999,"events":[]}',
    '{"seq":"7","events":[]}',
    `{"feed":"${"x".repeat(129)}"}`,
    '{"feed":"a b"}',
    "",
    "not JSON",
  ])("without a number is refused, and the reason holds nothing of it: %s", (text) => {
    const frame = read(text, true);
    expect(frame).toMatchObject({ kind: "refused", rejection: { reason: "missing", field: "seq" } });
  });

  test("of a plain peer is the engine's to read, whatever it is", () => {
    for (const text of ['{"seq":7,"events":[]}', "nonsense", ""]) expect(read(text, false)).toEqual({ kind: "events" });
    expect(read('{"type":"decisions","decisions":[]}', false)).toEqual({ kind: "live" });
  });
});

test("the wait before a try doubles up to its bound, and chance takes at most a half of it", () => {
  const options = { backoffFirstMs: 100, backoffMaxMs: 1_000 };
  const longest = [1, 2, 3, 4, 5, 60].map((failures) => backoffMs(failures, { ...options, random: () => 1 }));
  expect(longest).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  const shortest = [1, 2, 5].map((failures) => backoffMs(failures, { ...options, random: () => 0 }));
  expect(shortest).toEqual([50, 100, 500]);
});
