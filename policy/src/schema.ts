/**
 * The shape of a policy, with messages that say what would be right. What needs two places of the document to judge
 * (a tier that is named but not declared, …) is in references.ts.
 */
import { ACTIONS } from "@sluice/engine";
import { z } from "zod";
import type { Ladder, Policy, SidedLadder, ThresholdSpec } from "./document.ts";
import { didYouMean } from "./suggest.ts";

export const SCORE_UNIT = 10_000;
const CATEGORY = /^[a-z][a-z0-9_]{0,63}$/;
const TIER = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;
const MESSAGE_CHARS_MAX = 4_000;
const LIST_MAX = 256;

/** An object whose unknown keys are faults, each with a suggestion. */
function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code === "unrecognized_keys") {
        return issue.keys.map((key) => `unknown key "${key}"; ${didYouMean(key, known)}`).join("\n");
      }
      return issue.code === "invalid_type"
        ? `must be a map with some of the keys ${known.join(", ")}; found ${describe(issue.input)}`
        : undefined;
    },
  });
}

/** What was found, in words, never longer than a line. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** A map with free keys. */
function mapOf<Value extends z.ZodType>(key: RegExp, keyIs: string, value: Value) {
  const checkedKey = z.string().regex(key, { error: (issue) => `"${String(issue.input)}" is no ${keyIs}` });
  return z.record(checkedKey, value, {
    error: (issue) =>
      issue.code === "invalid_type"
        ? `must be a map from ${keyIs} to its value; found ${describe(issue.input)}`
        : undefined,
  });
}

const text = (charsMax: number) => {
  const error = (issue: { input?: unknown }) =>
    `must be text of 1 to ${charsMax} characters; found ${describe(issue.input)}`;
  return z.string({ error }).min(1, { error }).max(charsMax, { error });
};

function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values, {
    error: (issue) => {
      const hint =
        typeof issue.input === "string" ? didYouMean(issue.input, values) : `known are: ${values.join(", ")}`;
      return `${describe(issue.input)} is not allowed here; ${hint}`;
    },
  });
}

/** A decimal that is a whole number of 1/10,000. */
function decimal(min: number, max: number) {
  const error = (issue: { input?: unknown }) =>
    `must be a number from ${min} to ${max} with at most four decimals; found ${describe(issue.input)}`;
  return z
    .number({ error })
    .min(min, { error })
    .max(max, { error })
    .refine((value) => Math.abs(value * SCORE_UNIT - Math.round(value * SCORE_UNIT)) < 1e-6, { error });
}
const threshold = decimal(1 / SCORE_UNIT, 1);
const action = oneOf(ACTIONS);
const categoryName = z.string({ error: "must be the name of a category" }).regex(CATEGORY, {
  error: (issue) => `${describe(issue.input)} is no category name (lower-case letters, digits, underscores)`,
});

const rungs = { warn: threshold, redact: threshold, escalate: threshold, block: threshold };
const ladder: z.ZodType<Ladder> = strict({
  warn: rungs.warn.exactOptional(),
  redact: rungs.redact.exactOptional(),
  escalate: rungs.escalate.exactOptional(),
  block: rungs.block.exactOptional(),
});
const sidedLadder: z.ZodType<SidedLadder> = strict({
  prompt: ladder.exactOptional(),
  completion: ladder.exactOptional(),
});

/** Chooses the form by what is written, so that a fault speaks of the form that was meant. */
const thresholdSpec = z.unknown().transform((value, context): ThresholdSpec => {
  const form =
    typeof value === "object" && value !== null
      ? "prompt" in value || "completion" in value
        ? sidedLadder
        : ladder
      : threshold;
  const result = form.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
  return z.NEVER;
});

const free = mapOf(/^.{1,128}$/, "key", z.unknown());

const tier = strict({
  description: text(1_000).exactOptional(),
  inherits: text(64).exactOptional(),
  informational: free.exactOptional(),
});

const aslLevel = strict({
  description: text(1_000).exactOptional(),
  action: action.exactOptional(),
  triggers: z
    .array(
      strict({
        category: categoryName,
        at_least: threshold,
        counts_as: categoryName.exactOptional(),
        description: text(1_000).exactOptional(),
      }),
      { error: "must be a list of triggers: category and at_least" },
    )
    .min(1, "needs at least one trigger")
    .max(LIST_MAX),
});

/** One action, or a map by tier; chosen by what is written, as for thresholds. */
const ruleAction = z.unknown().transform((value, context): Policy["rules"][number]["action"] => {
  const form: z.ZodType<Policy["rules"][number]["action"]> =
    typeof value === "object" && value !== null ? mapOf(TIER, "tier name", action) : action;
  const result = form.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
  return z.NEVER;
});

const flag = z.boolean({ error: (issue) => `must be true or false; found ${describe(issue.input)}` });

const rule = strict({
  name: text(64),
  when: strict({
    asl: flag.exactOptional(),
    marked: flag.exactOptional(),
    top: z
      .array(categoryName, { error: "must be a list of categories" })
      .min(1, "needs a category")
      .max(64)
      .exactOptional(),
    above: decimal(0, 1).exactOptional(),
    at_least: threshold.exactOptional(),
  }),
  action: ruleAction,
});

const never = strict({
  category: categoryName,
  field: oneOf(["prompt"]),
  action: oneOf(["redact", "escalate", "block"]),
  message: text(64).exactOptional(),
});

const secondOpinion = strict({
  from: threshold,
  below: threshold,
  raise: strict({ at_least: threshold, to: oneOf(["warn", "escalate", "block"]) }).exactOptional(),
  lower: strict({ below: threshold, to: oneOf(["allow", "warn", "escalate"]) }).exactOptional(),
});

const messages = mapOf(
  /^[a-z][a-z0-9_-]{0,63}$/,
  "message key (lower-case letters, digits, - and _)",
  mapOf(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, "locale such as en, pt-BR or zh-Hant", text(MESSAGE_CHARS_MAX)).refine(
    (locales) => Object.hasOwn(locales, "en"),
    "needs a text for en, which stands in for every locale that is missing",
  ),
);

const list = <Item extends z.ZodType>(item: Item, what: string) =>
  z
    .array(item, { error: (issue) => `must be a list of ${what}; found ${describe(issue.input)}` })
    .max(LIST_MAX)
    .default([]);

export const policySchema: z.ZodType<Policy> = strict({
  version: z.literal(1, {
    error: (issue) => `must be 1, the only version this program reads; found ${describe(issue.input)}`,
  }),
  name: text(64),
  description: text(MESSAGE_CHARS_MAX).exactOptional(),
  base_rate: decimal(1 / SCORE_UNIT, 0.9999),
  hears: oneOf(["rules"]).exactOptional(),
  fail_mode: oneOf(["closed", "open"]).default("closed"),
  retention: strict({ text: oneOf(["none", "flagged", "all"]) }).default({ text: "flagged" }),
  redaction: text(200).default("[redacted]"),
  compare: oneOf(["at_least", "above"]).default("at_least"),
  escalated_prompt: oneOf(["as_is", "withheld"]).default("withheld"),
  tiers: mapOf(TIER, "tier name (letters, digits, _ . -)", tier).refine(
    (tiers) => Object.keys(tiers).length > 0,
    "needs at least one tier",
  ),
  unknown_tier: oneOf(["strictest"]).default("strictest"),
  age_bands: strict({
    under_13: text(64).exactOptional(),
    "13_17": text(64).exactOptional(),
    adult: text(64).exactOptional(),
    unknown: text(64).exactOptional(),
  }).default({}),
  thresholds: mapOf(CATEGORY, "category name (lower-case letters, digits, _)", mapOf(TIER, "tier name", thresholdSpec)),
  floors: mapOf(CATEGORY, "category name, or other", threshold).default({}),
  asl: mapOf(/^[1-9]$/, "ASL level from 1 to 9", aslLevel).default({}),
  rules: list(rule, "rules"),
  never: list(never, "constraints"),
  attachments: strict({ unscored: oneOf(["allow", "warn", "escalate", "block"]) }).default({ unscored: "allow" }),
  second_opinion: mapOf(
    CATEGORY,
    "category name (lower-case letters, digits, _)",
    mapOf(TIER, "tier name", secondOpinion),
  ).exactOptional(),
  messages: messages.default({}),
  informational: free.default({}),
});
