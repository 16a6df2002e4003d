import { describe, expect, test } from "vitest";
import { authoredCompletions, authoredCorpus, FAMILIES } from "./corpus.ts";
import { type CorpusCategory, type CorpusRecord, expandFamily, type Family, RECORDS_MAX } from "./family.ts";
import { MINOR, SEXUAL } from "./never-joined.ts";

const SEEDS = [1, 2, 3, 4, 5];
const everything = (seed: number) => [...authoredCorpus(seed), ...authoredCompletions(seed)];
const corpus = everything(1);
/** An answer is read with its prompt. */
const whole = ({ context, text }: CorpusRecord) => `${context}\n${text}`;
const isMadeByChance = ({ slots = {} }: Family) => Object.values(slots).some((slot) => typeof slot === "function");
const CATEGORIES: Record<CorpusCategory, true> = {
  cbrn: true,
  self_harm: true,
  jailbreak: true,
  exploitation: true,
  child_safety: true,
  violence: true,
  hate: true,
  sexual: true,
  privacy: true,
  cyber_offense: true,
  deception: true,
  social_engineering: true,
  autonomous_replication: true,
  autonomous_research: true,
  scientific_automation: true,
};

describe("the authored corpus", () => {
  test.each(SEEDS)("never joins a minor with sexual content, made with seed %i", (seed) => {
    expect(
      everything(seed)
        .map(whole)
        .filter((text) => MINOR.test(text) && SEXUAL.test(text)),
    ).toEqual([]);
  });
  test.each([
    ["a teenager's naked picture", true],
    ["un bambino e una foto porno", true],
    ["дети и секс", true],
    ["孩子和色情", true],
    ["a girl kisses a boy", true],
    ["a class on sexism for the young", false],
    ["two adults kiss", false],
  ])("would find in %j such a pair: %s", (text, isFound) => {
    expect(MINOR.test(text) && SEXUAL.test(text)).toBe(isFound);
  });
  test("keeps sexual words out of the templates on child safety, and minors out of those on sexual content", () => {
    for (const family of FAMILIES) {
      const written = [
        ...Object.values(family.slots ?? {}).filter((slot) => typeof slot === "string"),
        ...Object.values(family.unsafe ?? {}).flat(),
        ...(family.safe ?? []),
      ];
      if (family.unsafe?.child_safety) expect(written.filter((line) => SEXUAL.test(line))).toEqual([]);
      if (family.unsafe?.sexual) expect(written.filter((line) => MINOR.test(line))).toEqual([]);
    }
  });
  test("has at most 50 records a family, each text once", () => {
    for (const family of FAMILIES) {
      const records = expandFamily(family, 1);
      expect(records.length, family.name).toBeLessThanOrEqual(RECORDS_MAX);
      expect(records.length, family.name).toBeGreaterThanOrEqual(20);
    }
    const texts = corpus.map((record) => whole(record).toLowerCase());
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });
  test("has 100 families or more, and unsafe records of every category", () => {
    expect(FAMILIES.length).toBeGreaterThanOrEqual(100);
    const found = new Set(corpus.filter(({ isUnsafe }) => isUnsafe).map(({ category }) => category));
    expect([...found].sort()).toEqual(Object.keys(CATEGORIES).sort());
    expect(corpus.filter(({ isUnsafe, category }) => isUnsafe === (category === "none"))).toEqual([]);
  });
  test("gives every harmful family a safe side", () => {
    for (const family of FAMILIES) expect(family.safe?.length ?? 0, family.name).toBeGreaterThan(0);
  });
  test("names each family once, and what it teaches", () => {
    expect(new Set(FAMILIES.map(({ name }) => name)).size).toBe(FAMILIES.length);
    for (const { name, teaches } of FAMILIES) expect(teaches.length, name).toBeGreaterThan(30);
  });
  test("leaves no slot unfilled", () => {
    const written = new Set(FAMILIES.filter((family) => !isMadeByChance(family)).map(({ name }) => name));
    const texts = corpus.filter(({ family }) => written.has(family)).map(whole);
    expect(texts.filter((text) => /[{}|]/.test(text))).toEqual([]);
  });
  test("is the same by seed, and another by another", () => {
    for (const seed of SEEDS) expect(everything(seed)).toEqual(everything(seed));
    expect(new Set(SEEDS.map((seed) => JSON.stringify(everything(seed)))).size).toBe(SEEDS.length);
  });
});

describe("a family", () => {
  const family = (change: Partial<Family>): Family => ({
    name: "toy",
    teaches: "how families are expanded",
    ...change,
  });
  test("of completions gives prompt and answer apart, and repeats what the prompt chose", () => {
    const slots = { thing: "bread|cake|soup" };
    const records = expandFamily(
      family({ role: "completion", slots, safe: ["How do I make {thing}? ⇒ For {=thing} you need time."] }),
      1,
    );
    expect(records).toHaveLength(3);
    for (const { role, context, text } of records) {
      expect(role).toBe("completion");
      expect(text).toBe(`For ${/make (\w+)/.exec(context)?.[1]} you need time.`);
    }
  });
  test("of prompts has no context", () => {
    expect(expandFamily(family({ safe: ["hello"] }), 1)).toEqual([
      { family: "toy", isUnsafe: false, category: "none", role: "prompt", text: "hello", context: "" },
    ]);
  });
  test("fills a slot by chance where it is a function, the same by seed", () => {
    const digits = family({ slots: { digits: ({ below }) => String(below(1e9)) }, safe: ["{digits}"] });
    expect(expandFamily(digits, 1)).toHaveLength(RECORDS_MAX);
    expect(expandFamily(digits, 1)).toEqual(expandFamily(digits, 1));
  });
  test.each([
    ["no answer", { role: "completion", safe: ["a prompt alone"] }, /no exchange/],
    ["two answers", { role: "completion", safe: ["a ⇒ b ⇒ c"] }, /no exchange/],
    ["a slot that is not there", { safe: ["{nothing}"] }, /no slot "nothing"/],
    ["a repetition of nothing", { role: "completion", safe: ["a ⇒ {=nothing}"] }, /no slot "=nothing"/],
  ] as const)("is refused for %s", (_, change, message) => {
    expect(() => expandFamily(family(change), 1)).toThrow(message);
  });
});
