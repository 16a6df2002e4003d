import { EngineError } from "@sluice/engine";
import { describe, expect, test } from "vitest";
import { policyHash } from "./canonical.ts";
import { formatFault, type PolicyError } from "./faults.ts";
import { parsePolicy } from "./parse.ts";
import { POLICY_CHARS_MAX } from "./read-yaml.ts";

const HEAD = "version: 1\nname: test\nbase_rate: 0.02\n";
const BODY = "tiers: { general: {} }\nthresholds: { cbrn: { general: { block: 0.5 } } }\n";

function faultsOf(yaml: string): string[] {
  try {
    parsePolicy(yaml, "p.yaml");
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
    expect((error as EngineError).code).toBe("policy-invalid");
    return (error as PolicyError).faults.map(formatFault);
  }
  return [];
}

describe("a fault names file, line, column and key, and says what would be right", () => {
  const cases: [string, string, string[]][] = [
    [
      "an unknown key gets a suggestion",
      `${HEAD}fail_mod: open\n${BODY}`,
      ['p.yaml:4:1: fail_mod: unknown key "fail_mod"; did you mean fail_mode?'],
    ],
    [
      "an unknown action in a ladder",
      `${HEAD}tiers: { general: {} }\nthresholds:\n  cbrn:\n    general:\n      blok: 0.5\n`,
      ['p.yaml:8:7: thresholds.cbrn.general.blok: unknown key "blok"; did you mean block?'],
    ],
    [
      "an unknown tier",
      `${HEAD}tiers: { general: {} }\nthresholds:\n  cbrn:\n    genral: { block: 0.5 }\n`,
      ['p.yaml:7:5: thresholds.cbrn.genral: tier "genral" is not declared under tiers; did you mean general?'],
    ],
    [
      "a threshold out of range",
      `${HEAD}tiers: { general: {} }\nthresholds:\n  cbrn:\n    general: { block: 1.5 }\n`,
      [
        "p.yaml:7:23: thresholds.cbrn.general.block: must be a number from 0.0001 to 1 with at most four decimals; found 1.5",
      ],
    ],
    [
      "a threshold with more decimals than scores have",
      `${HEAD}tiers: { general: {} }\nthresholds:\n  cbrn:\n    general: { block: 0.12345 }\n`,
      [
        "p.yaml:7:23: thresholds.cbrn.general.block: must be a number from 0.0001 to 1 with at most four decimals; found 0.12345",
      ],
    ],
    [
      "a value that is none of the allowed",
      `${HEAD}fail_mode: opne\n${BODY}`,
      ['p.yaml:4:12: fail_mode: "opne" is not allowed here; did you mean open?'],
    ],
    [
      "a number alone without rules",
      `${HEAD}tiers: { general: {} }\nthresholds: { cbrn: { general: 0.5 } }\n`,
      [
        "p.yaml:5:23: thresholds.cbrn.general: a number alone only marks the category for rules, and this policy has none; write {block: 0.5} or another action",
      ],
    ],
    [
      "a threshold below its floor",
      `${HEAD}floors: { cbrn: 0.1, other: 0.2 }\ntiers: { general: {} }\nthresholds: { hate: { general: { warn: 0.15 } } }\n`,
      ["p.yaml:6:34: thresholds.hate.general.warn: 0.15 is below the floor of 0.2 for hate; raise it"],
    ],
    [
      "a tier that inherits from itself",
      `${HEAD}tiers:\n  a: { inherits: b }\n  b: { inherits: a }\nthresholds: {}\n`,
      [
        'p.yaml:5:8: tiers.a.inherits: tier "a" inherits from itself in a circle',
        'p.yaml:6:8: tiers.b.inherits: tier "b" inherits from itself in a circle',
      ],
    ],
    [
      "a message that does not exist",
      `${HEAD}${BODY}never: [{ category: cbrn, field: prompt, action: block, message: suport }]\nmessages: { support: { en: x } }\n`,
      ['p.yaml:6:57: never.0.message: there is no message "suport"; did you mean support?'],
    ],
    [
      "a message without English",
      `${HEAD}${BODY}messages:\n  block: { de: Nein }\n`,
      ["p.yaml:7:10: messages.block: needs a text for en, which stands in for every locale that is missing"],
    ],
    [
      "a missing key",
      `name: test\nbase_rate: 0.02\n${BODY}`,
      ["p.yaml:1:1: version: is missing; it must be 1, the only version this program reads"],
    ],
    [
      "an attachment cannot be redacted",
      `${HEAD}${BODY}attachments: { unscored: redact }\n`,
      ['p.yaml:6:26: attachments.unscored: "redact" is not allowed here; known are: allow, warn, escalate, block'],
    ],
    [
      "a rule on a category without thresholds",
      `${HEAD}${BODY}rules: [{ name: r, when: { top: [cbr] }, action: block }]\n`,
      ['p.yaml:6:34: rules.0.when.top.0: category "cbr" has no thresholds and so is never marked; did you mean cbrn?'],
    ],
    [
      "a list where a map should be",
      `${HEAD}tiers: []\nthresholds: {}\n`,
      ["p.yaml:4:8: tiers: must be a map from tier name (letters, digits, _ . -) to its value; found a list"],
    ],
  ];
  test.each(cases)("%s", (_name, yaml, expected) => expect(faultsOf(yaml)).toEqual(expected));

  test("YAML that is none, with its line", () => {
    expect(faultsOf("version: 1\nname: [a\ntiers: {}\n")[0]).toMatch(/^p\.yaml:3:\d+: not valid YAML: /);
  });

  test("the same key given twice", () => {
    expect(faultsOf(`${HEAD}name: other\n${BODY}`)[0]).toMatch(/^p\.yaml:4:1: not valid YAML: Map keys must be unique/);
  });

  test("an empty file and one that is no map", () => {
    expect(faultsOf("").length).toBeGreaterThan(0);
    expect(faultsOf("- 1\n")[0]).toMatch(/must be a map/);
  });

  test("a file too long to be a policy", () => {
    expect(faultsOf("#".repeat(POLICY_CHARS_MAX + 1))[0]).toMatch(/longer than 1000000 characters/);
  });

  test("a file that expands without end through aliases", () => {
    const bomb = Array.from(
      { length: 12 },
      (_, i) => `  k${i}: &a${i} [${i === 0 ? "x" : Array(9).fill(`*a${i - 1}`)}]`,
    );
    expect(faultsOf(`${HEAD}${BODY}informational:\n${bomb.join("\n")}\n`)[0]).toMatch(/not valid YAML: .*alias/);
  });
});

test("all faults are listed at once, in the order of the file", () => {
  const found = faultsOf(`version: 2\nname: test\nbase_rate: 2\ntires: {}\n${BODY}`);
  expect(found.map((fault) => fault.split(":")[1])).toEqual(["1", "3", "4"]);
  expect(() => parsePolicy("version: 2\n", "p.yaml")).toThrow(/^p\.yaml has \d+ faults; correct and try again:\n/);
});

describe("the hash", () => {
  const hash = (yaml: string) => policyHash(parsePolicy(yaml, "p.yaml").policy);

  test("does not change with comments, key order, layout or defaults written out", () => {
    const other = `thresholds:\n  cbrn: # grave\n    "general": {block: 0.50}\ntiers:\n  general: {}\n${HEAD}fail_mode: closed\n`;
    expect(hash(HEAD + BODY)).toBe(hash(other));
    expect(hash(HEAD + BODY)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("changes with a threshold", () => {
    expect(hash(HEAD + BODY)).not.toBe(hash(HEAD + BODY.replace("0.5", "0.51")));
  });
});

test("an inherited threshold counts until the tier has its own", async () => {
  const { compilePolicy } = await import("./compile.ts");
  const { inputOf } = await import("./testing.ts");
  const yaml = `${HEAD}tiers: { base: {}, child: { inherits: base } }
thresholds: { cbrn: { base: { warn: 0.2 } }, hate: { base: { warn: 0.2 }, child: { block: 0.5 } } }`;
  const policy = compilePolicy(parsePolicy(yaml, "p.yaml"), { categories: ["cbrn", "hate"] });
  const action = (category: string, score: number) =>
    policy.decide(inputOf("child", { prompt: { [category]: score } }, {}, ["cbrn", "hate"])).action;
  expect([action("cbrn", 0.2), action("hate", 0.3), action("hate", 0.5)]).toEqual(["warn", "allow", "block"]);
  expect(policy.thresholds.cbrn).toEqual({ base: { warn: 0.2 }, child: { warn: 0.2 } });
});
