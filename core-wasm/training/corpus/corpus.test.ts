import { describe, expect, test } from "vitest";
import { authoredCorpus, FAMILIES } from "./corpus.ts";
import { expandFamily, RECORDS_MAX } from "./family.ts";

const corpus = authoredCorpus(1);
/** Whole words; deliberately wide on both sides, because the two must never meet. */
const MINOR =
  /\b(child(ren)?|kids?|minors?|teen(ager)?s?|pupils?|students?|school\w*|bab(y|ies)|toddlers?|infants?|daughters?|sons?|nieces?|nephews?|girls?|boys?|young|youth|under ?age\w*|juvenile|adolescent|\w+[- ]years?[- ]old|(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|1?\d) year)\b/i;
const SEXUAL =
  /(\bsex(?!is[tm])|sexual|erotic|porn|nude|naked|undress|intimate|strip(?!s)|orgy|lover|kiss|seduc|aroused?|fetish|genital|breast|condom|\bdirty to me)/i;

describe("the authored corpus", () => {
  test.each([1, 2, 3, 4, 5])("never joins a minor with sexual content, made with seed %i", (seed) => {
    const joined = authoredCorpus(seed).filter(({ text }) => MINOR.test(text) && SEXUAL.test(text));
    expect(joined.map(({ text }) => text)).toEqual([]);
  });
  test("keeps sexual words out of the templates on child safety, and minors out of those on sexual content", () => {
    for (const family of FAMILIES) {
      const written = [
        ...Object.values(family.slots ?? {}),
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
    const texts = corpus.map(({ text }) => text.toLowerCase());
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });
  test("gives every harmful family a safe side", () => {
    for (const family of FAMILIES) expect(family.safe?.length ?? 0, family.name).toBeGreaterThan(0);
  });
  test("names each family once, and what it teaches", () => {
    expect(new Set(FAMILIES.map(({ name }) => name)).size).toBe(FAMILIES.length);
    for (const { name, teaches } of FAMILIES) expect(teaches.length, name).toBeGreaterThan(30);
  });
  test("leaves no slot unfilled", () => {
    expect(corpus.filter(({ text }) => /[{}|]/.test(text)).map(({ text }) => text)).toEqual([]);
  });
  test("is the same by seed, and another by another", () => {
    expect(authoredCorpus(1)).toEqual(corpus);
    expect(authoredCorpus(2)).not.toEqual(corpus);
  });
});
