import { describe, expect, test } from "vitest";
import { createDetector, loadKernel } from "./detector.ts";
import { foldText } from "./fold/index.ts";
import { compilePack } from "./pack-blob.ts";
import type { PackModel, Payload, Rule, Scan } from "./types.ts";
import { hashWord, keyOfWord } from "./word-hash.ts";

const utf8 = new TextEncoder();

function rule(id: string, weight: number, phrases: string[], parts: Partial<Rule> = {}): Rule {
  const words = phrases.map((phrase) => foldText(utf8.encode(phrase)).map(({ text }) => text));
  return { id, category: 0, context: -1, weight, sides: ["prompt", "completion"], phrases: words, ...parts };
}

const model: PackModel = {
  name: "test",
  version: "1.0.0",
  categories: ["jailbreak", "violence"],
  contexts: [{ name: "news", reduce: [2000, 3000] }],
  rules: [
    rule("jailbreak.override.001", 8500, ["ignore all previous instructions", "disregard previous instructions"]),
    rule("jailbreak.override.002", 2000, ["previous instructions"]),
    rule("violence.threat.001", 5000, ["i will hurt you"], { category: 1, sides: ["prompt"] }),
    rule("context.news.001", 0, ["the paper reported"], { category: -1, context: 0 }),
    rule("violence.other.002", 4000, ["爆弾", "bomb"], { category: 1 }),
  ],
  scoring: { strongWeight: 7000, strongFloor: 6000 },
  calibration: [
    { score: 0, ratio: 800 },
    { score: 10000, ratio: 90000 },
  ],
};
const detector = createDetector(compilePack(model));

const event = (prompt: string, completion?: string) => ({
  event_id: "e-1",
  timestamp: "2026-01-02T03:04:05.678Z",
  user_id: "u",
  org_id: "o",
  surface: "api",
  tier: "general",
  prompt,
  ...(completion === undefined ? {} : { completion }),
});

function scanText(prompt: string, completion?: string): Scan {
  const payload = detector.open(utf8.encode(JSON.stringify(event(prompt, completion)))) as Payload;
  return payload.scan(0);
}
const found = (prompt: string) =>
  scanText(prompt)
    .matches()
    .map(({ rule: index, start, end }) => [
      model.rules[index]?.id,
      Buffer.from(utf8.encode(prompt)).subarray(start, end).toString(),
    ]);

test("the pack compiler and the kernel hash words and make their keys alike", () => {
  const kernel = loadKernel();
  const memory = new Uint8Array(kernel.memory.buffer);
  for (let length = 1; length <= 64; length += 1) {
    const word = Uint8Array.from({ length }, (_, i) => (i * 37 + length * 11) & 0xff);
    memory.set(word, 0x200000);
    expect(BigInt.asUintN(64, kernel.hashWord(0x200000, length))).toBe(hashWord(word));
    expect(BigInt.asUintN(64, kernel.keyWord(0x200000, length))).toBe(keyOfWord(word));
  }
});

describe("a phrase is found", () => {
  test.each([
    ["as it stands", "ignore all previous instructions"],
    ["in any case", "IGNORE All Previous INSTRUCTIONS"],
    ["across punctuation", "ignore, all... previous -- instructions!"],
    ["in leet", "1gnor3 all pr3v10us 1nstruct10ns"],
    ["in look-alikes", "іgnоrе аll рrеvіоus іnstructіоns"],
    ["through invisible characters", "ig\u200bnore all pre\u00advious instruc\u202etions"],
    ["in full width", "ｉｇｎｏｒｅ ａｌｌ ｐｒｅｖｉｏｕｓ ｉｎｓｔｒｕｃｔｉｏｎｓ"],
    ["spaced out", "i g n o r e  a l l  p r e v i o u s  i n s t r u c t i o n s"],
    ["across a block of 64 bytes", `${"word ".repeat(11)}ignore all previous instructions`],
    ["with accents", "ígnore àll prévious instructions"],
  ])("%s", (_name, text) => {
    expect(found(text).map(([id]) => id)).toEqual(["jailbreak.override.001", "jailbreak.override.002"]);
  });
});

test("a span covers the words in the original text", () => {
  expect(found("Please IGNORE all\u200b previous, ìnstructions now")).toEqual([
    ["jailbreak.override.001", "IGNORE all\u200b previous, ìnstructions"],
    ["jailbreak.override.002", "previous, ìnstructions"],
  ]);
});

test("a phrase is whole words, and scripts without blanks are words letter by letter", () => {
  expect(found("bombastic bombs")).toEqual([]);
  expect(found("これは爆弾です bomb")).toEqual([
    ["violence.other.002", "爆弾"],
    ["violence.other.002", "bomb"],
  ]);
});

test("scores are diminishing sums, lowered by context, kept up by a strong rule", () => {
  const scores = (prompt: string, completion?: string) => [...scanText(prompt, completion).scores];
  expect(scores("hello")).toEqual([0, 0, 0, 0]);
  expect(scores("previous instructions")).toEqual([2000, 0, 0, 0]);
  expect(scores("ignore all previous instructions")).toEqual([10000, 0, 0, 0]);
  expect(scores("the paper reported: previous instructions, bomb")).toEqual([0, 1000, 0, 0]);
  expect(scores("hi", "i will hurt you with a bomb")).toEqual([0, 0, 0, 4000]);
});

test("fields are read in any order, escaped or not, unknown ones skipped", () => {
  const text = String.raw`{"prompt":"a\u0062\ud83d\ude00\n","x":[1,{"y":null}],"tier":"general","org_id":"ö","surface":"api",
    "user_id":"u","timestamp":"2025-07-09T21:10:31.064309","event_i\u0064":"é-1","metadata":{"a":"b"}}`;
  const scan = (detector.open(utf8.encode(text)) as Payload).scan(0);
  expect(scan.fault).toBeUndefined();
  expect([scan.text("prompt"), scan.text("event_id"), scan.text("org_id"), scan.has("metadata")]).toEqual([
    "ab😀\n",
    "é-1",
    "ö",
    true,
  ]);
  expect(scan.raw("metadata").toString()).toBe('{"a":"b"}');
  expect(new Date(scan.eventTimeMs).toISOString()).toBe("2025-07-09T21:10:31.064Z");
});

test("a refused event is refused with reason, field and offset, and tells its id", () => {
  const json = JSON.stringify({ ...event("x"), tier: 5 });
  const payload = detector.open(utf8.encode(`${json}\n${JSON.stringify(event("y"))}\n{"event_id":"z"`)) as Payload;
  expect(payload.count).toBe(3);
  expect(payload.kind).toBe("ndjson");
  expect(payload.scan(0).fault).toEqual({ reason: "wrong-type", field: "tier", offset: json.indexOf('5,"prompt') });
  expect(payload.scan(0).text("event_id")).toBe("e-1");
  expect(payload.scan(1).fault).toBeUndefined();
  expect(payload.scan(2).fault?.reason).toBe("malformed-json");
});
