import { expect, test } from "vitest";
import { decisionOf } from "./decision-sample.ts";
import { noReasonInShort, reasonInFull, reasonInShort, scoreWord, shortScore, topScore } from "./words.ts";

const reason = {
  code: "threshold",
  field: "prompt",
  category: "jailbreak",
  score: 0.86,
  threshold: 0.8,
  action: "block",
} as const;

test("a threshold is told as the comparison it was", () => {
  expect(reasonInShort(reason)).toBe("jailbreak 0.86 ≥ block 0.80 in prompt");
  expect(reasonInFull(reason)).toBe(
    "The jailbreak score 0.86 of the prompt is at or above the threshold 0.80, which asks for block.",
  );
});

test("a row cuts a score to two decimals, unless the threshold has more", () => {
  expect(reasonInShort({ ...reason, score: 0.8699 })).toBe("jailbreak 0.86 ≥ block 0.80 in prompt");
  expect(reasonInShort({ ...reason, score: 0.8699, threshold: 0.8625 })).toContain("0.8699 ≥ block 0.8625");
  expect(shortScore(0.29)).toBe("0.29");
});

test("a decision without a reason says whether anything was found, by a rule or by the model", () => {
  expect(noReasonInShort(decisionOf({ scores: { prompt: {}, completion: {} } }))).toBe("no rule matched");
  const modelAlone = { prompt: { jailbreak: 0.06 }, completion: {} };
  expect(noReasonInShort(decisionOf({ scores: modelAlone }))).toBe("below every threshold");
  const match = { category: "hate", rule: "hate.a.001", field: "prompt", start: 0, end: 4 } as const;
  expect(noReasonInShort(decisionOf({ matches: [match] }))).toBe("below every threshold");
});

test("a second opinion says who changed the action from what to what", () => {
  const opinion = { ...reason, code: "second-opinion", judge: "chat", before: "warn" } as const;
  expect(reasonInShort(opinion)).toBe("second opinion by chat");
  expect(reasonInFull(opinion)).toBe(
    "Chat was asked after the first decision: warn became block, by its score 0.86 for jailbreak.",
  );
});

test("a reason that compares nothing says no comparison", () => {
  expect(reasonInShort({ code: "unknown-tier" })).toBe("tier is unknown");
  expect(reasonInFull({ code: "unknown-tier", tier: "minor" })).toContain("decided under minor");
});

test("a score just below a threshold does not look equal to it", () => {
  expect(scoreWord(0.15)).toBe("0.15");
  expect(scoreWord(0.1499)).toBe("0.1499");
});

test("the top score is the highest of both sides", () => {
  const scores = { prompt: { cbrn: 0.2 }, completion: { hate: 0.3 } };
  expect(topScore(decisionOf({ scores }))).toEqual({ category: "hate", score: 0.3 });
  expect(topScore(decisionOf())).toBeUndefined();
});
