import { expect, test } from "vitest";
import { PackError } from "./pack-error.ts";
import { type PackFile, parsePack, readPack } from "./read-pack.ts";

const HEADER = `name: small
version: "1.0.0"
categories: [jailbreak, self_harm]
scoring: { strong_weight: 0.8, strong_floor: 0.5 }
contexts:
  news: { reduce: { default: 0.3, self_harm: 0.2 } }
calibration:
  - { score: 0, ratio: 0.8 }
  - { score: 0.5, ratio: 4 }
  - { score: 1, ratio: 1000 }
`;
const pack = (rules: string, header = HEADER): PackFile[] => [
  { path: "pack.yaml", text: header },
  { path: "rules.yaml", text: rules },
];
const rule = (body: string) => `category: jailbreak\nrules:\n  - ${body}\n`;

function faultsOf(files: readonly PackFile[]): string[] {
  try {
    parsePack(files);
  } catch (error) {
    if (error instanceof PackError) {
      return error.faults.map(({ file, line, column, reason }) => `${file}:${line}:${column} ${reason}`);
    }
    throw error;
  }
  return [];
}

test("a pack is read into integers, indexes and folded words", () => {
  const model = parsePack([
    { path: "pack.yaml", text: HEADER },
    { path: "b.yaml", text: "context: news\nrules:\n  - { id: context.news.001, phrases: [news report] }\n" },
    {
      path: "a.yaml",
      text: `category: self_harm
rules:
  - { id: self_harm.x.001, weight: 0.1234, sides: [prompt], note: why, phrases: ["{first|2nd way} [of all] you're", "YOURE first"] }
`,
    },
  ]);
  expect(model).toEqual({
    name: "small",
    version: "1.0.0",
    categories: ["jailbreak", "self_harm"],
    scoring: { strongWeight: 8000, strongFloor: 5000 },
    contexts: [{ name: "news", reduce: [3000, 2000] }],
    calibration: [
      { score: 0, ratio: 800 },
      { score: 5000, ratio: 4000 },
      { score: 10000, ratio: 1_000_000 },
    ],
    rules: [
      {
        id: "self_harm.x.001",
        category: 1,
        context: -1,
        weight: 1234,
        sides: ["prompt"],
        phrases: [
          ["first", "you", "re"],
          ["first", "youre"],
          ["first", "of", "all", "you", "re"],
          ["first", "of", "all", "youre"],
          ["2nd", "way", "you", "re"],
          ["2nd", "way", "youre"],
          ["2nd", "way", "of", "all", "you", "re"],
          ["2nd", "way", "of", "all", "youre"],
          ["youre", "first"],
        ],
      },
      {
        id: "context.news.001",
        category: -1,
        context: 0,
        weight: 0,
        sides: ["prompt", "completion"],
        phrases: [["news", "report"]],
      },
    ],
  });
});

test.each<[string, string, string]>([
  [
    "an unknown key is named with the nearest known one",
    rule("{ id: jailbreak.x.001, weight: 1, nota: x, phrases: [one two] }"),
    'rules.yaml:3:39 unknown key "nota"; did you mean "note"?',
  ],
  [
    "an id of another category",
    rule("{ id: self_harm.x.001, weight: 1, phrases: [one two] }"),
    'rules.yaml:3:11 rule ids in this file begin with "jailbreak.", found "self_harm.x.001"',
  ],
  [
    "an id without a number",
    rule("{ id: jailbreak.x, weight: 1, phrases: [one two] }"),
    'rules.yaml:3:11 "jailbreak.x" is no rule id: like "jailbreak.family.001"',
  ],
  [
    "a weight above 1",
    rule("{ id: jailbreak.x.001, weight: 2, phrases: [one two] }"),
    "rules.yaml:3:36 expected a number from 0.01 to 1, found the number 2",
  ],
  [
    "an unknown side",
    rule("{ id: jailbreak.x.001, weight: 1, sides: [promt], phrases: [one two] }"),
    'rules.yaml:3:47 unknown side "promt"; did you mean "prompt"?',
  ],
  [
    "an open bracket",
    rule("{ id: jailbreak.x.001, weight: 1, phrases: ['one {two'] }"),
    'rules.yaml:3:49 "{" has no partner here; brackets do not nest',
  ],
  [
    "nested brackets",
    rule("{ id: jailbreak.x.001, weight: 1, phrases: ['{one|[two|three]} four'] }"),
    'rules.yaml:3:49 "{" has no partner here; brackets do not nest',
  ],
  [
    "a bar outside of brackets",
    rule("{ id: jailbreak.x.001, weight: 1, phrases: ['one | two'] }"),
    'rules.yaml:3:49 "|" outside of {…} or […]',
  ],
  [
    "an empty alternative",
    rule("{ id: jailbreak.x.001, weight: 1, phrases: ['{one|} two'] }"),
    "rules.yaml:3:49 an alternative is empty; use […] for a part that may be missing",
  ],
  [
    "a phrase without words",
    rule("{ id: jailbreak.x.001, weight: 1, phrases: ['...'] }"),
    'rules.yaml:3:49 "...": nothing is left of it after folding',
  ],
  [
    "a short lone word",
    rule("{ id: jailbreak.x.001, weight: 1, phrases: [dan] }"),
    'rules.yaml:3:49 "dan": the lone word "dan" is too common; at least 4 bytes, or more words',
  ],
  [
    "too many words",
    rule("{ id: jailbreak.x.001, weight: 1, phrases: [aa bb cc dd ee ff gg hh ii jj kk ll mm] }"),
    'rules.yaml:3:49 "aa bb cc dd ee ff gg hh ii jj kk ll mm": 13 words; at most 12',
  ],
  [
    "too long a word",
    rule(`{ id: jailbreak.x.001, weight: 1, phrases: [${"a".repeat(65)}] }`),
    `rules.yaml:3:49 "${"a".repeat(65)}": a word has 65 bytes; at most 64`,
  ],
  [
    "too many expansions",
    rule(`{ id: jailbreak.x.001, weight: 1, phrases: ['${"{aa|bb} ".repeat(13)}'] }`),
    "rules.yaml:3:49 more than 4096 expansions; split the phrase",
  ],
  ["a file of neither kind", "rules: []\n", 'rules.yaml:1:1 expected either "category" or "context"'],
  [
    "an unknown category",
    "category: jailbrake\nrules: []\n",
    'rules.yaml:1:11 unknown category "jailbrake"; did you mean "jailbreak"?',
  ],
  [
    "a context rule with a weight",
    "context: news\nrules:\n  - { id: context.news.001, weight: 1, phrases: [news desk] }\n",
    'rules.yaml:3:37 a context rule has no "weight"; the context\'s "reduce" in pack.yaml says what it does',
  ],
  [
    "broken YAML",
    "category: [",
    "rules.yaml:1:12 Flow sequence in block collection must be sufficiently indented and end with a ]",
  ],
])("%s is refused with its place", (_name, rules, fault) => {
  expect(faultsOf(pack(rules))).toEqual([fault]);
});

test("the same folded phrase in two rules of one category and side is refused, on different sides it is not", () => {
  const two = (first: string, second: string) => `category: jailbreak
rules:
  - { id: jailbreak.x.001, weight: 1, sides: [${first}], phrases: [One  two] }
  - { id: jailbreak.x.002, weight: 1, sides: [${second}], phrases: [ONE-TWO, one two] }
`;
  expect(faultsOf(pack(two("prompt", "completion")))).toEqual([]);
  expect(faultsOf(pack(two("prompt", "prompt, completion")))).toEqual([
    'rules.yaml:4:78 "one two" is a phrase of jailbreak.x.001 already',
    'rules.yaml:4:87 "one two" is a phrase of jailbreak.x.001 already',
  ]);
});

test("a faulty header lists all of its faults at once", () => {
  const header = `name: small
version: 1.0
categories: [jailbreak, jailbreak, Bad]
scoring: { strong_weight: 2 }
contexts: { news: { reduce: { selfharm: 0.2 } } }
calibration: [{ score: 0.1, ratio: 2 }, { score: 0.1, ratio: 1 }]
`;
  expect(faultsOf(pack(rule("{ id: jailbreak.x.001, weight: 1, phrases: [one two] }"), header))).toEqual([
    "pack.yaml:2:10 expected text, found the number 1; put it in quotes",
    'pack.yaml:3:25 "jailbreak" is named twice',
    'pack.yaml:3:36 "Bad" is no name: only a–z and _',
    'pack.yaml:4:10 "strong_floor" is missing',
    "pack.yaml:4:27 expected a number from 0 to 1, found the number 2",
    'pack.yaml:5:31 unknown key "selfharm"; known are: default, jailbreak',
    "pack.yaml:6:14 the first score must be 0 and the last 1",
    "pack.yaml:6:41 scores must rise from point to point",
    "pack.yaml:6:41 ratios must not fall from point to point",
  ]);
});

test("a rule id is used once in a pack", () => {
  const text = "category: jailbreak\nrules: [{ id: jailbreak.x.001, weight: 1, phrases: [one two] }]\n";
  const again = text.replace("one two", "two three");
  expect(faultsOf([...pack(text), { path: "z.yaml", text: again }])).toEqual([
    'z.yaml:2:15 "jailbreak.x.001" is used twice',
  ]);
});

test("a folder that is not there is said to be so", () => {
  expect(() => readPack("/nowhere/at/all")).toThrow(/\/nowhere\/at\/all:1:1 cannot be read/);
  expect(faultsOf([])).toEqual(["pack.yaml:1:1 not found; a pack needs it"]);
});

test("a phrase may have 4,096 expansions and a pack 100,000 phrases, not one more", () => {
  const list = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}x${i}x`).join("|");
  const grid = (first: string, columns: number) => `'{${list(first, 64)}} {${list("z", columns)}}'`;
  const rulesOf = (phrases: string[]) => rule(`{ id: jailbreak.x.001, weight: 1, phrases: [${phrases.join(", ")}] }`);
  const full = [..."abcdefghijklmnopqrstuvwx"].map((letter) => grid(letter, 64)); // 24 × 4,096
  const rest = [grid("y", 26), ...Array.from({ length: 32 }, (_, i) => `last one${i}`)]; // 1,664 and 32
  expect(parsePack(pack(rulesOf([...full, ...rest]))).rules[0]?.phrases.length).toBe(100_000);
  expect(faultsOf(pack(rulesOf([...full, ...rest, "one more"])))).toEqual([
    expect.stringMatching(/the pack has more than 100000 phrases$/),
  ]);
  expect(faultsOf(pack(rulesOf([grid("a", 65)])))).toEqual([expect.stringMatching(/more than 4096 expansions/)]);
});

test("a pack may have 32 categories and 16 contexts, not one more", () => {
  const names = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, i) => `${prefix}_${"abcdefghijklmnopqrstuvwxyz"[i % 26]}${i < 26 ? "" : "x"}`);
  const header = (categories: number, contexts: number) =>
    HEADER.replace(
      "[jailbreak, self_harm]",
      `[jailbreak, self_harm, ${names(categories - 2, "c").join(", ")}]`,
    ).replace(
      "contexts:\n",
      `contexts:\n${names(contexts - 1, "d")
        .map((name) => `  ${name}: { reduce: { default: 0.1 } }\n`)
        .join("")}`,
    );
  const rules = rule("{ id: jailbreak.x.001, weight: 1, phrases: [one two] }");
  expect(faultsOf(pack(rules, header(32, 16)))).toEqual([]);
  expect(faultsOf(pack(rules, header(33, 17)))).toEqual([
    "pack.yaml:3:13 expected 1 to 32 names, found 33",
    "pack.yaml:6:3 17 contexts; at most 16",
  ]);
});
