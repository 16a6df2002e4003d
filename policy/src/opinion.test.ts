import type { Decision } from "@sluice/engine";
import { describe, expect, test } from "vitest";
import { compilePolicy } from "./compile.ts";
import { formatFault, type PolicyError } from "./faults.ts";
import { parsePolicy } from "./parse.ts";
import { CATEGORIES, inputOf, type NamedScores } from "./testing.ts";

const HEAD = `version: 1
name: test
base_rate: 0.02
tiers: { general: {}, staff: { inherits: general }, quiet: {} }
age_bands: { 13_17: staff }
thresholds:
  jailbreak: { general: { warn: 0.3, escalate: 0.5, block: 0.8 }, quiet: { warn: 0.3, escalate: 0.5 } }
  hate: { general: { warn: 0.2, redact: 0.4 } }
  child_safety: { general: { warn: 0.2 } }
  self_harm: { general: { prompt: { warn: 0.3, escalate: 0.6 } } }
never:
  - { category: self_harm, field: prompt, action: block }
asl: { 3: { triggers: [{ category: cbrn, at_least: 0.2 }] } }
attachments: { unscored: warn }
`;
const ASKS = `second_opinion:
  jailbreak:
    general:
      from: 0.1
      below: 0.8
      raise: { at_least: 0.8, to: block }
      lower: { below: 0.2, to: allow }
`;
const policy = compilePolicy(parsePolicy(HEAD + ASKS, "p.yaml"), { categories: CATEGORIES });
const opinion = policy.opinion!;

function decided(named: NamedScores, more: Partial<Decision> = {}, attachmentUnscored = false): Decision {
  const tier = more.tier ?? "general";
  const verdict = policy.decide(inputOf(tier, named, { attachmentUnscored }));
  const scores = { prompt: named.prompt ?? {}, completion: named.completion ?? {} };
  return { tier, ...verdict, scores, matches: [], ...more } as unknown as Decision;
}
const termsOf = (named: NamedScores, more?: Partial<Decision>) => opinion.termsOf(decided(named, more));

describe("a second judge is asked", () => {
  test.each([
    ["below the band", 0.0999, false],
    ["where the band begins", 0.1, true],
    ["just below its end", 0.7999, true],
    ["at its end", 0.8, false],
  ] as const)("%s or not", (_name, jailbreak, isAsked) => {
    expect(termsOf({ prompt: { jailbreak } }) !== undefined).toBe(isAsked);
  });

  test("about the side with the higher score, in a tier that inherits the band too", () => {
    const named = { prompt: { jailbreak: 0.2 }, completion: { jailbreak: 0.6 } };
    expect(termsOf(named, { tier: "staff" })).toEqual({
      category: "jailbreak",
      field: "completion",
      raise: { at_least: 0.8, to: "block" },
      lower: { below: 0.2, to: "allow" },
    });
    expect(termsOf(named, { tier: "quiet" })).toBeUndefined();
  });

  test("never where a rule of child safety matched, or a threshold of it is reached", () => {
    expect(termsOf({ prompt: { jailbreak: 0.6, child_safety: 0.2 } })).toBeUndefined();
    const match = { category: "child_safety", rule: "r", field: "prompt", start: 0, end: 1 } as const;
    expect(termsOf({ prompt: { jailbreak: 0.6 } }, { matches: [match] })).toBeUndefined();
  });

  test("never about a person's own words, an unknown tier, a fault, or a second time", () => {
    expect(termsOf({ prompt: { jailbreak: 0.6, self_harm: 0.7 } })).toBeUndefined();
    expect(termsOf({ prompt: { jailbreak: 0.6 } }, { tier: "nobody" })).toBeUndefined();
    for (const code of ["engine-fault", "second-opinion"] as const) {
      expect(termsOf({ prompt: { jailbreak: 0.6 } }, { reasons: [{ code }] })).toBeUndefined();
    }
  });

  test("nobody, by a policy that does not say so", () => {
    expect(compilePolicy(parsePolicy(HEAD, "p.yaml"), { categories: CATEGORIES }).opinion).toBeUndefined();
  });
});

describe("its score", () => {
  const revise = (decision: Decision, score: number) =>
    opinion.revise(decision, opinion.termsOf(decision)!, { judge: "chat", score });

  test("raises and lowers within the limits, with a reason that says by whom and from what", () => {
    const first = decided({ prompt: { jailbreak: 0.6 } });
    expect(first.action).toBe("escalate");
    expect(revise(first, 0.8)).toEqual({
      action: "block",
      released: { prompt: "withheld", completion: "withheld" },
      reasons: [
        ...first.reasons,
        {
          code: "second-opinion",
          field: "prompt",
          category: "jailbreak",
          score: 0.8,
          threshold: 0.8,
          action: "block",
          judge: "chat",
          before: "escalate",
        },
      ],
    });
    const lowered = revise(first, 0.1999);
    expect(lowered).toMatchObject({ action: "allow", released: { prompt: "as_is", completion: "as_is" } });
    expect(lowered?.reasons.at(-1)).toMatchObject({ code: "second-opinion", threshold: 0.2, before: "escalate" });
    for (const score of [0.2, 0.5, 0.7999]) expect(revise(first, score)).toBeUndefined();
  });

  test("lowers no further than what another category asks for, and not at all where spans are to be redacted", () => {
    expect(revise(decided({ prompt: { jailbreak: 0.6, hate: 0.25 } }), 0)?.action).toBe("warn");
    expect(revise(decided({ prompt: { jailbreak: 0.6, hate: 0.5 } }), 0)).toBeUndefined();
  });

  test("lowers nothing that an ASL trigger or an attachment holds", () => {
    expect(termsOf({ prompt: { jailbreak: 0.6, cbrn: 0.3 } })?.lower).toBeUndefined();
    const withAttachment = decided({ prompt: { jailbreak: 0.35 } }, {}, true);
    expect(opinion.termsOf(withAttachment)?.lower).toBeUndefined();
  });

  test("never moves the action against its direction", () => {
    const actions = ["allow", "warn", "redact", "escalate", "block"];
    for (let units = 1000; units < 8000; units += 250) {
      const first = decided({ prompt: { jailbreak: units / 10_000 } });
      for (let score = 0; score <= 10; score++) {
        const next = opinion.termsOf(first) && revise(first, score / 10);
        if (next === undefined) continue;
        const moved = actions.indexOf(next.action) - actions.indexOf(first.action);
        expect(Math.sign(moved)).toBe(score >= 8 ? 1 : -1);
      }
    }
  });

  test("is no score of the explanation", () => {
    const first = decided({ prompt: { jailbreak: 0.6 } });
    const revised = { ...first, ...revise(first, 0.1)! };
    expect(policy.comparisons?.(revised)).toEqual(policy.comparisons?.(first));
  });
});

describe("a policy is refused", () => {
  const faultsOf = (body: string): string[] => {
    try {
      parsePolicy(`${HEAD}second_opinion:\n${body}`, "p.yaml");
    } catch (error) {
      return (error as PolicyError).faults.map(formatFault);
    }
    return [];
  };
  const ladder = "from: 0.1, below: 0.8, lower: { below: 0.2, to: allow }";
  test.each([
    [
      "that names child safety",
      `  child_safety:\n    general: { ${ladder} }`,
      "p.yaml:16:3: second_opinion.child_safety: child_safety is never given to a second judge; remove it",
    ],
    [
      "whose band is empty",
      "  hate:\n    general: { from: 0.5, below: 0.5, lower: { below: 0.2, to: allow } }",
      "p.yaml:17:27: second_opinion.hate.general.below: must be above from (0.5), or no score lies between; found 0.5",
    ],
    [
      "whose judge could change nothing",
      "  hate:\n    general: { from: 0.1, below: 0.5 }",
      "p.yaml:17:5: second_opinion.hate.general: needs raise, lower or both, or the answer could change nothing",
    ],
    [
      "that raises and lowers at once",
      "  hate:\n    general: { from: 0.1, below: 0.5, raise: { at_least: 0.3, to: warn }, lower: { below: 0.4, to: allow } }",
      "p.yaml:17:84: second_opinion.hate.general.lower.below: " +
        "0.4 is above raise.at_least (0.3): a score between would do both; lower it",
    ],
    [
      "that raises what `never` holds back",
      "  self_harm:\n    general: { from: 0.1, below: 0.5, raise: { at_least: 0.9, to: block } }",
      "p.yaml:17:63: second_opinion.self_harm.general.raise.to: " +
        "never says that self_harm on a prompt does not lead to block; choose a milder action",
    ],
    [
      "for a tier that is not declared",
      `  hate:\n    genral: { ${ladder} }`,
      'p.yaml:17:5: second_opinion.hate.genral: tier "genral" is not declared under tiers; did you mean general?',
    ],
    [
      "that lets a judge redact",
      "  hate:\n    general: { from: 0.1, below: 0.5, raise: { at_least: 0.9, to: redact } }",
      'p.yaml:17:67: second_opinion.hate.general.raise.to: "redact" is not allowed here; known are: warn, escalate, block',
    ],
  ])("%s", (_name, body, fault) => expect(faultsOf(body)).toEqual([fault]));
});
